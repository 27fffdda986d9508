import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { CheckStep } from '../../../../src/vocabulary/event.ts';
import type { ContextItem } from '../../../../src/vocabulary/request.ts';
import type { Task } from '../../../../src/vocabulary/task.ts';
import { checkerFor, projectIn, strict } from '../../platform/types/project.ts';
import { never, requestOf, targetOf, tasks, tools } from '../ask.ts';

const shop = `import { priceOf } from './prices.js';

export interface Item {
  name: string;
  count: number;
}

export function total(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + item.count * priceOf(item.name), 0);
}

export function old(item: Item): string {
  return item.count;
}
`;
const prices = 'export function priceOf(name: string): number {\n  return name.length;\n}\n';
const bill = `import { total } from './shop.js';\nexport const sum: number = total([{ name: 'a', count: 1 }]);\n`;
const files = {
  'package.json': '{"type":"module","devDependencies":{"vitest":"*"}}',
  'tsconfig.json': strict,
  'src/shop.ts': shop,
  'src/prices.ts': prices,
  'src/bill.ts': bill,
};
const fenced = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
const totalNow = shop.slice(shop.indexOf('export function total'), shop.indexOf('\n\nexport function old'));
const oldNow = shop.slice(shop.indexOf('export function old')).trimEnd();

interface Change {
  readonly answer: string;
  readonly task?: Task;
  readonly at?: string;
  readonly asked?: string;
  readonly text?: string;
  readonly context?: readonly ContextItem[];
  readonly trusted?: boolean;
}

async function change(
  t: TestContext,
  {
    answer,
    task = 'edit',
    at = 'export function total',
    asked = 'Do it better',
    text = shop,
    context = [],
    trusted = true,
  }: Change,
) {
  const folder = projectIn(t, 7, files);
  const checker = checkerFor(t, { isTrusted: () => trusted });
  const start = text.indexOf(at);
  const target = targetOf(join(folder, 'src/shop.ts'), text, { folder, selection: { start, end: start } });
  const request = requestOf(asked, { task, target, surface: 'cli', context });
  const ready = await tasks.prepare(task, request, { ...tools, checker }, never);
  assert.ok(ready.ok, JSON.stringify(ready));
  const steps: CheckStep[] = [];
  const judged = await tasks.judge(ready.value, answer, { ...tools, checker }, never, {
    tell: (step) => steps.push(step),
  });
  return {
    ...judged.verdict,
    codes: judged.verdict.findings.map(({ code }) => code),
    proposal: judged.proposal,
    steps,
  };
}

const complaint: ContextItem = {
  kind: 'diagnostic',
  text: "Type 'number' is not assignable to type 'string'.",
  line: shop.slice(0, shop.indexOf('return item.count;')).split('\n').length,
};

describe('types of code that is changed', () => {
  test('agree where the compiler has nothing new to say, errors that were there before aside', async (t) => {
    const { kind, codes, steps } = await change(t, { answer: fenced(totalNow.replaceAll('sum', 'all')) });
    assert.equal(kind, 'passed');
    assert.deepEqual(codes, ['parses', 'typesAgree']);
    assert.deepEqual(steps, [
      { found: { code: 'parses', params: {} } },
      { doing: 'types' },
      { found: { code: 'typesAgree', params: {} } },
    ]);
  });

  test('fail with the error and its line in the file as it would be applied, and the file can still be shown', async (t) => {
    const { kind, findings, proposal } = await change(t, {
      answer: fenced(totalNow.replace('item.count *', 'item.cost *')),
    });
    assert.equal(kind, 'failed');
    assert.deepEqual(findings, [
      { code: 'typeError', params: { message: "Property 'cost' does not exist on type 'Item'." }, line: 9 },
    ]);
    assert.ok(proposal?.after.includes('item.cost'));
  });

  test('fail where a file that uses the function breaks, which is named', async (t) => {
    const answer = fenced(
      totalNow
        .replace('): number', '): string')
        .replace('return items', 'return `${items')
        .replace(', 0);', ', 0)}`;'),
    );
    const { kind, findings } = await change(t, { answer, task: 'refactor' });
    assert.equal(kind, 'failed');
    const [first] = findings;
    assert.equal(first?.code, 'typeError');
    assert.match(JSON.stringify(first), /src\/bill\.ts: Type 'string' is not assignable/);
  });

  test('of what calls a function say nothing where the developer asked for another signature', async (t) => {
    const answer = fenced(
      totalNow
        .replace('items: readonly Item[]', 'items: readonly Item[], rate: number')
        .replace('sum +', 'rate * sum +'),
    );
    const { kind, codes } = await change(t, { answer, asked: 'Add a parameter for the rate' });
    assert.equal(kind, 'passed');
    assert.deepEqual(codes, ['parses']);
  });

  test('of what calls a function say nothing either where the developer asked for another type', async (t) => {
    const text = totalNow
      .replace('export function', 'export async function')
      .replace('): number', '): Promise<number>');
    const asked = await change(t, { answer: fenced(text), asked: 'Make it async' });
    assert.equal(asked.kind, 'passed', JSON.stringify(asked.findings));
    const unasked = await change(t, { answer: fenced(text), asked: 'Make it shorter' });
    assert.equal(unasked.kind, 'failed');
  });

  test('are not asked in a workspace that is not trusted, which is said beside what passed', async (t) => {
    const { kind, findings } = await change(t, {
      answer: fenced(totalNow.replace('item.count *', 'item.cost *')),
      trusted: false,
    });
    assert.equal(kind, 'passed');
    assert.deepEqual(findings.at(-1), { code: 'typesNotAsked', params: { why: 'untrusted' } });
  });
});

