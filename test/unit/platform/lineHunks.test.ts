import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { lineHunks } from '../../../src/platform/vscode/lineHunks.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '}')).map((lines) => lines.join('\n'));

test('the pieces put in place of their lines make the text after', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [lines, next] = [before.split('\n'), after.split('\n')];
      for (const hunk of lineHunks(before, after).toReversed())
        lines.splice(
          hunk.before.first,
          hunk.before.count,
          ...next.slice(hunk.after.first, hunk.after.first + hunk.after.count),
        );
      assert.equal(lines.join('\n'), after);
    }),
  );
});

test('a comment and an import are two pieces, and what lies between is in neither', () => {
  assert.deepEqual(lineHunks('a\nb\nc\nd', 'import\na\nb\nc\n// d\nd'), [
    { before: { first: 0, count: 0 }, after: { first: 0, count: 1 } },
    { before: { first: 3, count: 0 }, after: { first: 4, count: 1 } },
  ]);
});

test('very many changed lines are one piece', () => {
  const many = (word: string) => Array.from({ length: 6_000 }, (_, at) => `${word} ${at}`).join('\n');
  assert.equal(lineHunks(many('a'), many('b')).length, 1);
});
