import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buttonsFor } from '../../../src/surfaces/wholeNotice.ts';

test('a long sentence always has a button, without which VS Code would cut it off', () => {
  const long = 'There is no code here to work on (tests). Put the cursor into a function, or select code.';
  assert.deepEqual(buttonsFor(long), ['OK']);
  assert.deepEqual(buttonsFor(long, ['Check Again']), ['Check Again']);
  assert.deepEqual(buttonsFor('llama3.2:3b is ready.'), []);
});
