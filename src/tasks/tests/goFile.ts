import { escaped } from '../pattern.ts';
import type { TaskTools } from '../tasks.ts';
import { factsOf, wholeLine, withDoc } from './codeFacts.ts';
import { repeatsIn, unitTexts, withoutNested } from './repeats.ts';
import {
  appended,
  type Composed,
  edited,
  freeName,
  type TextEdit,
  tidied,
  withLineEndsOf,
} from './testFile.ts';
import type { TestsPlan } from './testsPlan.ts';

/** Packages of the standard library that tests use so often that a model forgets to import them. */
const standard: Readonly<Record<string, string>> = {
  bytes: 'bytes',
  context: 'context',
  errors: 'errors',
  fmt: 'fmt',
  io: 'io',
  math: 'math',
  os: 'os',
  reflect: 'reflect',
  slices: 'slices',
  sort: 'sort',
  strconv: 'strconv',
  strings: 'strings',
  testing: 'testing',
  time: 'time',
};

interface GoImport {
  readonly alias?: string;
  readonly path: string;
}

const importDeclaration = /^import\s*(?:\(([\s\S]*?)^\s*\)|((?:[\w.]+\s+)?(?:"[^"\n]*"|`[^`\n]*`)))[^\n]*$/gm;

/** Puts an answer's Go tests into a file of their own or into the one that exists. */
export async function composeGo(
  plan: TestsPlan,
  code: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Composed> {
  const given = await factsOf(tools.code, 'go', code, signal);
  const existing =
    plan.existing === undefined ? undefined : await factsOf(tools.code, 'go', plan.existing, signal);
  const there = existing ? unitTexts(existing.text, existing.units) : new Set<string>();
  const { cut, renames } = repeatsIn(
    code,
    given.units.filter((unit) => unit.kind !== 'method'),
    there,
    new Set(),
  );
  const copies = given.units.filter(
    (unit) => unit.kind !== 'method' && [plan.unit.name, plan.subject.name, 'main'].includes(unit.name),
  );
  const cuts: TextEdit[] = [
    ...[...code.matchAll(/^package\s+\w+[^\n]*$/gm), ...code.matchAll(importDeclaration)].map((one) => ({
      start: one.index,
      end: one.index + one[0].length,
    })),
    ...[...new Set([...cut, ...copies])].map(withDoc),
  ].map((span) => ({ ...wholeLine(code, span), text: '' }));
  const own = plan.subject.others[0] ?? '';
  let body = qualified(tidied(edited(code, withoutNested(cuts, renames))), plan, own);
  body = withFreeNames(body, new Set([...(plan.taken ?? []), ...(existing ? topNames(existing.text) : [])]));
  const imports = neededImports(readImports(code), body, plan, own);
  const packageLine = /^package\s+\w+/m.exec(plan.header)?.[0] ?? 'package main';
  const fresh = `${packageLine}\n\n${writeImports(imports)}\n\n${body}\n`;
  const after = existing ? merged(existing.text, imports, body) : fresh;
  const repeated = given.cases.filter((one) => cut.some((unit) => unit.span.start === one.span.start)).length;
  if (given.cases.length > 0 && repeated === given.cases.length) {
    return { fresh, after, fault: { code: 'duplicateTest', params: { name: given.cases[0]?.name ?? '' } } };
  }
  return { fresh, after };
}

/** Inside the package its own name is not written before a function; in `x_test` it is. */
function qualified(body: string, plan: TestsPlan, own: string): string {
  if (own === '') return body;
  if (plan.subject.module === '') {
    return body.replace(new RegExp(`(?<![\\w."])${escaped(own)}\\.(?=[A-Z])`, 'g'), '');
  }
  return body.replace(
    new RegExp(`(?<![\\w.])${escaped(plan.subject.name)}(?=[({])`, 'g'),
    `${own}.${plan.subject.name}`,
  );
}

function topNames(text: string): string[] {
  return [...text.matchAll(/^(?:func|type|var|const)\s+(\w+)/gm)].map((one) => one[1] ?? '');
}

function withFreeNames(body: string, taken: ReadonlySet<string>): string {
  let now = body;
  const all = new Set([...taken, ...topNames(body)]);
  for (const name of topNames(body)) {
    if (!taken.has(name)) continue;
    const next = freeName(name, all);
    all.add(next);
    now = now.replace(new RegExp(`(?<![\\w."])${escaped(name)}\\b`, 'g'), next);
  }
  return now;
}

function readImports(text: string): GoImport[] {
  return [...text.matchAll(importDeclaration)].flatMap((one) =>
    (one[1] ?? one[2] ?? '').split('\n').flatMap((line) => {
      const found = /^\s*(?:([\w.]+)\s+)?["`]([^"`]+)["`]/.exec(line);
      return found ? [{ alias: found[1], path: found[2] ?? '' }] : [];
    }),
  );
}

/** Go refuses imports that nothing uses. */
function neededImports(given: readonly GoImport[], body: string, plan: TestsPlan, own: string): GoImport[] {
  const uses = (name: string) => new RegExp(`(?<![\\w."])${escaped(name)}\\.`).test(body);
  const nameOf = (one: GoImport) =>
    one.alias ?? (/\/v\d+$/.test(one.path) ? one.path.split('/').at(-2) : one.path.split('/').at(-1)) ?? '';
  const kept = given.filter((one) => nameOf(one) !== own && uses(nameOf(one)));
  const known = new Set(kept.map(nameOf));
  const missing = Object.entries(standard).filter(([name]) => uses(name) && !known.has(name));
  const subject = plan.subject.module !== '' && uses(own) ? [{ path: plan.subject.module }] : [];
  const all = [...kept, ...missing.map(([, path]) => ({ path })), ...subject];
  return all.filter((one, index) => all.findIndex((other) => other.path === one.path) === index);
}

function writeImports(imports: readonly GoImport[]): string {
  const lines = imports.map(importLine).toSorted();
  return lines.length === 1
    ? `import ${lines[0]}`
    : `import (\n${lines.map((line) => `\t${line}`).join('\n')}\n)`;
}

function importLine(one: GoImport): string {
  return `${one.alias ? `${one.alias} ` : ''}"${one.path}"`;
}

function merged(existing: string, imports: readonly GoImport[], body: string): string {
  const there = new Set(readImports(existing).map((one) => one.path));
  const missing = imports.filter((one) => !there.has(one.path)).map(importLine);
  let text = existing;
  if (missing.length > 0) {
    const declarations = [...existing.matchAll(importDeclaration)];
    const group = declarations.find((one) => one[1] !== undefined);
    const last = declarations.at(-1);
    const packageLine = /^package\s+\w+[^\n]*$/m.exec(existing);
    if (group) {
      const at = group.index + group[0].lastIndexOf(')');
      const lines = missing.map((line) => `\t${line}\n`).join('');
      text = edited(existing, [{ start: at, end: at, text: withLineEndsOf(lines, existing) }]);
    } else {
      const after = last ?? packageLine;
      const at = after ? after.index + after[0].replace(/\r$/, '').length : 0;
      const lines = missing.map((line) => `\nimport ${line}`).join('');
      text = edited(existing, [
        { start: at, end: at, text: withLineEndsOf(last ? lines : `\n${lines}`, existing) },
      ]);
    }
  }
  return appended(text, body);
}
