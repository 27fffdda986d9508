import assert from 'node:assert/strict';
import { test } from 'node:test';
import { said } from '../../../src/surfaces/practice.ts';

test('what Maia says in practice mode begins with that word, and nothing else does', () => {
  assert.equal(said('Writing tests', true), 'Practice: Writing tests');
  assert.equal(said('Writing tests', false), 'Writing tests');
});
