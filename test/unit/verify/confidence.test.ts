import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrapped, confidenceLines, random } from '../../../verify/confidence.ts';

const answer = (mean: number, verdict: string) => ({
  task: 'document',
  confidence: { tokens: 50, mean, min: -5 },
  verdict,
});

test('the interval is the same each time, holds the value, and is narrow where all is told', () => {
  const next = random(3);
  const good = Array.from({ length: 40 }, () => next());
  const bad = Array.from({ length: 40 }, () => next() + 0.1);
  const found = bootstrapped(good, bad);
  assert.deepEqual(bootstrapped(good, bad), found);
  assert.ok(found && found.low < found.value && found.value < found.high);
  assert.deepEqual(bootstrapped([3, 4, 5], [0, 1, 2]), { value: 1, low: 1, high: 1 });
});

test('an interval that includes 0.5 is said to tell nothing, and too few are said to be', () => {
  const level = (mean: number, good: boolean) =>
    Array.from({ length: 20 }, (_, at) => answer(mean - at / 100, good ? 'passed' : 'failed'));
  const line = (lines: readonly string[], name: string) => lines.find((one) => one.includes(name)) ?? '';
  const apart = confidenceLines('a:1b', [...level(-1, true), ...level(-2, false)]);
  assert.match(line(apart, 'document / mean'), /20 +20 +1\.000 +1\.000 to 1\.000 +tells something/);
  assert.match(line(apart, 'document / least'), /includes 0\.5/);
  assert.match(line(apart, 'weakest name'), / 0 +0 +too few/);
  const turned = confidenceLines('a:1b', [...level(-2, true), ...level(-1, false)]);
  assert.match(line(turned, 'document / mean'), /wrong way round/);
  const unchecked = confidenceLines('a:1b', [...level(-1, true), answer(-9, 'notChecked')]);
  assert.match(line(unchecked, 'document / mean'), /20 +0 +too few/);
});
