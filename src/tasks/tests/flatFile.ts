import type { TestCase } from '../../code/code.ts';
import type { TaskTools } from '../tasks.ts';
import { type CodeFacts, factsOf, wholeLine, withDoc } from './codeFacts.ts';
import { unitTexts, withoutNested } from './repeats.ts';
import {
  appended,
  type Composed,
  edited,
  freeName,
  squeezed,
  type TextEdit,
  tidied,
  withLineEndsOf,
} from './testFile.ts';
import type { TestsPlan } from './testsPlan.ts';

/** How test files look whose tests stand one after another, below the lines that they begin with. */
interface FlatForm {
  /** Lines of the file's head, wherever an answer has them. */
  readonly head: RegExp;
  /** Which of the answer's own head lines are kept beside the header's. */
  readonly keeps: (line: string, plan: TestsPlan) => boolean;
  /** What else of an answer no test file needs. */
  readonly cut?: RegExp;
  /** Where a test has a name that clashes: within its text. */
  readonly nameIn: RegExp;
}

const cpp: FlatForm = {
  head: /^[ \t]*(?:#[ \t]*include[^\n]*|using\s+(?:namespace\s+)?[\w:]+\s*;[^\n]*)$/gm,
  keeps: (line, plan) =>
    (/^#\s*include\s*</.test(line) && !/[<"/](?:catch2|doctest|boost\/test)/.test(line)) ||
    /^using (?:namespace )?(?:std|testing|::testing)\b/.test(line) ||
    (plan.existing === undefined &&
      /^using namespace /.test(line) &&
      plan.source.includes(namespaceOf(line))),
  cut: /^int\s+main\s*\([^)]*\)\s*\{[\s\S]*?^\}[^\n]*$/gm,
  nameIn: /^\s*(?:TYPED_)?TEST(?:_F|_P)?\s*\(\s*\w+\s*,\s*(\w+)/,
};

function namespaceOf(line: string): string {
  return /^using namespace ([\w:]+)/.exec(line)?.[1] ?? line;
}

const ruby: FlatForm = {
  head: /^[ \t]*(?:require(?:_relative)?[ (]+['"][^'"\n]*['"]\)?|# frozen_string_literal:[^\n]*)[ \t]*$/gm,
  // Of the standard library; the project's own and the framework's stand in the header.
  keeps: (line) =>
    /^require ['"](?:set|json|date|time|tempfile|stringio|securerandom|bigdecimal|ostruct|tmpdir)['"]$/.test(
      line,
    ),
  nameIn: /^\s*def\s+(test_\w+)/,
};

const forms: Readonly<Record<string, FlatForm>> = { cpp, ruby };

/** Puts an answer's GoogleTest, RSpec or Minitest tests into a file of their own or below those of the one that exists. */
export async function composeFlat(
  plan: TestsPlan,
  code: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Composed> {
  const { languageId } = plan;
  const form = forms[languageId] ?? ruby;
  const given = await factsOf(tools.code, languageId, code, signal);
  const existing =
    plan.existing === undefined ? undefined : await factsOf(tools.code, languageId, plan.existing, signal);
  const source = await factsOf(tools.code, languageId, plan.source, signal);
  const { edits, repeated } = repeats(given, existing, form);
  const known = unitTexts(source.text, source.units);
  const copies = given.units.filter(
    (unit) =>
      known.has(squeezed(code.slice(unit.span.start, unit.span.end))) ||
      (unit.kind === 'function' && unit.name === plan.unit.name) ||
      (unit.kind === 'class' && unit.name === plan.subject.name.split('::').at(-1)),
  );
  const cuts: TextEdit[] = [
    ...[...code.matchAll(form.head), ...(form.cut ? code.matchAll(form.cut) : [])].map((one) => ({
      start: one.index,
      end: one.index + one[0].length,
    })),
    ...copies.map(withDoc),
  ].map((span) => ({ ...wholeLine(code, span), text: '' }));
  const gone = edits.filter((edit) => edit.text === '');
  const renamed = edits.filter((edit) => edit.text !== '');
  const body = tidied(edited(code, withoutNested([...cuts, ...gone], renamed)));
  const header = headOf(plan.header, form);
  const kept = headOf(code, form).filter((line) => !header.includes(line) && form.keeps(line, plan));
  const fresh = `${withKept(plan.header, kept)}\n\n${body}\n`;
  const after = existing ? appended(withHead(existing.text, [...header, ...kept], form), body) : fresh;
  const fault =
    given.cases.length > 0 && repeated === given.cases.length
      ? ({ code: 'duplicateTest', params: { name: given.cases[0]?.name ?? '' } } as const)
      : undefined;
  return { fresh, after, ...(fault ? { fault } : {}) };
}

/** Tests that say the same as one that is there are cut, others of a taken name get one of their own. */
function repeats(
  given: CodeFacts,
  existing: CodeFacts | undefined,
  form: FlatForm,
): { readonly edits: readonly TextEdit[]; readonly repeated: number } {
  const textOf = (facts: CodeFacts, one: TestCase) => facts.text.slice(one.span.start, one.span.end);
  const key = (facts: CodeFacts, one: TestCase) => `${one.name} ${squeezed(textOf(facts, one))}`;
  const texts = new Set(existing?.cases.map((one) => key(existing, one)));
  const names = new Set(existing?.cases.map(({ name }) => name));
  const own = (one: TestCase) => form.nameIn.exec(textOf(given, one));
  const all = new Set([
    ...(existing?.cases.map((one) => lastName(one.name)) ?? []),
    ...given.cases.map((one) => lastName(one.name)),
  ]);
  const edits: TextEdit[] = [];
  let repeated = 0;
  for (const one of given.cases) {
    if (texts.has(key(given, one))) {
      repeated += 1;
      edits.push({ ...wholeLine(given.text, one.span), text: '' });
    } else if (names.has(one.name)) {
      const found = own(one);
      if (!found?.[1]) continue;
      const next = freeName(found[1], all, /^test_/.test(found[1]) ? '_' : '');
      all.add(next);
      const end = one.span.start + found[0].length;
      edits.push({ start: end - found[1].length, end, text: next });
    }
    texts.add(key(given, one));
    names.add(one.name);
  }
  return { edits, repeated };
}

/** `Sum.Adds` and `Sum > #add > adds` end in the test's own name. */
function lastName(name: string): string {
  return (
    name
      .split(/ > |\./)
      .at(-1)
      ?.trim() ?? name
  );
}

function headOf(text: string, form: FlatForm): string[] {
  return [...new Set([...text.matchAll(form.head)].map(([line]) => line.trim()))];
}

/** Kept lines go behind the header's lines of their kind: an `include` before a `using`. */
function withKept(header: string, kept: readonly string[]): string {
  const lines = header.split('\n');
  for (const line of kept) {
    const kind = /^\W*\w+/.exec(line)?.[0] ?? line;
    const at = lines.findLastIndex((one) => one.startsWith(kind));
    if (at === -1) lines.push(line);
    else lines.splice(at + 1, 0, line);
  }
  return lines.join('\n');
}

function withHead(existing: string, lines: readonly string[], form: FlatForm): string {
  const there = new Set(headOf(existing, form).map(plainHead));
  const missing = lines.filter((line) => !there.has(plainHead(line)));
  if (missing.length === 0) return existing;
  const last = [...existing.matchAll(form.head)].at(-1);
  const at = last ? last.index + last[0].replace(/\r$/, '').length : 0;
  const text = last ? missing.map((line) => `\n${line}`).join('') : `${missing.join('\n')}\n\n`;
  return edited(existing, [{ start: at, end: at, text: withLineEndsOf(text, existing) }]);
}

function plainHead(line: string): string {
  return line.replace(/["']/g, '"').replace(/\s+/g, ' ').replace(/[<>]/g, '"');
}
