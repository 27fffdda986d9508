import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundsOf } from '../../../src/engine/attemptBounds.ts';
import { estimateTokens, promptBound } from '../../../src/engine/tokenEstimate.ts';

const seen = {
  inputTokens: 100,
  outputTokens: 3,
  cacheReadTokens: 7,
  cacheWriteTokens: 0,
  cacheWrite1hTokens: 0,
};

test('what was never sent, or is known to have computed nothing, cost nothing', () => {
  assert.equal(boundsOf(undefined, undefined, 500, false).usage?.inputTokens, 0);
  assert.equal(boundsOf(undefined, 100, 500, true).usage?.outputTokens, 0);
});

test('a call cut before anything was reported may have cost the whole prompt and every token it was allowed', () => {
  const { bounds, usage } = boundsOf(undefined, 100, 500, false);
  assert.equal(usage, undefined);
  assert.equal(bounds?.lower.outputTokens, 0);
  assert.equal(bounds?.upper.outputTokens, 500);
  assert.equal(bounds?.upper.cacheWriteTokens, 100);
});

test('a call cut in mid-answer keeps what was reported as its lower bound', () => {
  const { bounds } = boundsOf(seen, 100, 500, false);
  assert.deepEqual(bounds?.lower, seen);
  assert.equal(bounds?.upper.inputTokens, 100);
  assert.equal(bounds?.upper.outputTokens, 500);
});

test('the upper bound is never below the lower one, nor an estimate above the bound of a prompt', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(5000), fc.nat(5000), (text, out, max) => {
      const { bounds } = boundsOf({ ...seen, outputTokens: out }, promptBound(text, []), max, false);
      assert.ok(bounds && bounds.upper.outputTokens >= bounds.lower.outputTokens);
      assert.ok(estimateTokens(text) <= promptBound(text, []) + 1);
    }),
  );
});
