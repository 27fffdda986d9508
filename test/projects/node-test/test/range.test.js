import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { range } from '../src/range.js';

describe('range', () => {
  it('leaves the end out', () => {
    assert.deepEqual(range(1, 4), [1, 2, 3]);
  });
});
