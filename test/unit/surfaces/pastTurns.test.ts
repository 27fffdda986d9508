import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastQuestion, type PastTurn, pastMessages, turnMetadata } from '../../../src/surfaces/pastTurns.ts';

const asked = (prompt: string, command?: string): PastTurn => ({ kind: 'asked', prompt, command });
const answered = (markdown: string, shown: readonly [number, number], extra = {}): PastTurn => ({
  kind: 'answered',
  markdown,
  metadata: { requestId: 'r1', conversation: 'c1', shown, answered: true, code: false, ...extra },
});

test('a later turn is told the answer without footer and without a half that was restarted', () => {
  const messages = pastMessages([asked('what is this?'), answered('half---whole---footer', [7, 12])]);
  assert.deepEqual(
    messages.map((message) => message.parts),
    [[{ type: 'text', text: 'what is this?' }], [{ type: 'text', text: 'whole' }]],
  );
});

test('a slash command alone is put into words for the model', () => {
  const [question] = pastMessages([asked('', 'explain'), answered('It adds.', [0, 8])]);
  assert.deepEqual(question?.parts, [{ type: 'text', text: 'Explain this code.' }]);
});

test("Maia's own words and questions without an answer are not told to a model", () => {
  assert.deepEqual(
    pastMessages([
      asked('', 'why'),
      { kind: 'answered', markdown: 'because' },
      asked('again'),
      answered('', [0, 0], { answered: false }),
    ]),
    [],
  );
});

test('"/claude" alone means the last question that was put to a model', () => {
  const turns = [asked('first', 'explain'), answered('a', [0, 1]), asked('', 'why'), answered('b', [0, 1])];
  assert.deepEqual(lastQuestion(turns), { at: 0, prompt: 'first', command: 'explain', requestId: 'r1' });
  assert.equal(lastQuestion([]), undefined);
});

test('a button under an older answer asks its own question again, not the last one', () => {
  const turns = [
    asked('first'),
    answered('one', [0, 3]),
    asked('second'),
    answered('two', [0, 3], { requestId: 'r2' }),
  ];
  assert.equal(lastQuestion(turns, 'r1')?.prompt, 'first');
  assert.equal(lastQuestion(turns, 'r2')?.prompt, 'second');
  assert.equal(lastQuestion(turns, 'gone')?.prompt, 'second');
});

test("metadata that is not Maia's is ignored", () => {
  for (const value of [undefined, null, 3, {}, { requestId: 1, conversation: 'c', shown: [0, 1] }])
    assert.equal(turnMetadata(value), undefined);
});
