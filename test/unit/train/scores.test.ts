import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  accuracy,
  bootstrap,
  calibrationError,
  foretold,
  type Judged,
  macroF1,
  reliability,
} from '../../../train/evaluate/scores.ts';

const judged = (gold: string, found: string, confidence = 1): Judged => ({ gold, found, confidence });

describe('the figures of the report', () => {
  test('are one where all is right and nought where nothing is', () => {
    const right = [judged('fix', 'fix'), judged('chat', 'chat')];
    const wrong = [judged('fix', 'chat'), judged('chat', 'fix')];
    assert.deepEqual([accuracy(right), macroF1(right)], [1, 1]);
    assert.deepEqual([accuracy(wrong), macroF1(wrong)], [0, 0]);
  });

  test('count rare labels as much as frequent ones in macro-F1', () => {
    const all = [...Array.from({ length: 9 }, () => judged('fix', 'fix')), judged('shell', 'fix')];
    assert.equal(accuracy(all), 0.9);
    assert.ok(Math.abs(macroF1(all) - 18 / 19 / 2) < 1e-12);
  });

  test('have an interval that holds the figure and is the same at every run', () => {
    const all = Array.from({ length: 200 }, (_, at) => judged('fix', at % 4 === 0 ? 'edit' : 'fix'));
    const interval = bootstrap(all, accuracy);
    assert.equal(interval.value, 0.75);
    assert.ok(interval.low < 0.75 && interval.high > 0.75);
    assert.deepEqual(bootstrap(all, accuracy), interval);
  });

  test('tell how far confidence is from what is right', () => {
    const sure = Array.from({ length: 10 }, (_, at) => judged('fix', at < 6 ? 'fix' : 'edit', 0.95));
    assert.ok(Math.abs(calibrationError(foretold(sure)) - 0.35) < 1e-9);
    assert.equal(reliability(foretold(sure))[9]?.count, 10);
  });
});
