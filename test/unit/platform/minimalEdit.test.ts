import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { minimalEdit } from '../../../src/platform/vscode/minimalEdit.ts';

const lines = fc
  .array(fc.constantFrom('a', 'b', '\r\n', '\n', '😀', 'é', '  '))
  .map((parts) => parts.join(''));

test('applying the replacement to the text before gives the text after', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const edit = minimalEdit(before, after);
      const applied = edit
        ? before.slice(0, edit.span.start) + edit.text + before.slice(edit.span.end)
        : before;
      assert.equal(applied, after);
    }),
  );
});

test('a replacement never cuts a line ending or a surrogate pair in two', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const edit = minimalEdit(before, after);
      if (!edit) return;
      for (const at of [edit.span.start, edit.span.end]) {
        const pair = before.slice(at - 1, at + 1);
        assert.ok(pair !== '\r\n' && pair !== '😀', JSON.stringify({ before, after, edit }));
      }
    }),
  );
});

test('an inserted comment touches nothing but its own line', () => {
  assert.deepEqual(minimalEdit('one\ntwo\n', 'one\n// about two\ntwo\n'), {
    span: { start: 4, end: 4 },
    text: '// about two\n',
  });
});

test('equal texts need no edit', () => {
  assert.equal(minimalEdit('same', 'same'), undefined);
});
