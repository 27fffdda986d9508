import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { touchedEdits } from '../../../src/platform/vscode/touchedEdits.ts';

const edit = (from: readonly [number, number], to: readonly [number, number], newText = 'x') => ({
  range: { start: { line: from[0], character: from[1] }, end: { line: to[0], character: to[1] } },
  newText,
});

test('what a formatter would change elsewhere is left alone', () => {
  const inside = edit([4, 0], [4, 2]);
  assert.deepEqual(
    touchedEdits([edit([1, 0], [1, 4]), inside, edit([9, 0], [9, 1])], { first: 3, last: 5 }),
    [inside],
  );
});

test('an edit that reaches out of the changed lines spoils the formatting', () => {
  assert.equal(touchedEdits([edit([2, 0], [4, 2])], { first: 3, last: 5 }), undefined);
  assert.equal(touchedEdits([edit([5, 0], [6, 1])], { first: 3, last: 5 }), undefined);
});

test('taking the break of the last changed line touches nothing of the next', () => {
  const whole = edit([5, 3], [6, 0], '');
  assert.deepEqual(touchedEdits([whole], { first: 3, last: 5 }), [whole]);
});

test('no edit that is kept touches a line outside', () => {
  const place = fc.tuple(fc.nat(12), fc.nat(3));
  const random = fc
    .tuple(place, place)
    .map(([a, b]) => (a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]) ? edit(a, b) : edit(b, a)));
  fc.assert(
    fc.property(fc.array(random), fc.nat(6), fc.nat(6), (edits, first, more) => {
      const changed = { first, last: first + more };
      for (const { range } of touchedEdits(edits, changed) ?? []) {
        assert.ok(range.start.line >= changed.first);
        assert.ok(range.end.line <= changed.last || range.end.character === 0);
      }
    }),
  );
});
