import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { transform } from 'esbuild';
import type { Tried, Try } from './try.ts';

/** What a language's own tools say of two files, the second being the one that was applied. */
type Compared = 'same' | 'changed' | `broken ${string}`;

interface Pair {
  readonly before: string;
  readonly after: string;
  /** Of the file, for its ending. */
  readonly path: string;
}

const programs: Readonly<Record<string, readonly [string, ...string[]]>> = {
  python: ['python3', join(import.meta.dirname, 'judges', 'program.py')],
  go: ['go', 'run', join(import.meta.dirname, 'judges', 'program.go')],
  java: ['java', join(import.meta.dirname, 'judges', 'Program.java')],
};

/** Languages whose applied files can be looked at with tools that are no part of Maia. */
export const judged = ['typescript', 'javascript', ...Object.keys(programs)] as const;

/**
 * Why what was applied is broken, for each try where it is, by the language's own parser: Python's `ast`, Go's
 * `go/parser`, javac's, esbuild for TypeScript and JavaScript. None of it is what Maia checks with.
 */
export async function brokenOf(done: readonly (readonly [Try, Tried])[]): Promise<Map<number, string>> {
  const broken = new Map<number, string>();
  for (const language of judged) {
    const applied = done.filter(([one, { after }]) => one.language === language && after !== undefined);
    if (applied.length === 0) continue;
    const pairs = applied.map(([, { before = '', after = '', path = '' }]) => ({ before, after, path }));
    const compared = await comparedBy(language, pairs);
    for (const [index, [one, result]] of applied.entries()) {
      const why = fault(one, result, compared[index] ?? 'broken not looked at');
      if (why !== undefined) broken.set(one.nth, why);
    }
  }
  for (const [one, { touched }] of done)
    if (touched.length > 0) broken.set(one.nth, `changed without being accepted: ${touched.join(', ')}`);
  return broken;
}

function fault(one: Try, { before, after = '' }: Tried, compared: Compared): string | undefined {
  if (compared.startsWith('broken')) return `does not parse: ${compared.slice(7)}`;
  if (one.task === 'document') {
    if (compared !== 'same') return 'the program is another';
    return one.language === 'python' ? undefined : otherThanComments(before ?? '', after);
  }
  if (one.task === 'tests') return lostLine(before ?? '', after);
  return undefined;
}

/** The part of two texts that differs holds comments alone, as far as whole lines and plain marks tell. */
function otherThanComments(before: string, after: string): string | undefined {
  const [was, is] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < was.length && head < is.length && was[head] === is[head]) head += 1;
  let tail = 0;
  const most = Math.min(was.length, is.length) - head;
  while (tail < most && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const code = (lines: readonly string[]) =>
    lines
      .join('\n')
      .replace(/^\s*(?:\*(?!\/)|\/\*\*?|\*\/|\/\/).*$/gm, '')
      .trim();
  const [old, fresh] = [code(was.slice(head, was.length - tail)), code(is.slice(head, is.length - tail))];
  return old === fresh ? undefined : `more than comments is new: ${fresh.slice(0, 80)}`;
}

/** A line of the tests that were there which is there no more; imports may be merged. */
function lostLine(before: string, after: string): string | undefined {
  const now = new Set(after.split('\n').map((line) => line.trim()));
  const lost = before
    .split('\n')
    .map((line) => line.trim())
    .find(
      (line) =>
        line !== '' && !/^(?:import|from|\)|"|const .*require)|^[\w\s{},*]+$/.test(line) && !now.has(line),
    );
  return lost === undefined ? undefined : `a line of the tests that were there is gone: ${lost.slice(0, 80)}`;
}

async function comparedBy(language: string, pairs: readonly Pair[]): Promise<Compared[]> {
  const program = programs[language];
  if (!program) return Promise.all(pairs.map(scriptCompared));
  const folder = await mkdtemp(join(tmpdir(), 'maia-soak-judge-'));
  try {
    const lines: string[] = [];
    for (const [index, { before, after, path }] of pairs.entries()) {
      // javac wants a file to be named for its class.
      const place = (side: string) => join(folder, String(index), side, basename(path));
      for (const [side, text] of Object.entries({ before, after })) {
        await mkdir(join(folder, String(index), side), { recursive: true });
        await writeFile(place(side), text);
      }
      lines.push(`${before === '' ? '' : place('before')}\t${place('after')}\n`);
    }
    const [command, ...args] = program;
    const output = await new Promise<string>((resolve, reject) => {
      const child = execFile(command, args, { timeout: 120_000 }, (error, out) =>
        error ? reject(error) : resolve(out),
      );
      child.stdin?.end(lines.join(''));
    });
    return output.trimEnd().split('\n') as Compared[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function scriptCompared({ before, after, path }: Pair): Promise<Compared> {
  const loader = /x$/.test(extname(path)) ? 'tsx' : /\.[cm]?ts$/.test(path) ? 'ts' : 'jsx';
  const bare = async (text: string) => {
    const { code } = await transform(text, { loader, minifyWhitespace: true, legalComments: 'none' });
    return code;
  };
  try {
    const now = await bare(after);
    return before !== '' && (await bare(before)) === now ? 'same' : 'changed';
  } catch (error) {
    return `broken ${error instanceof Error ? error.message.replaceAll('\n', ' ').slice(0, 200) : 'unknown'}`;
  }
}
