import { escaped } from '../pattern.ts';
import type { TaskTools } from '../tasks.ts';
import { type CodeFacts, factsOf, wholeLine, withDoc } from './codeFacts.ts';
import { withoutNested } from './repeats.ts';
import { boundName, mergedImports, readImport, type ScriptImport, writeImport } from './scriptImport.ts';
import {
  appended,
  type Composed,
  edited,
  squeezed,
  type TextEdit,
  tidied,
  withLineEndsOf,
} from './testFile.ts';
import type { FrameworkId, TestsPlan } from './testsPlan.ts';

const hooks = ['beforeEach', 'afterEach'];
/** What each framework offers to tests by import, and what it makes global. */
const offers: Readonly<
  Partial<Record<FrameworkId, { readonly module?: string; readonly names: readonly string[] }>>
> = {
  vitest: {
    module: 'vitest',
    names: ['describe', 'it', 'test', 'suite', 'expect', 'vi', 'assert', 'beforeAll', 'afterAll', ...hooks],
  },
  jest: { names: ['describe', 'it', 'test', 'expect', 'jest', 'beforeAll', 'afterAll', ...hooks] },
  mocha: { names: ['describe', 'it', 'context', 'specify', 'before', 'after', ...hooks] },
  nodeTest: {
    module: 'node:test',
    names: ['describe', 'it', 'test', 'suite', 'before', 'after', 'mock', ...hooks],
  },
};
const testWords = new Set([
  ...Object.values(offers).flatMap((one) => one.names),
  'assert',
  'sinon',
  'should',
]);
const frameworkModules = new Set([
  'vitest',
  '@jest/globals',
  'jest',
  'mocha',
  'node:test',
  'test',
  'bun:test',
  'chai',
]);
const assertModules = new Set(['assert', 'node:assert', 'assert/strict', 'node:assert/strict']);

/** Puts an answer's JavaScript or TypeScript tests into a file of their own or into the one that exists. */
export async function composeScript(
  plan: TestsPlan,
  code: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Composed> {
  const given = await factsOf(tools.code, plan.languageId, code, signal);
  const existing =
    plan.existing === undefined
      ? undefined
      : await factsOf(tools.code, plan.languageId, plan.existing, signal);
  const repeats = repeatedCases(given, existing);
  let body = tidied(withoutEmptyGroups(edited(code, bodyEdits(plan, given, existing))));
  body = inOwnWords(body, plan.framework);
  if (existing && clashes(body, existing.text)) body = wrapped(body, plan.unit.name);
  const quote = plan.header.includes('"') ? '"' : "'";
  const commonJs = plan.subject.commonJs === true;
  const needed = neededImports(plan, given, existing, body);
  const fresh = `${needed.map((one) => writeImport(one, commonJs, quote)).join('\n')}\n\n${body}\n`;
  const after = existing ? merged(existing, needed, body, commonJs, quote) : fresh;
  const stray = strayName(plan.framework, body, needed, existing);
  if (given.cases.length > 0 && repeats === given.cases.length) {
    return { fresh, after, fault: { code: 'duplicateTest', params: { name: given.cases[0]?.name ?? '' } } };
  }
  return stray
    ? { fresh, after, fault: { code: 'undefinedName', params: { name: stray } } }
    : { fresh, after };
}

/** Whether a word is used as a name of its own: called, dotted or passed on, not as a member or a key. */
function uses(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$.'"\`])${escaped(name)}(?![\\w$'"\`]|\\s*:)`).test(text);
}

function declares(text: string, name: string): boolean {
  return new RegExp(`\\b(?:const|let|var|function|class)\\s+(?:\\{[^}]*\\b)?${escaped(name)}(?![\\w$])`).test(
    text,
  );
}

/** Cuts imports, copies of the function under test and repeated tests; gives other tests of a taken name a new one. */
function bodyEdits(plan: TestsPlan, given: CodeFacts, existing: CodeFacts | undefined): TextEdit[] {
  const { text } = given;
  const cuts = [
    ...given.imports.map((one) => one.span),
    ...given.units
      .filter((unit) => unit.indent === '' && unit.kind !== 'method' && unit.name === plan.subject.name)
      .map(withDoc),
    ...[...text.matchAll(/^module\.exports\b[^\n]*$/gm)].map((one) => ({
      start: one.index,
      end: one.index + one[0].length,
    })),
  ];
  const renames: TextEdit[] = [];
  const there = new Set(existing?.cases.map((one) => squeezed(spanOf(existing.text, one.span))));
  const names = new Set(existing?.cases.map((one) => one.name));
  for (const one of given.cases) {
    const own = squeezed(spanOf(text, one.span));
    if (there.has(own)) cuts.push(one.span);
    else if (names.has(one.name)) renames.push(...renamed(text, one, names));
    there.add(own);
    names.add(one.name);
  }
  return withoutNested(
    cuts.map((span) => ({ ...wholeLine(text, span), text: '' })),
    renames,
  );
}

function spanOf(text: string, span: { readonly start: number; readonly end: number }): string {
  return text.slice(span.start, span.end);
}

/** A case's title with a number that no other has: `adds (2)`. */
function renamed(text: string, one: CodeFacts['cases'][number], taken: Set<string>): TextEdit[] {
  const title = one.name.split(' > ').at(-1) ?? '';
  const at = title === '' ? -1 : text.indexOf(title, one.span.start);
  if (at === -1 || at >= one.span.end) return [];
  let number = 2;
  while (taken.has(`${one.name} (${number})`)) number += 1;
  taken.add(`${one.name} (${number})`);
  return [{ start: at + title.length, end: at + title.length, text: ` (${number})` }];
}

function repeatedCases(given: CodeFacts, existing: CodeFacts | undefined): number {
  const there = new Set(
    existing?.cases.map((one) => squeezed(existing.text.slice(one.span.start, one.span.end))),
  );
  return given.cases.filter((one) => there.has(squeezed(given.text.slice(one.span.start, one.span.end))))
    .length;
}

function withoutEmptyGroups(body: string): string {
  const empty =
    /^[ \t]*(?:describe|suite|context)\([^\n]*?(?:=>|function\s*\w*\(\))\s*\{\s*\}\s*\);?[ \t]*\n?/gm;
  let now = body;
  for (let before = ''; before !== now; ) {
    before = now;
    now = now.replace(empty, '');
  }
  return now;
}

/** The words of another framework that have an exact match in this one. */
function inOwnWords(body: string, framework: FrameworkId): string {
  if (framework === 'mocha') return body.replace(/(?<![\w$.])test(?=\()/g, 'it');
  if (framework === 'vitest')
    return body.replace(/(?<![\w$.])jest(?=\.(fn|spyOn|mock|useFakeTimers)\b)/g, 'vi');
  return body;
}

/** Names declared at the beginning of a line, outside every block. */
function topNames(text: string): string[] {
  return [
    ...text.matchAll(
      /^(?:const|let|var|class|(?:async )?function\*?)\s+(?:\{([^}]*)\}|\[([^\]]*)\]|([\w$]+))/gm,
    ),
  ].flatMap(
    (one) => one[3] ?? (one[1] ?? one[2] ?? '').split(',').map((name) => name.replace(/^.*:/, '').trim()),
  );
}

