import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '../../../src/phrases/money.ts';

test('money has as many digits as say something', () => {
  const exact = (usd: number) => money({ low: usd, high: usd });
  assert.deepEqual([0, 0.0031, 0.00312, 0.012345, 0.5, 1.2345, 12, -0.02, 0.000001].map(exact), [
    '$0',
    '$0.0031',
    '$0.0031',
    '$0.012',
    '$0.50',
    '$1.23',
    '$12.00',
    '−$0.02',
    '$0',
  ]);
});

test('an interval shows both ends, and one figure where they read the same', () => {
  assert.equal(money({ low: 0.001, high: 0.002 }), '$0.001 to $0.002');
  assert.equal(money({ low: 1.2301, high: 1.2302 }), '$1.23');
});
