import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisMoney, money, moneyRange } from '../../../webview/figures.ts';

test('both ends of a small interval keep two digits that say something', () => {
  assert.equal(moneyRange({ low: 0.004, high: 0.0077 }, 'en'), '$0.0040 – $0.0077');
  assert.equal(money(0, 'en'), '$0.00');
  assert.equal(money(12.3, 'en'), '$12.30');
});

test('the ticks of an axis have the same digits', () => {
  const ticks = [0, 0.002, 0.004, 0.006, 0.008, 0.01].map(axisMoney(0.0096, 'en'));
  assert.deepEqual(ticks, ['$0.000', '$0.002', '$0.004', '$0.006', '$0.008', '$0.010']);
  assert.equal(axisMoney(0, 'en')(0), '$0.00');
  assert.equal(axisMoney(40, 'en')(10), '$10.00');
});
