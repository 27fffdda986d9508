import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerButtons } from '../../../src/surfaces/answerButtons.ts';
import { commitText, isCommitMessage } from '../../../src/surfaces/commitText.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';
import { outcomeWith } from './outcomes.ts';

const commit = { classification: { task: 'commit' } } as Decision;
const policy = { mode: 'auto', offline: false } as const;

test('a commit message is what stands in the block that chat shows, fences in it included', () => {
  assert.equal(commitText({ text: '```\nAdd a cache\n\nIt is quick.\n```' }), 'Add a cache\n\nIt is quick.');
  assert.equal(commitText({ text: '````\nAdd\n\n```\nx\n```\n````' }), 'Add\n\n```\nx\n```');
  assert.equal(commitText({ text: 'Add a cache' }), 'Add a cache');
  assert.equal(commitText({ text: 'Add\n\n```\nx\n```' }), 'Add\n\n```\nx\n```');
});

test('only a commit message has the button that puts it into the message box', () => {
  const titles = (outcome: Parameters<typeof answerButtons>[0]) =>
    answerButtons(outcome, policy).map(({ title }) => title);
  const message = outcomeWith({ decision: commit, text: '```\nAdd a cache\n```' });
  assert.ok(titles(message).includes('Put into Message Box'));
  assert.ok(!titles(outcomeWith()).some((title) => title.includes('Message Box')));
  const failed = { kind: 'failed', findings: [{ code: 'notInChange', params: { name: 'x' } }] } as const;
  assert.ok(titles({ ...message, verdict: failed }).includes('Put into Message Box Anyway'));
});

test('an answer that never came is no commit message', () => {
  assert.equal(isCommitMessage(outcomeWith({ decision: commit, end: 'failed', text: 'x' })), false);
  assert.equal(isCommitMessage(outcomeWith({ decision: commit, text: ' ' })), false);
});
