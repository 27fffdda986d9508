import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isGenerated, shownChange } from '../../../src/tasks/commit/shownChange.ts';

const file = (name: string, lines: number) => ({
  name,
  text: Array.from({ length: lines }, (_, at) => `+line ${at} of ${name}`).join('\n'),
});
const names = (files: readonly { readonly name: string }[]) => files.map(({ name }) => name);

describe('what a model is shown of a change', () => {
  it('is all of it where it is small', () => {
    const { shown, named } = shownChange([file('a.ts', 3), file('b.ts', 2)], 1_000);
    assert.deepEqual(names(shown), ['a.ts', 'b.ts']);
    assert.ok(shown.every(({ cut }) => !cut));
    assert.deepEqual(named, []);
  });

  it('only names what tools wrote and what is binary', () => {
    const picture = {
      name: 'a.png',
      text: 'diff --git a/a.png b/a.png\nBinary files a/a.png and b/a.png differ',
    };
    const { shown, named } = shownChange([file('package-lock.json', 9), picture, file('a.ts', 2)], 10_000);
    assert.deepEqual(names(shown), ['a.ts']);
    assert.deepEqual(names(named), ['package-lock.json', 'a.png']);
  });

  it('is what a tool wrote where there is nothing else', () => {
    assert.deepEqual(names(shownChange([file('go.sum', 4)], 1_000).shown), ['go.sum']);
  });

  it('leaves small files whole and cuts a large one at a line, with a word about the rest', () => {
    const { shown } = shownChange([file('large.ts', 5_000), file('small.ts', 3)], 4_000);
    assert.equal(shown[1]?.cut, false);
    assert.equal(shown[0]?.cut, true);
    assert.match(shown[0]?.text ?? '', /\n\[\d+ more lines of this file\]$/);
    assert.ok((shown[0]?.text.length ?? 0) > 3_000);
  });

  it('keeps to its room and loses no file, whatever the change', () => {
    const files = fc.uniqueArray(
      fc.record({
        name: fc.stringMatching(/^[a-z]{1,6}\.(ts|lock|map|py)$/),
        text: fc.array(fc.string({ maxLength: 200 }), { maxLength: 60 }).map((lines) => lines.join('\n')),
      }),
      { selector: ({ name }) => name, maxLength: 40 },
    );
    fc.assert(
      fc.property(files, fc.integer({ min: 500, max: 20_000 }), (changed, budget) => {
        const { shown, named } = shownChange(changed, budget);
        assert.ok(shown.reduce((sum, { text }) => sum + text.length, 0) <= budget);
        assert.deepEqual([...names(shown), ...names(named)].toSorted(), names(changed).toSorted());
        const source = changed.filter(({ name, text }) => !isGenerated(name) && text.trim() !== '');
        if (source.length > 0) assert.ok(shown.every(({ name }) => !isGenerated(name)));
      }),
    );
  });
});
