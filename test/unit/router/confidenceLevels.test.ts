import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { confidenceLevelsOf, levelFor } from '../../../src/router/confidenceLevels.ts';
import { separationOf } from '../../../src/router/separation.ts';
import type { ConfidenceOutcome } from '../../../src/vocabulary/confidence.ts';

const model = { provider: 'ollama', name: 'a:7b' } as const;

function outcome(mean: number, good: boolean, more: Partial<ConfidenceOutcome> = {}): ConfidenceOutcome {
  return { model, digest: 'd1', task: 'document', mean, min: -9, good, ...more };
}

/** Bad ones around one figure, good ones around another, evenly spread. */
function apart(good: number, bad: number, badAt = -2, goodAt = -0.5): ConfidenceOutcome[] {
  const spread = (at: number, of: number) => (at / Math.max(1, of - 1) - 0.5) * 0.8;
  return [
    ...Array.from({ length: good }, (_, at) => outcome(goodAt + spread(at, good), true)),
    ...Array.from({ length: bad }, (_, at) => outcome(badAt + spread(at, bad), false)),
  ];
}

test('a level is learned where the model was surely less sure of its bad answers, and lies between', () => {
  const [level, ...others] = confidenceLevelsOf(apart(22, 10));
  assert.equal(others.length, 0);
  assert.ok(level && level.below > -1.6 && level.below < -0.8);
  assert.equal(level.measure, 'mean');
  assert.ok(level.bad / level.seen >= 0.8);
});

test('too few outcomes, too few bad or too few good ones show nothing', () => {
  assert.deepEqual(confidenceLevelsOf(apart(15, 14)), []);
  assert.deepEqual(confidenceLevelsOf(apart(60, 7)), []);
  assert.deepEqual(confidenceLevelsOf(apart(7, 60)), []);
  assert.deepEqual(confidenceLevelsOf([]), []);
});

test('a model that is as sure of its bad answers as of its good ones, or surer, has no level', () => {
  assert.deepEqual(confidenceLevelsOf(apart(30, 30, -1, -1)), []);
  assert.deepEqual(confidenceLevelsOf(apart(30, 30, -0.5, -2)), []);
});

test('another digest and another task are learned of apart', () => {
  const levels = confidenceLevelsOf(apart(22, 10));
  assert.ok(levelFor(levels, { id: model, digest: 'd1' }, 'document', 'mean'));
  assert.equal(levelFor(levels, { id: model, digest: 'd2' }, 'document', 'mean'), undefined);
  assert.equal(levelFor(levels, { id: model }, 'document', 'mean'), undefined);
  assert.equal(levelFor(levels, { id: model, digest: 'd1' }, 'tests', 'mean'), undefined);
  assert.equal(levelFor(levels, { id: model, digest: 'd1' }, 'document', 'opening'), undefined);
  const mixed = apart(22, 10).map((one, at) => ({ ...one, digest: `d${at % 2}` }));
  assert.deepEqual(confidenceLevelsOf(mixed), []);
});

test('the weakest identifier and the least token have levels of their own', () => {
  for (const measure of ['weakest', 'min'] as const) {
    const all = apart(22, 10).map((one) => ({ ...one, mean: -1, [measure]: one.mean }));
    const levels = confidenceLevelsOf(all);
    assert.deepEqual(
      levels.map((level) => level.measure),
      [measure],
    );
  }
});

test('an opening has a level of its own', () => {
  const both = apart(22, 10).map((one) => ({ ...one, mean: -1, opening: one.mean }));
  assert.deepEqual(
    confidenceLevelsOf(both).map(({ measure }) => measure),
    ['opening'],
  );
});

const figure = fc.double({ min: -8, max: 0, noNaN: true });
const outcomes = fc.array(
  fc.tuple(figure, fc.boolean()).map(([mean, good]) => outcome(mean, good)),
  { maxLength: 120 },
);

test('whatever the outcomes are, a level keeps what it promises, and their order does not matter', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        outcomes,
        fc.tuple(fc.nat(60), fc.nat(60), figure).map(([g, b, at]) => apart(g, b, at)),
      ),
      (all) => {
        const levels = confidenceLevelsOf(all);
        assert.deepEqual(confidenceLevelsOf(all.toReversed()), levels);
        for (const { below, seen, bad } of levels) {
          const under = all.filter(({ mean }) => mean < below);
          const good = all.filter((one) => one.good);
          assert.equal(under.length, seen);
          assert.equal(under.filter((one) => !one.good).length, bad);
          assert.ok(all.length >= 30 && seen >= 8 && bad >= 0.8 * seen);
          assert.ok(seen - bad <= 0.2 * good.length);
        }
      },
    ),
  );
});

test('where certainty says nothing a level is a rare accident', () => {
  const sample = fc.sample(fc.array(fc.tuple(figure, fc.boolean()), { minLength: 60, maxLength: 60 }), {
    numRuns: 300,
    seed: 7,
  });
  const found = sample.filter(
    (all) => confidenceLevelsOf(all.map(([mean, good]) => outcome(mean, good))).length > 0,
  );
  assert.ok(found.length <= 6, `${found.length} of 300`);
});

test('AUROC is the share of pairs in the right order, equal ones counting half', () => {
  assert.deepEqual(separationOf([3, 4], [1, 2]), { value: 1, low: 1, high: 1 });
  assert.equal(separationOf([1, 2], [3, 4])?.value, 0);
  assert.equal(separationOf([1, 1], [1, 1])?.value, 0.5);
  assert.equal(separationOf([1], [2, 3]), undefined);
  fc.assert(
    fc.property(fc.array(fc.nat(9), { minLength: 2 }), fc.array(fc.nat(9), { minLength: 2 }), (good, bad) => {
      const pairs = good.flatMap((one) => bad.map((other) => (one > other ? 1 : one === other ? 0.5 : 0)));
      const share = pairs.reduce((sum: number, one) => sum + one, 0) / pairs.length;
      const found = separationOf(good, bad);
      assert.ok(found && Math.abs(found.value - share) < 1e-9);
      assert.ok(found.low <= found.value && found.value <= found.high);
    }),
  );
});
