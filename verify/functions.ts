import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code, CodeUnit } from '../src/code/code.ts';
import type { Corpus } from './packages.ts';

/** A function of somebody else's, with the comment that its author gave it. */
export interface Sample {
  readonly language: string;
  readonly root: string;
  /** Relative to `root`. */
  readonly path: string;
  readonly text: string;
  readonly unit: CodeUnit;
  /** The comment as written, at the function's own indent. */
  readonly doc: string;
}

export interface Found {
  readonly samples: readonly Sample[];
  /** Comments that do not describe just the function's own parameters, or say next to nothing. */
  readonly leftOut: number;
}

const never = new AbortController().signal;
const mostText = 100_000;

/** Documented functions of a corpus, at most two of a file, spread over its files evenly. */
export async function functionsOf(corpus: Corpus, code: Code, most: number): Promise<Found> {
  const files = corpus.files.filter((file) => !isTest(file));
  const samples: Sample[] = [];
  let leftOut = 0;
  // A step that shares no factor with the count visits every file once.
  let step = Math.max(1, Math.floor(files.length * 0.618));
  while (gcd(step, files.length) !== 1) step += 1;
  for (let index = 0; index < files.length && samples.length < most; index += 1) {
    const path = files[(index * step) % files.length] ?? '';
    const text = readFileSync(join(corpus.root, path), 'utf8').replaceAll('\r\n', '\n');
    if (text.length > mostText) continue;
    const source = { languageId: corpus.language, text };
    const [parsed, units] = [await code.parse(source, never), await code.units(source, never)];
    if (!parsed.ok || parsed.value.errorLines.length > 0 || !units.ok) continue;
    let ofFile = 0;
    for (const unit of units.value) {
      if (ofFile === 2 || samples.length === most) break;
      if (unit.kind === 'class' || !unit.doc || !unit.body || unit.span.end - unit.span.start > 6000)
        continue;
      const same = units.value.filter((one) => one.name === unit.name && one.owner === unit.owner);
      if (same.length > 1) continue;
      const doc = dedented(text.slice(unit.doc.start, unit.doc.end), unit, corpus.language);
      if (!agrees(doc, unit, corpus.language)) {
        leftOut += 1;
        continue;
      }
      ofFile += 1;
      samples.push({ language: corpus.language, root: corpus.root, path, text, unit, doc });
    }
  }
  return { samples, leftOut };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

export function isTest(path: string): boolean {
  return /(^|\/)(tests?|__tests__|spec)(\/|$)|[._](test|spec)\.\w+$|Tests?\.java$|_test\.go$|test_\w+\.py$/.test(
    path,
  );
}

function dedented(doc: string, unit: CodeUnit, language: string): string {
  const indent = language === 'python' ? `${unit.indent}    ` : unit.indent;
  return doc
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

/** How a comment's tags name parameters. */
const tagged: Readonly<Record<string, RegExp>> = {
  php: /^\s*\*\s*@param\s+(?:[^\n$]*\s)?[&.]*\$(\w+)/gm,
  cpp: /^[ \t]*(?:\*|\/\/[/!])?[ \t]*[@\\]param\s*(?:\[[^\]]*\]\s*)?(\w+)/gm,
  ruby: /^\s*#\s*@param\s+(?:\[[^\]]*\]\s*)?[*&]*(\w+)/gm,
  csharp: /<param\s+name="(\w+)"/g,
};

/**
 * Whether a comment is right by a look that has nothing of the verifier's: it has words, and the names that its tags
 * or sections begin with are the function's parameters, all of them and no others.
 */
function agrees(doc: string, unit: CodeUnit, language: string): boolean {
  const words = doc.match(/\p{L}{3,}/gu)?.length ?? 0;
  // A tag without words says nothing of its parameter.
  if (/(@param\s+(\{[^}]*\}\s+)?[\w$.]+|@returns?)\s*(\n\s*\*\s*(@|\n|\/)|\*\/)/.test(doc)) return false;
  if (
    words < 5 ||
    /\b(TODO|FIXME|XXX)\b|@inheritDoc|\{@inherit|@see [A-Z]\S*\s*\*\/$|@overload|@typedef/.test(doc)
  )
    return false;
  const isLine = language === 'ruby' ? /^(?!#)/ : /^\s*(\/\*[^*!]|#)/;
  if (isLine.test(doc) || unit.parameters.some(({ name }) => name.includes(','))) return false;
  const own = unit.parameters.map(({ name }) => name).toSorted();
  if (language === 'go') return new RegExp(`^// (A |An |The )?${unit.name}\\b`).test(doc);
  if (language === 'rust') return doc.startsWith('///') && !/#+ (Arguments|Parameters)/.test(doc);
  const tags = tagged[language];
  if (tags) {
    const told = [...doc.matchAll(tags)].map((tag) => tag[1] ?? '');
    return JSON.stringify([...new Set(told)].toSorted()) === JSON.stringify(own);
  }
  if (language !== 'python') {
    if (!doc.startsWith('/**')) return false;
    const tags = [...doc.matchAll(/^[ \t]*\*[ \t]*@param\s+(?:\{[^\n]*\}\s+)?\[?(?:\.\.\.)?([\w$<>]+)/gm)];
    const told = tags.map((tag) => tag[1] ?? '').filter((name) => !name.startsWith('<'));
    return JSON.stringify([...new Set(told)].toSorted()) === JSON.stringify(own);
  }
  if (!/^[rRuU]?"""/.test(doc)) return false;
  const sections =
    /^\s*(?:Parameters\s*\n\s*-{3,}|Args:|Arguments:)\s*\n([\s\S]*?)(?=^\s*(?:[A-Z]\w+\s*\n\s*-{3,}|[A-Z]\w+:\s*$)|\s*"""$)/m.exec(
      doc,
    )?.[1];
  const rest = [...doc.matchAll(/^\s*:param\s+(?:[^:\n]*\s)?\*{0,2}(\w+)\s*:/gm)].map((one) => one[1] ?? '');
  const indent = Math.min(
    ...(sections ?? '')
      .split('\n')
      .filter((line) => line.trim())
      .map((line) => line.search(/\S/)),
  );
  const named = (sections ?? '').split('\n').flatMap((line) => {
    if (line.trim() === '' || line.search(/\S/) !== indent) return [];
    return (line.split(/[:(]/)[0] ?? '').split(',').map((name) => name.trim().replace(/^\*+/, ''));
  });
  return JSON.stringify([...new Set([...rest, ...named])].toSorted()) === JSON.stringify(own);
}
