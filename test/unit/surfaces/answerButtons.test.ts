import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerButtons } from '../../../src/surfaces/answerButtons.ts';
import type { Task } from '../../../src/vocabulary/task.ts';
import type { Verdict } from '../../../src/vocabulary/verdict.ts';
import { decisionWith } from '../phrases/decisions.ts';
import { attemptWith, outcomeWith } from './outcomes.ts';

const policy = { mode: 'auto', offline: false } as const;
const failed: Verdict = {
  kind: 'failed',
  findings: [{ code: 'unknownName', params: { name: 'ledgerBalanceOf' } }],
};

function of(task: Task) {
  const decision = decisionWith({});
  return { ...decision, classification: { ...decision.classification, task } };
}

test('after a failed check Claude comes first', () => {
  const [first] = answerButtons(outcomeWith({ verdict: failed, decision: of('explain') }), policy);
  assert.equal(first?.command, 'maia.askClaudeInstead');
});

test('a document can be saved, by whoever wrote it', () => {
  const commands = (outcome: Parameters<typeof answerButtons>[0]) =>
    answerButtons(outcome, policy).map(({ command }) => command);
  assert.deepEqual(commands(outcomeWith({ decision: of('prose') })), [
    'maia.askClaudeInstead',
    'maia.saveMarkdown',
  ]);
  assert.deepEqual(
    commands(outcomeWith({ decision: of('prose'), attempts: [attemptWith({ route: 'claude' })] })),
    ['maia.saveMarkdown'],
  );
  assert.ok(!commands(outcomeWith({ decision: of('explain') })).includes('maia.saveMarkdown'));
});

const again = ['maia.retry', 'maia.otherModel'];
const commands = (...given: Parameters<typeof answerButtons>) =>
  answerButtons(...given).map(({ command }) => command);

test('where Claude may not be asked no button says so: the same model or another one may try again', () => {
  for (const shut of [
    { mode: 'localOnly', offline: false } as const,
    { mode: 'auto', offline: true } as const,
  ])
    assert.deepEqual(commands(outcomeWith({ verdict: failed, decision: of('explain') }), shut), again);
  const guarded = { ...of('explain'), protected: true };
  assert.deepEqual(commands(outcomeWith({ verdict: failed, decision: guarded }), policy), again);
});

test('what never came has no buttons', () => {
  assert.deepEqual(answerButtons(outcomeWith({ end: 'failed', decision: of('prose') }), policy), []);
});
