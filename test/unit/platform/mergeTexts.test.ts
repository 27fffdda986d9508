import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { mergeTexts } from '../../../src/platform/vscode/mergeTexts.ts';

/** One side's edits of a text whose lines are all different: lines taken out, and lines of its own put in. */
const edits = fc.array(
  fc.record({ at: fc.nat(30), remove: fc.nat(2), insert: fc.nat(2), only: fc.boolean() }),
  { maxLength: 4 },
);

type Edits = readonly { at: number; remove: number; insert: number }[];

function edited(base: readonly string[], list: Edits, who: string): string[] {
  const removed = new Set<number>();
  const put = new Map<number, string[]>();
  for (const [nth, { at, remove, insert }] of list.entries()) {
    const line = at % (base.length + 1);
    for (let one = 0; one < remove; one += 1) removed.add(line + one);
    const own = Array.from({ length: insert }, (_, one) => `${who} ${nth} ${one}`);
    put.set(line, [...(put.get(line) ?? []), ...own]);
  }
  return [...base, undefined].flatMap((text, at) => [
    ...(put.get(at) ?? []),
    ...(text === undefined || removed.has(at) ? [] : [text]),
  ]);
}

test('a merge loses no line of either side, and keeps no line that one of them took out', () => {
  let merged = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 24 }), edits, edits, (size, mine, theirs) => {
      const base = Array.from({ length: size }, (_, at) => `line ${at}`);
      const current = edited(base, mine, 'mine');
      const proposed = edited(base, theirs, 'theirs');
      const merge = mergeTexts({
        base: base.join('\n'),
        current: current.join('\n'),
        proposed: proposed.join('\n'),
      });
      if (merge.kind === 'sameLines') return;
      merged += 1;
      const lines = merge.text.split('\n');
      for (const side of [current, proposed]) {
        const own = side.filter((line) => !base.includes(line));
        assert.deepEqual(
          lines.filter((line) => own.includes(line)),
          own,
        );
      }
      const kept = base.filter((line) => current.includes(line) && proposed.includes(line));
      assert.deepEqual(
        lines.filter((line) => base.includes(line)),
        kept,
      );
    }),
    { numRuns: 500 },
  );
  assert.ok(merged > 50, `${merged} of 500 could be merged`);
});

test('with no edits of the developer, the merge is the proposal; with no proposal, the developer’s text', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '', '}', '  x')).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (base, changed) => {
      const taken = mergeTexts({ base, current: base, proposed: changed });
      assert.equal(taken.kind === 'merged' && taken.text, changed);
      const own = mergeTexts({ base, current: changed, proposed: base });
      assert.equal(own.kind === 'merged' && own.text, changed);
    }),
  );
});

test('an offset of a line that nobody changed is found again in the text as it is now', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), edits, fc.nat(), fc.nat(4), (size, mine, nth, column) => {
      const base = Array.from({ length: size }, (_, at) => `line ${at}`);
      const current = edited(base, mine, 'mine');
      const line = nth % size;
      const offset = base.slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + column;
      const [was, now] = [base.join('\n'), current.join('\n')];
      const merge = mergeTexts({ base: was, current: now, proposed: was });
      assert.ok(merge.kind === 'merged');
      const found = merge.offsetNow(offset);
      assert.ok(found >= 0 && found <= now.length);
      if (!current.includes(base[line] ?? '')) return;
      assert.equal(now.slice(found).split('\n')[0], was.slice(offset).split('\n')[0]);
    }),
  );
});

test('edits of the same line, or of lines that touch, are not brought together', () => {
  const base = 'one\ntwo\nthree\nfour';
  const proposed = 'one\n// about two\ntwo\nthree\nfour';
  assert.equal(mergeTexts({ base, current: 'one\nTWO\nthree\nfour', proposed }).kind, 'sameLines');
  assert.equal(mergeTexts({ base, current: 'one\n// mine\ntwo\nthree\nfour', proposed }).kind, 'sameLines');
  const apart = mergeTexts({ base, current: 'one\ntwo\nthree\nFOUR', proposed });
  assert.equal(apart.kind === 'merged' && apart.text, 'one\n// about two\ntwo\nthree\nFOUR');
});

test('a file of very many changed lines is not compared at all', () => {
  const many = (word: string) => Array.from({ length: 6_000 }, (_, at) => `${word} ${at}`).join('\n');
  const merge = mergeTexts({ base: many('a'), current: many('b'), proposed: `${many('a')}\nend` });
  assert.equal(merge.kind, 'sameLines');
});
