import { escaped } from '../pattern.ts';
import type { TaskTools } from '../tasks.ts';
import { factsOf, wholeLine, withDoc } from './codeFacts.ts';
import { repeatsIn, unitTexts, withoutNested } from './repeats.ts';
import {
  appended,
  type Composed,
  edited,
  indented,
  outdented,
  type TextEdit,
  tidied,
  withLineEndsOf,
} from './testFile.ts';
import type { TestsPlan } from './testsPlan.ts';

const moduleHead =
  /^[ \t]*#\[cfg\(test\)\]\s*(?:#\[[^\]\n]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*\{/m;
const useLine = /^[ \t]*(?:pub\s+)?use\s+[^;]+;[^\n]*$/gm;

/** Puts an answer's Rust tests into the test module of the source, or into a file of `tests/`. */
export async function composeRust(
  plan: TestsPlan,
  code: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Composed> {
  const inside = plan.path === plan.sourcePath;
  const answered = unwrapped(code);
  const given = await factsOf(tools.code, 'rust', answered, signal);
  const existing =
    plan.existing === undefined ? undefined : await factsOf(tools.code, 'rust', plan.existing, signal);
  const source = await factsOf(tools.code, 'rust', plan.source, signal);
  const there = new Set([
    ...(existing ? unitTexts(existing.text, existing.units) : []),
    ...unitTexts(source.text, source.units),
  ]);
  const place = existing && inside ? moduleIn(existing.text) : undefined;
  const held = (offset: number) =>
    !inside || (place !== undefined && place.open < offset && offset < place.close);
  const taken = new Set(
    existing?.units
      .filter(({ kind, span }) => kind === 'function' && held(span.start))
      .map(({ name }) => name),
  );
  const functions = given.units.filter(({ kind }) => kind === 'function');
  const { cut, renames } = repeatsIn(answered, functions, there, taken, '_');
  const copies = given.units.filter(
    ({ name, kind }) =>
      name === plan.subject.name || (kind === 'function' && [plan.unit.name, 'main'].includes(name)),
  );
  const methods = given.units.filter(({ kind, owner }) => kind === 'method' && owner === plan.subject.name);
  const cuts: TextEdit[] = [
    ...[...answered.matchAll(useLine)].map((one) => ({ start: one.index, end: one.index + one[0].length })),
    ...[...new Set([...cut, ...copies, ...methods])].map(withDoc),
  ].map((span) => ({ ...wholeLine(answered, span), text: '' }));
  const body = tidied(
    edited(answered, withoutNested(cuts, renames)).replace(
      /^[ \t]*impl(?:<[^>]*>)?\s+[\w:<>, ]+\{\s*\}[ \t]*$/gm,
      '',
    ),
  );
  const uses = [...new Set([plan.header, ...usesOf(code, plan, inside)])];
  const repeated = given.cases.filter((one) => cut.some((unit) => within(one.span, unit.span))).length;
  const fault =
    given.cases.length > 0 && repeated === given.cases.length
      ? ({ code: 'duplicateTest', params: { name: given.cases[0]?.name ?? '' } } as const)
      : undefined;
  const whole = inside
    ? `#[cfg(test)]\nmod tests {\n${indented([uses.join('\n'), body].join('\n\n'))}\n}`
    : `${uses.join('\n')}\n\n${body}`;
  const fresh = `${whole}\n`;
  const after = !existing
    ? fresh
    : place
      ? intoModule(existing.text, place, uses, body)
      : inside
        ? appended(existing.text, whole)
        : appended(withUses(existing.text, uses), body);
  return { fresh, after, ...(fault ? { fault } : {}) };
}

function within(inner: { start: number; end: number }, outer: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** What an answer has in its test module; all of it where it has none. */
function unwrapped(code: string): string {
  const place = moduleIn(code);
  if (!place) return code;
  return outdented(code.slice(place.open + 1, place.close));
}

interface ModulePlace {
  /** Of its braces. */
  readonly open: number;
  readonly close: number;
}

function moduleIn(text: string): ModulePlace | undefined {
  const head = moduleHead.exec(text);
  if (!head) return undefined;
  const open = head.index + head[0].length - 1;
  const close = closingBrace(text, open);
  return close === undefined ? undefined : { open, close };
}

const pieces =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|r(#*)"[\s\S]*?"\1|b?"(?:\\[\s\S]|[^"\\])*"|b?'(?:\\(?:u\{\w+\}|x\w\w|.)|[^'\\\n])'|[{}]/g;

/** The brace that ends what another one begins; strings, characters and comments left out. */
function closingBrace(text: string, open: number): number | undefined {
  let depth = 0;
  pieces.lastIndex = open;
  for (let piece = pieces.exec(text); piece; piece = pieces.exec(text)) {
    if (piece[0] === '{') depth += 1;
    else if (piece[0] === '}') depth -= 1;
    if (depth === 0) return piece.index;
  }
  return undefined;
}

/** What the tests import beside the thing under test, which the header has. */
function usesOf(code: string, { subject }: TestsPlan, inside: boolean): string[] {
  const name = new RegExp(`\\b${escaped(subject.name)}\\b`);
  return [...code.matchAll(useLine)]
    .map(([line]) => line.trim().replace(/^pub /, '').replace(/\s+/g, ' '))
    .filter((line) => !/^use super::/.test(line) && !(inside ? /^use crate::/ : /^use crate\b/).test(line))
    .filter(
      (line) => (!name.test(line) && /^use (?:::)?(?:std|core|alloc)::/.test(line)) || isTestCrate(line),
    );
}

/** Crates that tests use; what else an answer imports is guessed. */
function isTestCrate(line: string): boolean {
  return /^use (?:::)?(?:rstest|proptest|pretty_assertions|quickcheck|mockall|tempfile|assert_matches)\b/.test(
    line,
  );
}

function intoModule(
  existing: string,
  { open, close }: ModulePlace,
  uses: readonly string[],
  body: string,
): string {
  if (body === '') return existing;
  const inner = existing.slice(open + 1, close);
  const missing = uses.filter((line) => !inner.includes(line));
  const lastUse = [...inner.matchAll(useLine)].at(-1);
  const at = open + 1 + (lastUse ? lastUse.index + lastUse[0].replace(/\r$/, '').length : 0);
  const head = missing.length > 0 ? `\n${indented(missing.join('\n'))}` : '';
  const lineStart = existing.lastIndexOf('\n', close - 1) + 1;
  const ownLine = existing.slice(lineStart, close).trim() === '';
  const gap = inner.trim() === '' ? '' : '\n';
  const tail = `${ownLine ? '' : '\n'}${gap}${indented(body)}\n`;
  return edited(existing, [
    { start: at, end: at, text: withLineEndsOf(head, existing) },
    {
      start: ownLine ? lineStart : close,
      end: ownLine ? lineStart : close,
      text: withLineEndsOf(tail, existing),
    },
  ]);
}

function withUses(existing: string, uses: readonly string[]): string {
  const missing = uses.filter((line) => !existing.includes(line));
  if (missing.length === 0) return existing;
  const last = [...existing.matchAll(useLine)].at(-1);
  const at = last ? last.index + last[0].replace(/\r$/, '').length : 0;
  const text = last ? `\n${missing.join('\n')}` : `${missing.join('\n')}\n\n`;
  return edited(existing, [{ start: at, end: at, text: withLineEndsOf(text, existing) }]);
}
