import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedFor, explain } from '../../../src/phrases/explanation.ts';
import { claudeDecision, coder, decisionWith, light, sonnet } from './decisions.ts';

test('the first sentence is the rule that decided, and the task has its own', () => {
  const { model, rule, asked, also } = explain(decisionWith(), true);
  assert.equal(model, coder.name);
  assert.match(rule, /good enough for an explanation.*71 %.*62 %/);
  assert.equal(
    asked,
    'It reads like an explanation (82 %), else a question (11 %). Easy (difficulty 0.18 of 1).',
  );
  assert.deepEqual(also, ['qwen2.5-coder:7b is already loaded.']);
});

test('the table has the chosen one first, then who is next, each with its estimates', () => {
  const { head, rows } = explain(decisionWith(), true).estimates;
  assert.deepEqual(head, ['Model', 'Will do', 'Seen here', 'Wait', 'Price']);
  assert.deepEqual(rows.slice(0, 2), [
    { model: coder.name, chosen: true, cells: ['≥ 71 %', '12 passed, 1 failed', '2.1 s', '$0'] },
    { model: sonnet.name, chosen: false, cells: ['–', '–', 'about 0.9 s', '$0.0041'] },
  ]);
  const third = rows.find(({ model }) => model === light.name);
  assert.deepEqual(third?.cells, ['≥ 41 %', 'nothing yet', 'about 0.4 s', '$0']);
});

test('a bound is never rounded up to the bar that it did not reach', () => {
  const { considered } = decisionWith();
  const close = considered.map((one) =>
    one.quality ? { ...one, quality: { ...one.quality, bound: 0.6199 } } : one,
  );
  const { estimates } = explain(decisionWith({ considered: close }), true);
  assert.equal(estimates.rows[0]?.cells[0], '≥ 61 %');
});

test('a model that the catalogue does not know is said to be unknown', () => {
  const considered = decisionWith().considered.map((one) =>
    one.quality ? { ...one, quality: { ...one.quality, known: false, passed: 0, failed: 0 } } : one,
  );
  const { estimates } = explain(decisionWith({ considered }), true);
  assert.equal(estimates.rows[0]?.cells[1], 'nothing yet; unknown model');
});

test('what it costs elsewhere is the other side, and never a tier that is asked by name alone', () => {
  assert.equal(
    explain(decisionWith(), true).elsewhere,
    'By claude-sonnet-5-5 it would have cost about $0.0041.',
  );
  assert.equal(explain(decisionWith(), false).elsewhere, 'By claude-sonnet-5-5 it would cost about $0.0041.');
  assert.match(
    explain(claudeDecision(), true).elsewhere ?? '',
    /On this machine, by qwen2\.5-coder:7b, it would have cost nothing\./,
  );
  assert.equal(explain(decisionWith({ considered: [] }), true).elsewhere, undefined);
});

test('who was not asked is told by the rule, those of one rule together', () => {
  const because = { code: 'wordRoute', params: { route: 'claude' } } as const;
  const considered = decisionWith().considered.map((one) =>
    one.route === 'local' ? { ...one, removedBy: because } : one,
  );
  const { removed } = explain(decisionWith({ considered }), true);
  assert.deepEqual(removed.at(-1), {
    who: 'llama3.2:3b, qwen2.5-coder:7b: ',
    because: 'You asked for Claude.',
  });
});

test('a task that a command names, one that is unsure, and one without a rival read each in their way', () => {
  const { classification } = decisionWith();
  const asked = (change: object) => askedFor({ ...classification, ...change });
  const command = [{ code: 'taskByCommand', params: { task: 'tests' } }] as const;
  assert.equal(
    asked({ task: 'tests', tasks: { tests: 1 }, difficulty: 0.4, reasons: command }),
    'The command asks for tests. Of medium difficulty (difficulty 0.40 of 1).',
  );
  const unsure = [{ code: 'taskUnsure', params: { task: 'fix' } }] as const;
  assert.match(
    asked({
      task: 'fix',
      tasks: { fix: 0.4, review: 0.35 },
      confidence: 0.4,
      difficulty: 0.7,
      reasons: unsure,
    }),
    /^It is not clear what is asked: a fix \(40 %\) or a review \(35 %\)\. Hard/,
  );
  assert.match(
    asked({ tasks: { explain: 1 }, confidence: 1 }),
    /^It reads like an explanation \(100 % sure\)\./,
  );
});

test('which model will do, and how surely, goes before that local models will', () => {
  const { reasons } = decisionWith();
  const explained = explain(
    decisionWith({ reasons: [{ code: 'routineTask', params: { task: 'explain' } }, ...reasons] }),
    true,
  );
  assert.match(explained.rule, /^qwen2\.5-coder:7b is good enough/);
  assert.doesNotMatch(explained.also.join(), /A local model is good enough/);
});

test('what runs on this machine costs nothing, also where nobody gave a price', () => {
  const considered = claudeDecision().considered.map(({ usd, ...one }) =>
    one.route === 'local' ? one : { ...one, usd },
  );
  const { elsewhere, estimates } = explain(claudeDecision({ considered }), true);
  assert.match(elsewhere ?? '', /it would have cost nothing/);
  assert.equal(estimates.rows.find(({ model }) => model === coder.name)?.cells.at(-1), '$0');
});

test('that Claude cannot be asked is told with what stands against it', () => {
  const considered = decisionWith().considered.map((one) =>
    one.model === sonnet
      ? { ...one, removedBy: { code: 'budgetSpent', params: { period: 'day', limitUsd: 2 } } as const }
      : one,
  );
  const { rule } = explain(
    decisionWith({ considered, reasons: [{ code: 'fallbackToLocal', params: {} }] }),
    true,
  );
  assert.equal(
    rule,
    "Claude cannot be asked, so a local model does it. Today's budget of $2.00 leaves no room for this.",
  );
});

test('a fallback is not told once more where its cause is the rule', () => {
  const cause = { code: 'protectedPath', params: { path: '**/.env', boundary: 'cloud' } } as const;
  const considered = decisionWith().considered.map((one) =>
    one.route === 'claude' ? { ...one, removedBy: cause } : one,
  );
  const { rule, also } = explain(
    decisionWith({ considered, reasons: [cause, { code: 'fallbackToLocal', params: {} }] }),
    true,
  );
  assert.match(rule, /^A file that matches \*\*\/\.env/);
  assert.deepEqual(also, []);
});
