import type { CodeUnit } from '../../code/code.ts';
import type { Span } from '../../vocabulary/request.ts';
import { escaped } from '../pattern.ts';
import type { TaskTools } from '../tasks.ts';
import { type CodeFacts, factsOf, wholeLine, withDoc } from './codeFacts.ts';
import { repeatsIn, unitTexts, withoutNested } from './repeats.ts';
import { type Composed, edited, type TextEdit, tidied, withLineEndsOf } from './testFile.ts';
import type { TestsPlan } from './testsPlan.ts';

const importLine =
  /^[ \t]*(?:import\s+(?:static\s+)?[\w.*]+|(?:global\s+)?using\s+(?:static\s+)?[\w.]+(?:\s*=\s*[\w.<>]+)?)\s*;[ \t]*$/gm;
const namespaceLine = /^[ \t]*(?:package|namespace)\s+[\w.]+\s*;?[ \t]*$/gm;

/** Names that Java tests use without importing them, and where they come from. */
const javaNames: Readonly<Record<string, string>> = {
  List: 'java.util.List',
  Map: 'java.util.Map',
  Set: 'java.util.Set',
  Arrays: 'java.util.Arrays',
  ArrayList: 'java.util.ArrayList',
  HashMap: 'java.util.HashMap',
  Collections: 'java.util.Collections',
  Optional: 'java.util.Optional',
};
/** What C# tests need where a project has no implicit usings. */
const csharpNames: readonly (readonly [RegExp, string])[] = [
  [
    /\b(Math|DateTime|TimeSpan|\w*Argument\w*Exception|InvalidOperationException|Func|Action)\b/,
    'using System;',
  ],
  [/\b(List|Dictionary|HashSet|IEnumerable)</, 'using System.Collections.Generic;'],
  [/\bTask\b/, 'using System.Threading.Tasks;'],
];
const jupiter = [
  'BeforeEach',
  'AfterEach',
  'BeforeAll',
  'AfterAll',
  'DisplayName',
  'Nested',
  'Disabled',
  'RepeatedTest',
];
const junit4 = ['Before', 'After', 'BeforeClass', 'AfterClass', 'Ignore', 'Rule'];
/** Imports of a framework that is not the project's. */
const foreign: Readonly<Partial<Record<TestsPlan['framework'], RegExp>>> = {
  junit5: /\borg\.junit\.(?!jupiter)|\borg\.testng\b/,
  junit4: /\borg\.junit\.jupiter\b|\borg\.testng\b/,
  xunit: /\busing (NUnit|Microsoft\.VisualStudio\.TestTools)\b/,
  nunit: /\busing (Xunit|Microsoft\.VisualStudio\.TestTools)\b/,
};

/** Puts an answer's Java or C# tests into a class of their own or into the one that exists. */
export async function composeClass(
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
  const holder = testClass(given, plan);
  const imports = neededImports(plan, code);
  const loose = holder
    ? undefined
    : await factsOf(tools.code, plan.languageId, bareClass(plan, code), signal);
  const own = holder ?? (loose && testClass(loose, plan));
  const fresh = wholeFile(plan, imports, own ? classText(plan, loose ?? given, own) : bareClass(plan, code));
  const target = existing ? testClass(existing, plan) : undefined;
  if (!existing || !target?.body) return { fresh, after: fresh };
  const inner = holder?.body ? membersOf(code, holder) : looseMembers(code);
  const members = await withoutRepeats(plan, inner, existing, target, tools, signal);
  const after = merged(existing.text, target, imports, members.text);
  if (members.repeatsAll) {
    return { fresh, after, fault: { code: 'duplicateTest', params: { name: given.cases[0]?.name ?? '' } } };
  }
  return { fresh, after };
}

/** The class that holds the tests: by name, else the first that holds one, never the class under test. */
function testClass(facts: CodeFacts, plan: TestsPlan): CodeUnit | undefined {
  const classes = facts.units.filter((unit) => unit.kind === 'class' && unit.name !== plan.subject.name);
  const holds = (unit: CodeUnit) =>
    facts.cases.some((one) => unit.span.start <= one.span.start && one.span.end <= unit.span.end);
  return classes.find((unit) => unit.name === plan.className) ?? classes.find(holds) ?? classes[0];
}

/** The answer's class under the name that its file wants. */
function classText(plan: TestsPlan, facts: CodeFacts, holder: CodeUnit): string {
  const code = facts.text;
  const members = facts.units.filter((unit) => unit.kind === 'method' && unit.owner === holder.name);
  const { cut, renames } = repeatsIn(code, members, new Set(), new Set());
  const cuts = cut.map((unit) => ({ ...wholeLine(code, withDoc(unit)), text: '' }));
  const span = withDoc(holder);
  const clean = edited(code, withoutNested(cuts, renames));
  const end = clean.length - (code.length - span.end);
  const text = tidied(outdented(clean, { start: span.start, end }));
  const name = plan.className ?? holder.name;
  return name === holder.name ? text : text.replace(new RegExp(`\\b${escaped(holder.name)}\\b`, 'g'), name);
}

