import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedLines, newProblems } from '../../../src/surfaces/newProblems.ts';

const error = (message: string, source = 'ts', line = 1) => ({ message, source, line });

test('an error that was there before is no new one, wherever it stands now', () => {
  assert.deepEqual(newProblems([error('a')], [error('a', 'ts', 9)]), []);
});

test('a second error of a kind is new', () => {
  const after = [error('a'), error('a', 'ts', 2), error('b')];
  assert.deepEqual(newProblems([error('a')], after), after.slice(1));
});

test('another source or number is another error', () => {
  assert.equal(newProblems([error('a', 'ts')], [error('a', 'pyright')]).length, 1);
  assert.equal(newProblems([{ message: 'a', code: '1' }], [{ message: 'a', code: '2' }]).length, 1);
});

test('complaints of style do not count', () => {
  assert.deepEqual(
    newProblems([], [error('Missing semicolon', 'eslint'), error('a', 'Ruff'), error('b', 'cSpell')]),
    [],
  );
});

test('the lines that a change wrote, in the text as it is after it', () => {
  assert.deepEqual(changedLines('a\nb\nc', 'a\nx\ny\nc'), { first: 2, last: 3 });
  assert.deepEqual(changedLines('a\nb\nc', 'a\nc'), { first: 2, last: 2 });
  assert.deepEqual(changedLines('', 'a\nb'), { first: 1, last: 2 });
  assert.deepEqual(changedLines('a\r\nb', 'a\nb'), { first: 2, last: 2 });
});