describe('the diagnostic that a fix is about', () => {
  const about = { task: 'fix', at: 'export function old', context: [complaint] } as const;

  test('is gone', async (t) => {
    const { kind, findings } = await change(t, {
      ...about,
      answer: fenced(oldNow.replace('item.count', 'String(item.count)')),
    });
    assert.equal(kind, 'passed', JSON.stringify(findings));
    assert.deepEqual(findings.at(-1), { code: 'diagnosticGone', params: { message: complaint.text } });
  });

  test('stays, and the fix fails', async (t) => {
    const { kind, findings } = await change(t, {
      ...about,
      answer: fenced(oldNow.replace('return item.count', 'const value = item.count;\n  return value')),
    });
    assert.equal(kind, 'failed');
    assert.deepEqual(findings, [{ code: 'diagnosticStays', params: { message: complaint.text } }]);
  });

  test('is no excuse for another of its kind in its place', async (t) => {
    const { kind, findings } = await change(t, {
      ...about,
      answer: fenced(oldNow.replace('return item.count', 'return item')),
    });
    assert.equal(kind, 'failed');
    assert.match(JSON.stringify(findings), /typeError.*Type 'Item' is not assignable to type 'string'/);
  });

  test('nothing is said of one that the compiler does not know', async (t) => {
    const context: ContextItem[] = [{ kind: 'diagnostic', text: 'Unexpected console statement.', line: 13 }];
    const { kind, codes } = await change(t, {
      ...about,
      context,
      answer: fenced(oldNow.replace('item.count', 'String(item.count)')),
    });
    assert.equal(kind, 'passed');
    assert.deepEqual(codes, ['parses', 'typesAgree']);
  });

  test('of the syntax is seen by the tree, in a file that did not parse before', async (t) => {
    const text = shop.replace('return item.count;\n}', 'return String(item.count;\n}');
    const context: ContextItem[] = [{ kind: 'diagnostic', text: "')' expected.", line: 13 }];
    const good = await change(t, {
      ...about,
      at: 'return String',
      text,
      context,
      answer: fenced(oldNow.replace('item.count', 'String(item.count)')),
    });
    assert.equal(good.kind, 'passed', JSON.stringify(good.findings));
    assert.deepEqual(good.codes.toSorted(), ['diagnosticGone', 'parses', 'typesAgree']);
    const bad = await change(t, {
      ...about,
      at: 'return String',
      text,
      context,
      answer: fenced(oldNow.replace('item.count;', 'String((item.count);')),
    });
    assert.equal(bad.kind, 'failed', JSON.stringify(bad.findings));
  });
});

describe('types of a test file', () => {
  const source = 'export function twice(value: number): number {\n  return 2 * value;\n}\n';
  const body = (call: string, imported = 'twice') =>
    fenced(
      `import { expect, it } from 'vitest';\nimport { ${imported} } from './shop.js';\n\nit('doubles', () => {\n  expect(${call}).toBe(4);\n});`,
    );

  test('count where too many or too few arguments are given, not where that is what is tested', async (t) => {
    const few = await change(t, { task: 'tests', text: source, at: 'return', answer: body('twice()') });
    assert.equal(few.kind, 'failed', JSON.stringify(few.findings));
    assert.deepEqual(few.codes, ['typeError']);
    const thrown = await change(t, {
      task: 'tests',
      text: source,
      at: 'return',
      answer: body('() => twice()').replace('.toBe(4)', '.toThrow()'),
    });
    assert.equal(thrown.kind, 'passed', JSON.stringify(thrown.findings));
  });

  test('do not count where a test only breaks types', async (t) => {
    const loose = await change(t, { task: 'tests', text: source, at: 'return', answer: body("twice('2')") });
    assert.equal(loose.kind, 'passed', JSON.stringify(loose.findings));
  });
});
