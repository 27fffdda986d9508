import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isGone, newErrors } from '../../../../src/tasks/types/newErrors.ts';
import type { Diagnostic } from '../../../../src/vocabulary/ports.ts';

const error = (
  line: number,
  message = "Type 'string' is not assignable to type 'number'.",
  code = '2322',
): Diagnostic => ({
  line,
  message,
  code,
});

test('an error that only moved is no new one', () => {
  const texts = { before: 'a\nb\nc\nwrong', after: 'a\nb\nx\ny\nz\nc\nwrong' };
  assert.deepEqual(newErrors([error(4)], [error(7)], texts), []);
});

test('a second error like one that was there before is new, and told at its own place', () => {
  const texts = { before: 'wrong\nb\nc', after: 'wrong\nwrong too\nc' };
  assert.deepEqual(newErrors([error(1)], [error(1), error(2)], texts), [error(2)]);
});

test('an error in the changed lines that now names something else was there before', () => {
  const texts = { before: 'a\nwrong\nc', after: 'a\nwrong again\nc' };
  const before = [error(2, "Parameter 'a' implicitly has an 'any' type.", '7006')];
  const after = [error(2, "Parameter 'value' implicitly has an 'any' type.", '7006')];
  assert.deepEqual(newErrors(before, after, texts), []);
  const elsewhere = { before: 'wrong\nb\nc', after: 'right\nb\nc wrong' };
  assert.deepEqual(newErrors([{ ...before[0], line: 5 } as Diagnostic], after, elsewhere).length, 1);
});

test('a name that the file used before without knowing it may be used again', () => {
  const unknown = (line: number) => error(line, "Cannot find name '__DEV__'.", '2304');
  const texts = { before: 'a\nb', after: 'a\nb\nc' };
  assert.deepEqual(newErrors([unknown(1)], [unknown(1), unknown(3)], texts), []);
});

test('an error in another file counts by itself', () => {
  const other = { ...error(1), path: 'src/user.ts' };
  const texts = { before: 'a', after: 'b' };
  assert.deepEqual(newErrors([error(1)], [error(1), other], texts), [other]);
  assert.deepEqual(newErrors([other], [other], texts), []);
});

test('a diagnostic is gone where fewer of its kind are left', () => {
  assert.equal(isGone(error(3), [error(3), error(9)], [error(8)]), true);
  assert.equal(isGone(error(3), [error(3)], [error(4)]), false);
  assert.equal(isGone(error(3), [error(3)], [error(3, 'another')]), true);
});

test('whatever the errors are, none is new where nothing changed, and none is told that is not there', () => {
  const errors = fc.array(
    fc.record({
      line: fc.integer({ min: 1, max: 6 }),
      message: fc.constantFrom('a', 'b', "'c'"),
      code: fc.constantFrom('2304', '2322'),
    }),
    { maxLength: 8 },
  );
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 8 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(errors, errors, text, text, (before, after, was, is) => {
      assert.deepEqual(newErrors(before, before, { before: was, after: was }), []);
      const told = newErrors(before, after, { before: was, after: is });
      assert.ok(told.every((one) => after.includes(one as (typeof after)[number])));
      if (before.length === 0) assert.equal(told.length, after.length);
      assert.ok(told.length >= 0 && told.length <= after.length);
    }),
  );
});
