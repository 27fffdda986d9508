import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createMeasurements } from '../../../src/providers/measurements.ts';
import type { Attempt } from '../../../src/vocabulary/attempt.ts';
import { localModel } from './asking.ts';

/** A clock of which both hands are set by the test. */
function handClock() {
  const hands = { now: 1_000_000, monotonic: 500 };
  return {
    hands,
    pass(ms: number) {
      hands.now += ms;
      hands.monotonic += ms;
    },
    clock: { now: () => hands.now, monotonic: () => hands.monotonic, sleep: async () => {} },
  };
}

const model = localModel();

function attempt(startedAt: number, changes: Partial<Attempt> = {}): Attempt {
  return {
    index: 0,
    model: model.id,
    route: 'local',
    boundary: 'machine',
    startedAt,
    firstTokenMs: 100,
    totalMs: 1_100,
    generateMs: 1_000,
    usage: {
      inputTokens: 10,
      outputTokens: 50,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      cacheWrite1hTokens: 0,
    },
    end: 'complete',
    ...changes,
  };
}

function usage(outputTokens: number): Attempt['usage'] {
  return { inputTokens: 1, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite1hTokens: 0 };
}

function served(changes: Partial<Attempt>, at = handClock(), measured = createMeasurements(at.clock)) {
  measured.tick(true);
  const startedAt = at.hands.now;
  at.pass(changes.totalMs ?? 1_100);
  const added = measured.add(attempt(startedAt, changes), model);
  return { added, measured, at };
}

test('Nothing is said of a model that nobody asked', () => {
  assert.equal(createMeasurements(handClock().clock).speed(model), undefined);
});

test('One call gives a first token and tokens per second', () => {
  const { measured } = served({});
  assert.deepEqual(measured.speed(model), { firstTokenMs: 100, tokensPerSecond: 50, samples: 1 });
});

test('What a load took is told apart and is not in the first token', () => {
  const { measured } = served({ firstTokenMs: 5_100, loadMs: 5_000, totalMs: 6_100 });
  assert.deepEqual(measured.speed(model), {
    firstTokenMs: 100,
    tokensPerSecond: 50,
    loadMs: 5_000,
    samples: 1,
  });
});

test('The few milliseconds that a loaded model reports as loading are no load', () => {
  const { measured } = served({ loadMs: 60 });
  assert.equal(measured.speed(model)?.loadMs, undefined);
  assert.equal(measured.speed(model)?.firstTokenMs, 100);
});

test('Fewer than ten tokens tell no speed', () => {
  const { measured } = served({ usage: usage(9), generateMs: 0.001 });
  assert.equal(measured.speed(model), undefined);
});

test('A call that failed, was cancelled or refused tells nothing', () => {
  for (const end of ['failed', 'cancelled', 'refused'] as const)
    assert.equal(served({ end }).added, undefined);
});

test('A reading that spans a sleep of the machine is dropped, whichever clock stood still', () => {
  const at = handClock();
  const measured = createMeasurements(at.clock);
  measured.tick(true);
  const startedAt = at.hands.now;
  at.pass(500);
  at.hands.now += 3_600_000;
  at.pass(600);
  assert.equal(measured.add(attempt(startedAt), model), undefined);

  const both = handClock();
  const ticking = createMeasurements(both.clock);
  ticking.tick(true);
  const begun = both.hands.now;
  both.pass(2_000);
  ticking.tick();
  both.pass(3_600_000);
  ticking.tick();
  both.pass(100);
  assert.equal(ticking.add(attempt(begun, { totalMs: 3_602_100 }), model), undefined);
  ticking.tick(true);
  const next = both.hands.now;
  both.pass(1_100);
  assert.ok(ticking.add(attempt(next), model));
});

test('The first tick after a rest says nothing about the rest', () => {
  const { measured, at } = served({});
  at.pass(3_600_000);
  assert.ok(served({}, at, measured).added);
});

test('A model pulled anew under its name starts anew', () => {
  const { measured } = served({});
  assert.equal(measured.speed({ ...model, digest: 'new' }), undefined);
});

test('The speed is the median of the last nine readings', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 10, max: 10_000 }), { minLength: 1, maxLength: 25 }), (counts) => {
      const at = handClock();
      const measured = createMeasurements(at.clock);
      for (const count of counts) served({ usage: usage(count) }, at, measured);
      const last = counts.slice(-9).sort((a, b) => a - b);
      const middle = last.length >> 1;
      const expected =
        last.length % 2 === 1 ? last[middle] : ((last[middle - 1] ?? 0) + (last[middle] ?? 0)) / 2;
      assert.ok(Math.abs((measured.speed(model)?.tokensPerSecond ?? 0) - (expected ?? 0)) < 1e-6);
      assert.equal(measured.speed(model)?.samples, last.length);
    }),
  );
});

test('How fast a prompt is read counts only what was read, and only where that was enough', () => {
  const { measured, at } = served({ promptMs: 500, promptTokensRead: 1_000 });
  assert.equal(measured.speed(model)?.promptTokensPerSecond, 2_000);
  served({ promptMs: 1, promptTokensRead: 63 }, at, measured);
  assert.equal(measured.speed(model)?.promptTokensPerSecond, 2_000);
});

test('A load is the median of those seen, and its bytes per second serve for the host’s other models', () => {
  const at = handClock();
  const measured = createMeasurements(at.clock);
  const sized = localModel({ sizeBytes: 8e9, host: 'here:1' });
  for (const loadMs of [4_000, 2_000, 40_000]) {
    const startedAt = at.hands.now;
    at.pass(loadMs + 1_100);
    measured.add(attempt(startedAt, { loadMs, firstTokenMs: loadMs + 100, totalMs: loadMs + 1_100 }), sized);
  }
  assert.equal(measured.speed(sized)?.loadMs, 4_000);
  assert.equal(measured.loadBytesPerSecond(sized), 2e9);
  const other = localModel({ id: { provider: 'ollama', name: 'phi4:14b' }, host: 'here:1' });
  assert.equal(measured.speed(other), undefined);
  assert.equal(measured.loadBytesPerSecond(other), 2e9);
  assert.equal(measured.loadBytesPerSecond({ ...other, host: 'there:1' }), undefined);
});

test('What ran beside another call tells nothing of its own', () => {
  const at = handClock();
  const measured = createMeasurements(at.clock);
  const startedAt = at.hands.now;
  at.pass(500);
  measured.crowded();
  at.pass(600);
  assert.equal(measured.add(attempt(startedAt), model), undefined);
  assert.ok(served({}, at, measured).added);
});

test('What was kept from before counts until newer readings take its place', () => {
  const at = handClock();
  const measured = createMeasurements(at.clock);
  served({ usage: usage(50) }, at, measured);
  const before = Array.from({ length: 20 }, (_, nth) => ({
    model: model.id,
    at: nth,
    firstTokenMs: 100,
    tokensPerSecond: nth < 12 ? 1 : 10,
  }));
  measured.recall(before);
  assert.deepEqual(measured.speed(model), { firstTokenMs: 100, tokensPerSecond: 10, samples: 9 });
  for (let nth = 0; nth < 9; nth += 1) served({ usage: usage(70) }, at, measured);
  assert.equal(measured.speed(model)?.tokensPerSecond, 70);
});
