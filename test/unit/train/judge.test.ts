import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tasks } from '../../../src/vocabulary/task.ts';
import { readPrompts, readWritten } from '../../../train/trainer/written.ts';

/** As two lines are compared: letters and digits alone, in lower case. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

describe('the prompts that only judge', () => {
  const judging = ['judge/prompts.txt', 'judge/sessions.txt'].flatMap(readWritten);

  test('share no line with what is trained on', () => {
    const trained = new Set(readPrompts().map(({ text }) => plain(text)));
    assert.deepEqual(
      judging.map(({ text }) => text).filter((text) => trained.has(plain(text))),
      [],
    );
  });

  test('are at least 600, none twice, with at least 30 of each task', () => {
    assert.ok(judging.length >= 600, `${judging.length}`);
    assert.equal(new Set(judging.map(({ text }) => plain(text))).size, judging.length);
    for (const task of tasks) {
      const count = judging.filter(({ label }) => label === task).length;
      assert.ok(count >= 30, `${task}: ${count}`);
    }
  });
});
