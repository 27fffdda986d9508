import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { betaBelow, betaQuantile } from '../../../src/router/betaQuantile.ts';

function near(found: number, wanted: number, within = 1e-6): void {
  assert.ok(Math.abs(found - wanted) <= within, `${found} is not ${wanted}`);
}

test('the probability below a value is that of the closed forms', () => {
  near(betaBelow(0.3, 1, 1), 0.3);
  near(betaBelow(0.3, 2, 5), 1 - 0.7 ** 6 - 6 * 0.3 * 0.7 ** 5);
  near(betaBelow(0.25, 0.5, 0.5), (2 / Math.PI) * Math.asin(0.5));
  near(betaBelow(0.6, 3, 2), 4 * 0.6 ** 3 - 3 * 0.6 ** 4);
  assert.equal(betaBelow(0, 2, 3), 0);
  assert.equal(betaBelow(1, 2, 3), 1);
});

test('a quantile is that of the closed forms', () => {
  near(betaQuantile(0.2, 1, 4), 1 - 0.8 ** (1 / 4));
  near(betaQuantile(0.2, 6, 1), 0.2 ** (1 / 6));
  near(betaQuantile(0.5, 7, 7), 0.5);
  near(betaQuantile(0.1, 0.5, 0.5), Math.sin((Math.PI * 0.1) / 2) ** 2);
});

test('a quantile has its probability below it, and rises with what was passed', () => {
  const shape = fc.double({ min: 0.05, max: 300, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), shape, shape, (probability, a, b) => {
      const found = betaQuantile(probability, a, b);
      assert.ok(found >= 0 && found <= 1);
      // Where the density is a wall, the last digit of the value decides.
      const around = [found - 1e-7, found + 1e-7].map((x) => betaBelow(x, a, b));
      assert.ok((around[0] ?? 1) - 1e-5 <= probability && probability <= (around[1] ?? 0) + 1e-5);
      assert.ok(betaQuantile(probability, a + 0.5, b) >= found - 1e-7);
      assert.ok(betaQuantile(probability, a, b + 0.5) <= found + 1e-7);
    }),
    { numRuns: 1000 },
  );
});