function bareClass(plan: TestsPlan, code: string): string {
  const body = indented(looseMembers(code), '    ');
  const name = plan.className ?? 'Tests';
  if (plan.languageId === 'java')
    return `${plan.framework === 'junit4' ? 'public ' : ''}class ${name} {\n${body}\n}`;
  return `public class ${name}\n{\n${body}\n}`;
}

/** Methods that came without a class around them. */
function looseMembers(code: string): string {
  return tidied(code.replace(importLine, '').replace(namespaceLine, ''));
}

function outdented(text: string, span: Span): string {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const lead = text.slice(start, span.start);
  const indent = lead.trim() === '' ? lead : '';
  return text
    .slice(span.start, span.end)
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

function indented(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : indent + line))
    .join('\n');
}

/** What is between a class's braces, without the indent that its lines share. */
function membersOf(text: string, holder: CodeUnit): string {
  const body = text.slice(holder.body?.start ?? 0, holder.body?.end ?? 0);
  const inner = body.replace(/^\s*\{[ \t]*\r?\n?/, '').replace(/\s*\}\s*$/, '');
  const lines = inner.split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return tidied(lines.map((line) => line.slice(common)).join('\n'));
}

/** Members that the class does not have yet; another test of a taken name gets a new one. */
async function withoutRepeats(
  plan: TestsPlan,
  inner: string,
  existing: CodeFacts,
  target: CodeUnit,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly repeatsAll: boolean }> {
  const frame = plan.languageId === 'java' ? 'class M {\n' : 'class M\n{\n';
  const facts = await factsOf(tools.code, plan.languageId, `${frame}${inner}\n}`, signal);
  const { text } = facts;
  const own = existing.units.filter((unit) => unit.kind === 'method' && unit.owner === target.name);
  const members = facts.units.filter((unit) => unit.kind === 'method' && unit.owner === 'M');
  const taken = new Set(own.map((unit) => unit.name));
  const { cut, renames } = repeatsIn(text, members, unitTexts(existing.text, own), taken);
  const edits: TextEdit[] = [
    ...cut.map((unit) => ({ ...wholeLine(text, withDoc(unit)), text: '' })),
    ...renames,
  ];
  const repeats = facts.cases.filter((one) =>
    cut.some((unit) => unit.span.start <= one.span.start && one.span.end <= unit.span.end),
  ).length;
  const fields = new Set(fieldLines(existing.text).map((one) => one.name));
  for (const field of fieldLines(text)) {
    if (fields.has(field.name)) edits.push({ ...wholeLine(text, field.span), text: '' });
  }
  const kept = edited(text, edits);
  return {
    text: tidied(kept.slice(frame.length, kept.lastIndexOf('}'))),
    repeatsAll: facts.cases.length > 0 && repeats === facts.cases.length,
  };
}

function fieldLines(text: string): { readonly name: string; readonly span: Span }[] {
  const line =
    /^[ \t]*(?:private|protected|public|internal)\s+(?:(?:static|final|readonly)\s+)*[\w<>[\], ?.]+?\s+(\w+)\s*(?:=[^\n]*)?;/gm;
  return [...text.matchAll(line)].map((one) => ({
    name: one[1] ?? '',
    span: { start: one.index, end: one.index + one[0].length },
  }));
}

/** The header's imports and those of the answer that are not covered or foreign. */
function neededImports(plan: TestsPlan, code: string): string[] {
  const header = linesOf(plan.header);
  const packages = header.flatMap(
    (line) => /^import (static )?([\w.]+)\.\*;$/.exec(line)?.slice(1, 3).join('') ?? [],
  );
  const isStrange = foreign[plan.framework];
  const given = linesOf(code).filter((line) => {
    const covered = /^import (static )?([\w.]+)\.(?:\w+|\*);$/.exec(line);
    if (covered && packages.includes(`${covered[1] ?? ''}${covered[2]}`)) return false;
    if (plan.languageId === 'java' && /^import (?!static)[\w.]+;$/.test(line) && isOwnClass(line, plan))
      return false;
    return !isStrange?.test(line) && !header.includes(line);
  });
  return [...header, ...given, ...forgotten(plan, code, [...header, ...given])];
}

/** A class of the same package needs no import, and a model guesses its package wrongly. */
function isOwnClass(line: string, plan: TestsPlan): boolean {
  return line.endsWith(`.${plan.subject.name};`);
}

function linesOf(text: string): string[] {
  return [
    ...new Set(
      [...text.matchAll(importLine)].map((one) => one[0].trim().replace(/\s+/g, ' ').replace(' ;', ';')),
    ),
  ];
}

