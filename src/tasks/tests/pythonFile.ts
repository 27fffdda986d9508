import { escaped } from '../pattern.ts';
import type { TaskTools } from '../tasks.ts';
import { type CodeFacts, factsOf, type ImportStatement, wholeLine, withDoc } from './codeFacts.ts';
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

/** Modules of the standard library that tests use so often that a model forgets to import them. */
const standard = ['asyncio', 'itertools', 'json', 'math', 'os', 're', 'sys'];

/** Puts an answer's Python tests into a file of their own or into the one that exists. */
export async function composePython(
  plan: TestsPlan,
  code: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Composed> {
  const given = await factsOf(tools.code, 'python', code, signal);
  const existing =
    plan.existing === undefined ? undefined : await factsOf(tools.code, 'python', plan.existing, signal);
  const { cuts, repeated } = cutsOf(plan, given, existing);
  let body = tidied(edited(code, cuts));
  if (existing) body = withFreeNames(body, topNames(existing.text));
  const imports = neededImports(plan, given, body);
  const fresh = `${[imports.join('\n'), body].filter((part) => part !== '').join('\n\n\n')}\n`;
  const after = existing ? merged(existing, imports, body) : fresh;
  if (given.cases.length > 0 && repeated === given.cases.length) {
    return { fresh, after, fault: { code: 'duplicateTest', params: { name: given.cases[0]?.name ?? '' } } };
  }
  if (plan.framework === 'unittest' && !/\bTestCase\b/.test(body)) {
    return { fresh, after, fault: { code: 'noTests', params: {} } };
  }
  return { fresh, after };
}

/** Cuts imports, copies of the code under test, a main block, and definitions that are there already. */
function cutsOf(plan: TestsPlan, given: CodeFacts, existing: CodeFacts | undefined) {
  const { text } = given;
  const top = given.units.filter((unit) => unit.indent === '');
  const there = existing ? unitTexts(existing.text, existing.units) : new Set<string>();
  const { cut, renames } = repeatsIn(text, top, there, new Set(), '_');
  const main = /^if __name__ == ['"]__main__['"]:[\s\S]*$/m.exec(text);
  const spans = [
    ...given.imports.map((one) => one.span),
    ...[...cut, ...top.filter((unit) => unit.name === plan.subject.name)].map(withDoc),
    ...(main ? [{ start: main.index, end: main.index + main[0].length }] : []),
  ];
  const repeated = given.cases.filter((one) =>
    cut.some((unit) => unit.span.start <= one.span.start && one.span.end <= unit.span.end),
  ).length;
  const cuts: TextEdit[] = spans.map((span) => ({ ...wholeLine(text, span), text: '' }));
  return { cuts: withoutNested(cuts, renames), repeated };
}

function topNames(text: string): Set<string> {
  return new Set([...text.matchAll(/^(?:async\s+def|def|class)\s+(\w+)/gm)].map((one) => one[1] ?? ''));
}

/** A second definition of a name would silently take the place of the first. */
export function withFreeNames(body: string, taken: ReadonlySet<string>): string {
  let now = body;
  const all = new Set([...taken, ...topNames(body)]);
  for (const name of topNames(body)) {
    if (!taken.has(name)) continue;
    const next = freeName(name, all, /^[A-Z]/.test(name) ? '' : '_');
    all.add(next);
    now = now.replace(new RegExp(`\\b${escaped(name)}\\b`, 'g'), next);
  }
  return now;
}

/** Framework, what the answer imports from elsewhere, then the subject and what else of its module is used. */
function neededImports(plan: TestsPlan, given: CodeFacts, body: string): string[] {
  const { name, module, others } = plan.subject;
  const uses = (word: string) => new RegExp(`(?<![\\w.])${escaped(word)}\\b`).test(body);
  const stem = module.split('.').at(-1) ?? module;
  const lines: string[] = [];
  const isOwn = (one: ImportStatement) =>
    one.module === module ||
    one.module.split('.').at(-1) === stem ||
    one.module.startsWith('.') ||
    one.names.includes(name);
  const imported = new Set(given.imports.flatMap((one) => one.names));
  const isForgotten = (module: string) =>
    !imported.has(module) &&
    new RegExp(`(?<![\\w.])${module}\\.\\w`).test(body) &&
    !new RegExp(`\\b${module}\\s*=`).test(body);
  for (const framework of ['pytest', 'unittest']) if (uses(framework)) lines.push(`import ${framework}`);
  lines.push(...standard.filter(isForgotten).map((one) => `import ${one}`));
  const aliases: string[] = [];
  for (const one of given.imports) {
    if (isOwn(one)) {
      const whole = /^import\s+([\w.]+)(?:\s+as\s+(\w+))?$/.exec(one.text.trim());
      const [, own = '', alias] = whole ?? [];
      if (alias && uses(alias)) lines.push(`import ${module} as ${alias}`);
      else if (own === module && body.includes(`${own}.`)) lines.push(`import ${own}`);
      aliases.push(
        ...[...one.text.matchAll(/(\w+)\s+as\s+(\w+)/g)]
          .filter((pair) => uses(pair[2] ?? ''))
          .map((pair) => pair[0]),
      );
    } else if (!/^import (pytest|unittest)$/.test(one.text.trim()) && isUsed(one, uses)) lines.push(one.text);
  }
  const own = [name, ...others].filter((word, index, all) => uses(word) && all.indexOf(word) === index);
  const fromModule = [
    ...own,
    ...aliases.filter((alias) => [name, ...others].includes(alias.split(/\s/)[0] ?? '')),
  ];
  const future = lines.filter((line) => line.startsWith('from __future__'));
  const rest = [...new Set(lines.filter((line) => !line.startsWith('from __future__')))];
  const subject = fromModule.length > 0 ? [`from ${module} import ${fromModule.join(', ')}`] : [];
  const bare = !own.includes(stem) && uses(stem) ? [moduleImport(module, stem)] : [];
  const groups = [rest.join('\n'), [...subject, ...bare].join('\n')].filter((group) => group !== '');
  return [...future, ...(groups.length > 0 ? groups.join('\n\n').split('\n') : [])];
}

/** Whether anything uses what it binds; what binds nothing that can be seen stays. */
function isUsed(one: ImportStatement, uses: (word: string) => boolean): boolean {
  const unseen = one.module === '__future__' || one.names.length === 0 || one.names.includes('*');
  return unseen || one.names.some(uses);
}

function moduleImport(module: string, stem: string): string {
  const parent = module.split('.').slice(0, -1).join('.');
  return parent === '' ? `import ${stem}` : `from ${parent} import ${stem}`;
}

function merged(existing: CodeFacts, imports: readonly string[], body: string): string {
  const { text } = existing;
  const edits: TextEdit[] = [];
  const lines: string[] = [];
  const bound = new Set(existing.imports.flatMap((one) => one.names));
  for (const line of imports) {
    if (line === '') continue;
    const from = /^from ([\w.]+) import ([\w, ]+)$/.exec(line);
    if (!from) {
      const name = /(\w+)\s*$/.exec(line)?.[1] ?? '';
      if (!existing.imports.some((one) => one.text.trim() === line.trim()) && !bound.has(name))
        lines.push(line);
      continue;
    }
    const missing = (from[2] ?? '')
      .split(/\s*,\s*/)
      .filter((entry) => !bound.has(entry.split(' as ').at(-1)?.trim() ?? ''));
    if (missing.length === 0) continue;
    const same = existing.imports.find(
      (one) => one.module === from[1] && /^from [\w.]+ import [\w, ]+$/.test(one.text),
    );
    if (same) edits.push({ start: same.span.end, end: same.span.end, text: `, ${missing.join(', ')}` });
    else lines.push(`from ${from[1]} import ${missing.join(', ')}`);
  }
  if (lines.length > 0) {
    const last = existing.imports.at(-1);
    const at = last ? wholeLine(text, last.span).end : afterDocstring(text);
    const before = at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\uFEFF' ? '\n' : '';
    edits.push({
      start: at,
      end: at,
      text: withLineEndsOf(`${before}${lines.join('\n')}\n${last ? '' : '\n'}`, text),
    });
  }
  const main = /^if __name__ == ['"]__main__['"]:/m.exec(text);
  if (!main) return appended(edited(text, edits), body, 2);
  edits.push({ start: main.index, end: main.index, text: withLineEndsOf(`${body}\n\n\n`, text) });
  return edited(text, edits);
}

/** The end of a module's own docstring and leading comments. */
function afterDocstring(text: string): number {
  return (
    /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:("""|''')[\s\S]*?\1[ \t]*\r?\n(?:[ \t]*\r?\n)*)?/.exec(text)?.[0]
      .length ?? 0
  );
}
