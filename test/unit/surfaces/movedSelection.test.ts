import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { lineHunks } from '../../../src/platform/vscode/lineHunks.ts';
import { movedSelection } from '../../../src/surfaces/movedSelection.ts';

const moved = (start: number, end: number, before: string, after: string) =>
  movedSelection({ start, end }, before, after, lineHunks(before, after));

test('a selection below new lines keeps its text', () => {
  const before = 'one\ntwo\nthree';
  const after = `// new\n// newer\n${before}`;
  const { start, end } = moved(4, 7, before, after);
  assert.equal(after.slice(start, end), 'two');
});

test('a selection in a line that changed goes to what took its place', () => {
  assert.deepEqual(moved(5, 6, 'one\ntwo\nthree', 'one\nTWO\nthree'), { start: 4, end: 4 });
});

test('a selection stays within the text, its end never before its start', () => {
  const text = fc.array(fc.constantFrom('a', 'bb', '', '}')).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, fc.nat(), fc.nat(), (before, after, from, length) => {
      const start = from % (before.length + 1);
      const end = Math.min(before.length, start + length);
      const now = moved(start, end, before, after);
      assert.ok(now.start >= 0 && now.start <= now.end && now.end <= after.length);
    }),
  );
});