function forgotten(plan: TestsPlan, code: string, imports: readonly string[]): string[] {
  const body = code.replace(importLine, '');
  if (plan.languageId !== 'java') {
    return csharpNames
      .filter(([name, line]) => name.test(body) && !imports.includes(line))
      .map(([, line]) => line);
  }
  const has = (name: string, path: string) =>
    imports.some((line) => line.endsWith(`.${name};`) || line === `import ${path.replace(/\.\w+$/, '.*')};`);
  const annotations = (plan.framework === 'junit4' ? junit4 : jupiter).map(
    (name) =>
      [
        name,
        plan.framework === 'junit4' ? `org.junit.${name}` : `org.junit.jupiter.api.${name}`,
        new RegExp(`@${name}\\b`),
      ] as const,
  );
  const classes = Object.entries(javaNames).map(
    ([name, path]) => [name, path, new RegExp(`(?<![\\w.@])${name}\\b`)] as const,
  );
  return [...annotations, ...classes]
    .filter(([name, path, pattern]) => pattern.test(body) && !has(name, path))
    .map(([, path]) => `import ${path};`);
}

function wholeFile(plan: TestsPlan, imports: readonly string[], text: string): string {
  if (plan.languageId === 'java') {
    const packageLine = /^package [\w.]+;$/m.exec(plan.header)?.[0];
    const statics = imports.filter((line) => line.startsWith('import static '));
    const plain = imports.filter((line) => !line.startsWith('import static '));
    const parts = [packageLine, plain.toSorted().join('\n'), statics.join('\n'), text];
    return `${parts.filter((part) => part).join('\n\n')}\n`;
  }
  const space = /^namespace ([\w.]+);?$/m.exec(plan.header);
  const usings = imports.toSorted().join('\n');
  if (!space) return `${usings}\n\n${text}\n`;
  if (plan.header.includes(`${space[0]};`) || space[0].endsWith(';'))
    return `${usings}\n\n${space[0]}\n\n${text}\n`;
  return `${usings}\n\n${space[0]}\n{\n${indented(text, '    ')}\n}\n`;
}

/** The existing class, byte for byte, with imports it lacks and the members before its last brace. */
function merged(existing: string, target: CodeUnit, imports: readonly string[], members: string): string {
  if (members === '') return existing;
  const there = linesOf(existing);
  const covers = (line: string) =>
    there.includes(line) || there.includes(line.replace(/\.\w+;$/, '.*;')) || isEnclosing(existing, line);
  const missing = imports.flatMap((line) => (covers(line) ? [] : narrowed(line, existing, members)));
  const edits: TextEdit[] = [];
  if (missing.length > 0) {
    const last = [...existing.matchAll(importLine)].at(-1) ?? [...existing.matchAll(namespaceLine)][0];
    const at = last ? last.index + last[0].length : 0;
    const text = last ? missing.map((line) => `\n${line}`).join('') : `${missing.join('\n')}\n\n`;
    edits.push({ start: at, end: at, text: withLineEndsOf(text, existing) });
  }
  const brace = existing.lastIndexOf('}', (target.body?.end ?? target.span.end) - 1);
  const lineStart = existing.lastIndexOf('\n', brace - 1) + 1;
  const ownLine = existing.slice(lineStart, brace).trim() === '';
  const at = ownLine ? lineStart : brace;
  const indent = memberIndent(existing, target);
  const empty = /\{\s*$/.test(existing.slice(0, at));
  const text = `${ownLine ? '' : '\n'}${empty ? '' : '\n'}${indented(members, indent)}\n`;
  edits.push({ start: at, end: at, text: withLineEndsOf(text, existing) });
  return edited(existing, edits);
}

/** Where a class imports its assertions one by one, the new ones are added one by one. */
function narrowed(line: string, existing: string, members: string): string[] {
  const all = /^(import static [\w.]+)\.\*;$/.exec(line)?.[1];
  const there = all ? linesOf(existing).filter((one) => one.startsWith(`${all}.`)) : [];
  if (!all || there.length === 0) return [line];
  const used = [...members.matchAll(/(?<![\w.])(assert\w+|fail)(?=\s*\()/g)].map((one) => one[1] ?? '');
  return [...new Set(used)].map((name) => `${all}.${name};`).filter((one) => !there.includes(one));
}

/** A namespace is in scope within itself and below. */
function isEnclosing(existing: string, line: string): boolean {
  const used = /^using ([\w.]+);$/.exec(line)?.[1];
  const space = /^\s*namespace\s+([\w.]+)/m.exec(existing)?.[1];
  return used !== undefined && space !== undefined && (space === used || space.startsWith(`${used}.`));
}

function memberIndent(existing: string, target: CodeUnit): string {
  const body = existing.slice(
    (target.body?.start ?? target.span.start) + 1,
    target.body?.end ?? target.span.end,
  );
  return /\n([ \t]+)\S/.exec(body)?.[1] ?? `${target.indent}    `;
}
