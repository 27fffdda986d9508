import type { CodeUnit } from '../../code/code.ts';
import { escaped } from '../pattern.ts';
import type { TaskTools } from '../tasks.ts';
import { type CodeFacts, factsOf, wholeLine, withDoc } from './codeFacts.ts';
import { repeatsIn, unitTexts, withoutNested } from './repeats.ts';
import { type Composed, edited, indented, outdented, tidied, withLineEndsOf } from './testFile.ts';
import type { TestsPlan } from './testsPlan.ts';

const useLine = /^use\s+(?:function\s+|const\s+)?[\w\\]+(?:\s+as\s+\w+)?\s*;[ \t]*$/gm;

/** Puts an answer's PHPUnit tests into a class of their own or into the one that exists. */
export async function composePhp(
  plan: TestsPlan,
  code: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Composed> {
  const className = plan.className ?? 'Test';
  const marked = /<\?php/.test(code) ? code : `<?php\n${code}`;
  const first = await factsOf(tools.code, 'php', marked, signal);
  const bare = `<?php\nfinal class ${className} extends TestCase\n{\n${indented(withoutHead(code))}\n}\n`;
  const given = testClass(first, plan) ? first : await factsOf(tools.code, 'php', bare, signal);
  const holder = testClass(given, plan);
  const existing =
    plan.existing === undefined ? undefined : await factsOf(tools.code, 'php', plan.existing, signal);
  const target = existing && testClass(existing, plan);
  const uses = [...usesOf(plan.header), ...usesOf(code).filter((line) => isKept(line, plan))];
  const all = [...new Set(uses)];
  if (!holder?.body)
    return { fresh: withUses(plan.header, all), after: plan.existing ?? withUses(plan.header, all) };
  const methods = given.units.filter(({ kind, owner }) => kind === 'method' && owner === holder.name);
  const there =
    existing?.units.filter(({ kind, owner }) => kind === 'method' && owner === target?.name) ?? [];
  const { cut, renames } = repeatsIn(
    given.text,
    methods,
    existing ? unitTexts(existing.text, there) : new Set(),
    new Set(there.map(({ name }) => name)),
  );
  const cuts = cut.map((unit) => ({ ...wholeLine(given.text, withDoc(unit)), text: '' }));
  const edits = withoutNested(cuts, renames);
  const clean = edited(given.text, edits);
  const end = holder.body.end - (given.text.length - clean.length);
  const inside = clean
    .slice(holder.body.start, end)
    .replace(/^\s*\{[ \t]*\r?\n?/, '')
    .replace(/\s*\}\s*$/, '');
  const members = tidied(outdented(inside));
  const head = given.text.slice(holder.signature.start, holder.signature.end).trim();
  const declared = head.replace(new RegExp(`\\bclass\\s+${escaped(holder.name)}\\b`), `class ${className}`);
  const fresh = `${withUses(plan.header, all)}\n\n${declared}\n{\n${indented(members)}\n}\n`;
  const after = existing && target ? intoClass(existing.text, target, all, members) : fresh;
  const repeated = given.cases.filter((one) =>
    cut.some(({ span }) => span.start <= one.span.start && one.span.end <= span.end),
  ).length;
  if (given.cases.length > 0 && repeated === given.cases.length)
    return { fresh, after, fault: { code: 'duplicateTest', params: { name: given.cases[0]?.name ?? '' } } };
  return { fresh, after };
}

/** The class that holds the tests: by name, else the first that holds one, never the class under test. */
function testClass(facts: CodeFacts, plan: TestsPlan): CodeUnit | undefined {
  const classes = facts.units.filter(({ kind, name }) => kind === 'class' && name !== plan.subject.name);
  const holds = ({ span }: CodeUnit) =>
    facts.cases.some((one) => span.start <= one.span.start && one.span.end <= span.end);
  return classes.find(({ name }) => name === plan.className) ?? classes.find(holds);
}

function withoutHead(code: string): string {
  return tidied(
    code
      .replace(/<\?php|\?>/g, '')
      .replace(useLine, '')
      .replace(/^(?:namespace\s+[\w\\]+|declare\s*\([^)]*\)|require(?:_once)?\s[^;]*)\s*;[ \t]*$/gm, ''),
  );
}

function usesOf(text: string): string[] {
  return [...text.matchAll(useLine)].map(([line]) => line.trim().replace(/\s+/g, ' '));
}

/** A model guesses where the thing under test lies; the header knows. */
function isKept(line: string, plan: TestsPlan): boolean {
  const name = /([\w]+)(?: as \w+)?\s*;$/.exec(line)?.[1];
  return name !== plan.subject.name && name !== 'TestCase' && name !== plan.className;
}

function withUses(header: string, uses: readonly string[]): string {
  const missing = uses.filter((line) => !header.includes(line));
  const last = [...header.matchAll(useLine)].at(-1);
  if (missing.length === 0 || !last) return header;
  const at = last.index + last[0].length;
  return edited(header, [{ start: at, end: at, text: missing.map((line) => `\n${line}`).join('') }]);
}

function intoClass(existing: string, target: CodeUnit, uses: readonly string[], members: string): string {
  if (members.trim() === '') return existing;
  const brace = existing.lastIndexOf('}', (target.body?.end ?? target.span.end) - 1);
  const lineStart = existing.lastIndexOf('\n', brace - 1) + 1;
  const ownLine = existing.slice(lineStart, brace).trim() === '';
  const at = ownLine ? lineStart : brace;
  const empty = /\{\s*$/.test(existing.slice(0, at));
  const text = `${ownLine ? '' : '\n'}${empty ? '' : '\n'}${indented(members)}\n`;
  const there = usesOf(existing);
  const missing = uses.filter((line) => !there.includes(line));
  const last = [...existing.matchAll(useLine)].at(-1);
  const place = last ? last.index + last[0].replace(/\r$/, '').length : undefined;
  return edited(existing, [
    { start: at, end: at, text: withLineEndsOf(text, existing) },
    ...(place === undefined || missing.length === 0
      ? []
      : [
          {
            start: place,
            end: place,
            text: withLineEndsOf(missing.map((line) => `\n${line}`).join(''), existing),
          },
        ]),
  ]);
}