function clashes(body: string, existing: string): boolean {
  const there = new Set(topNames(existing));
  return topNames(body).some((name) => there.has(name));
}

/** The tests in a group, so that their names are their own. */
function wrapped(body: string, name: string): string {
  const lines = body.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  return `describe('${name}', () => {\n${lines.join('\n')}\n});`;
}

/** The imports that a body needs, in the order of the plan's header: framework, subject, then what the answer imports. */
function neededImports(
  plan: TestsPlan,
  given: CodeFacts,
  existing: CodeFacts | undefined,
  body: string,
): ScriptImport[] {
  const { subject, framework } = plan;
  const bound = new Set(existing?.imports.flatMap((one) => one.names));
  const wanted = (name: string) => uses(body, name) && !declares(body, name) && !bound.has(name);
  const header = plan.header.split('\n').flatMap((line) => readImport(line) ?? []);
  const offered = offers[framework];
  const frame = header
    .filter((one) => one.module !== subject.module)
    .map((one) => {
      const names = one.module === offered?.module ? offered.names : one.names;
      return {
        ...one,
        defaultName: one.defaultName && wanted(one.defaultName) ? one.defaultName : undefined,
        names: names.filter(wanted).toSorted(),
      };
    });
  const answered = given.imports.flatMap((one) => readImport(one.text) ?? []);
  const own = answered.filter((one) => isSubject(one, plan));
  const framed = new Set(
    frame.flatMap((one) => [...(one.defaultName ? [one.defaultName] : []), ...one.names]),
  );
  const others = answered.filter(
    (one) =>
      !own.includes(one) &&
      !(frameworkModules.has(one.module) && !header.some((line) => line.module === one.module)) &&
      !(one.module === offered?.module) &&
      !(assertModules.has(one.module) && one.defaultName && framed.has(one.defaultName)),
  );
  const kept = others
    .map((one) => ({
      ...one,
      names: one.names.filter((name) => wanted(boundName(name)) && !framed.has(boundName(name))),
    }))
    .filter((one) => isNeeded(one, wanted, framed));
  return mergedImports([
    ...frame.filter((one) => one.defaultName || one.names.length > 0),
    ...subjectImports(plan, own, wanted),
    ...kept,
  ]);
}

