import assert from 'node:assert/strict';
import { test } from 'node:test';
import { followUps } from '../../../src/surfaces/followUps.ts';
import type { TurnMetadata } from '../../../src/surfaces/pastTurns.ts';

const explained: TurnMetadata = {
  requestId: 'r1',
  conversation: 'c1',
  task: 'explain',
  shown: [0, 10],
  answered: true,
  code: true,
};
const offered = (last: TurnMetadata | undefined) => followUps(last).map(({ command }) => command);

test('after an explanation of code that came along, tests and a comment for it are offered', () => {
  assert.deepEqual(offered(explained), ['tests', 'doc', 'why']);
});

test('a question without code is followed by nothing that needs some', () => {
  assert.deepEqual(offered({ ...explained, code: false }), ['why']);
});

test('nothing follows an answer that never came', () => {
  assert.deepEqual(offered({ ...explained, answered: false }), []);
  assert.deepEqual(offered(undefined), []);
});

test('after a review its problems can be mended', () => {
  assert.deepEqual(offered({ ...explained, task: 'review' }), ['fix', 'why']);
});