function isNeeded(
  one: ScriptImport,
  wanted: (name: string) => boolean,
  framed: ReadonlySet<string>,
): boolean {
  const whole = one.defaultName ?? one.namespace;
  if (whole) return wanted(whole) && !framed.has(whole);
  return one.names.length > 0;
}

/** Whether an import of the answer means the source: a relative module that has its name or binds the function. */
function isSubject(one: ScriptImport, plan: TestsPlan): boolean {
  const { name, module } = plan.subject;
  if (
    one.module === module ||
    one.names.some((entry) => entry.replace(/^type /, '').split(' as ')[0] === name)
  )
    return true;
  if (frameworkModules.has(one.module) || assertModules.has(one.module)) return false;
  const stem = (path: string) => (path.split('/').at(-1) ?? '').replace(/\.[mc]?[jt]sx?$/, '');
  return one.defaultName === name || (one.module.startsWith('.') && stem(one.module) === stem(module));
}

function subjectImports(
  plan: TestsPlan,
  own: readonly ScriptImport[],
  wanted: (name: string) => boolean,
): ScriptImport[] {
  const { name, module, isDefault, others } = plan.subject;
  const types = new Set(
    own.flatMap((one) =>
      one.names.filter((entry) => entry.startsWith('type ')).map((entry) => boundName(entry)),
    ),
  );
  const aliases = own.flatMap((one) =>
    one.names.filter((entry) => entry.includes(' as ') && wanted(boundName(entry))),
  );
  const whole = own
    .map((one) => one.namespace ?? (isDefault ? undefined : one.defaultName))
    .find((one) => one !== undefined && one !== name && wanted(one));
  const asDefault = isDefault
    ? (own.map((one) => one.defaultName).find((one) => one !== undefined && wanted(one)) ??
      (wanted(name) ? name : undefined))
    : undefined;
  const names = [...(isDefault ? [] : [name]), ...others]
    .filter((one) => wanted(boundName(one)))
    .map((one) => (types.has(one) ? `type ${one}` : one));
  return [
    ...(whole ? [{ module, namespace: whole, names: [] }] : []),
    ...(asDefault || names.length > 0 || aliases.length > 0
      ? [{ module, defaultName: asDefault, names: [...names, ...aliases] }]
      : []),
  ];
}

/** The existing file, byte for byte, with names added to its imports and the tests after its end. */
function merged(
  existing: CodeFacts,
  needed: readonly ScriptImport[],
  body: string,
  commonJs: boolean,
  quote: string,
): string {
  const { text } = existing;
  const edits: TextEdit[] = [];
  const lines: string[] = [];
  for (const one of needed) {
    const same = existing.imports.find(
      (other) =>
        other.module === one.module && /\{[^}]*\}/.test(other.text) && !/^import type\b/.test(other.text),
    );
    const brace = same ? /,?(\s*)\}/.exec(same.text) : null;
    if (same && brace && !one.defaultName && !one.namespace && one.names.length > 0) {
      const names = one.names.map((name) => (commonJs ? name.replace(' as ', ': ') : name)).join(', ');
      const at = same.span.start + brace.index;
      const empty = /\{\s*$/.test(same.text.slice(0, brace.index));
      edits.push({ start: at, end: at, text: `${empty ? ' ' : ', '}${names}` });
    } else lines.push(writeImport(one, commonJs, quote));
  }
  if (lines.length > 0) {
    const last = existing.imports.at(-1);
    const at = last ? wholeLine(text, last.span).end : text.startsWith('\uFEFF') ? 1 : 0;
    const before = at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\uFEFF' ? '\n' : '';
    const gap = last ? '' : '\n';
    edits.push({ start: at, end: at, text: withLineEndsOf(`${before}${lines.join('\n')}\n${gap}`, text) });
  }
  return appended(edited(text, edits), body);
}

/** A word of testing that the body uses and nothing gives it. */
function strayName(
  framework: FrameworkId,
  body: string,
  needed: readonly ScriptImport[],
  existing: CodeFacts | undefined,
): string | undefined {
  const given = new Set([
    ...needed.flatMap((one) => [one.defaultName ?? '', one.namespace ?? '', ...one.names.map(boundName)]),
    ...(existing?.imports.flatMap((one) => one.names) ?? []),
    ...(offers[framework]?.module ? [] : (offers[framework]?.names ?? [])),
  ]);
  return [...testWords].find(
    (name) =>
      !given.has(name) &&
      new RegExp(`(?<![\\w$.'"\`])${name}(?=\\(|\\.\\w)`).test(body) &&
      !declares(body, name) &&
      !(existing && declares(existing.text, name)) &&
      !new RegExp(`[(,]\\s*${name}\\s*[,)]|\\b${name}\\s*=>`).test(body),
  );
}
