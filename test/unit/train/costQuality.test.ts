import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { curveOf, groupsOf, judgeCurves, type Pair } from '../../../train/evaluate/costQuality.ts';

const near = (found: number, due: number) => assert.ok(Math.abs(found - due) < 1e-12, `${found}, not ${due}`);

/** The small model solves the first, the large one the first three, nobody the fourth. */
const four: readonly Pair[] = [
  { problem: 'a', small: 1, large: 1 },
  { problem: 'b', small: 0, large: 1 },
  { problem: 'c', small: 0, large: 1 },
  { problem: 'd', small: 0, large: 0 },
];

describe('the cost-quality curve', () => {
  test('is that of four prompts counted by hand', () => {
    // Asked of the large model in the order b, a, c, d: the gap recovered after each is 1/2, 1/2, 1, 1.
    const curve = curveOf(four, groupsOf([0.2, 0.1, 0.3, 0.4]));
    near(curve.apgr, (0.25 + 0.5 + 0.75 + 1) / 4);
    near(curve.quality[0] ?? 0, 0.75);
    near(curve.quality[5] ?? 0, 0.5);
    near(curve.quality[10] ?? 0, 0.25);
    // 30 % local: c is asked of the large model at 4/5.
    near(curve.quality[3] ?? 0, 0.25 + 0.25 * (1 + 0.8));
  });

  test('is a half where all scores are the same, whatever the order of the rows', () => {
    near(curveOf(four, groupsOf([0, 0, 0, 0])).apgr, 0.5);
    near(curveOf(four.toReversed(), groupsOf([0, 0, 0, 0])).apgr, 0.5);
  });

  test('counts a row as often as its weight says', () => {
    const [first, second] = [four[1], four[3]] as [Pair, Pair];
    const weighed = curveOf([first, second], groupsOf([0.1, 0.2]), [3, 2]);
    const repeated = curveOf([first, first, first, second, second], groupsOf([0.1, 0.1, 0.1, 0.2, 0.2]));
    near(weighed.apgr, repeated.apgr);
    weighed.quality.forEach((value, tenth) => {
      near(value, repeated.quality[tenth] ?? Number.NaN);
    });
  });

  test('is nowhere above that of the oracle', () => {
    const pair = fc.record({
      problem: fc.constantFrom('a', 'b', 'c'),
      small: fc.double({ min: 0, max: 1, noNaN: true }),
      large: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(pair, fc.nat(5)), { minLength: 1, maxLength: 30 }), (drawn) => {
        const rows = drawn.map(([row]) => row);
        const gap = rows.reduce((sum, { small, large }) => sum + large - small, 0);
        fc.pre(gap > 0.01);
        const best = curveOf(rows, groupsOf(rows.map(({ small, large }) => small - large)));
        const other = curveOf(rows, groupsOf(drawn.map(([, score]) => score)));
        assert.ok(best.apgr >= other.apgr - 1e-9);
        other.quality.forEach((value, tenth) => {
          assert.ok((best.quality[tenth] ?? 0) >= value - 1e-9);
        });
      }),
    );
  });
});

describe('the intervals of the curves', () => {
  const rows = Array.from({ length: 120 }, (_, at) => ({
    problem: `p${at % 80}`,
    small: at % 5 === 0 ? 1 : 0,
    large: at % 3 === 0 ? 0 : 1,
  }));
  const scores = new Map([
    ['oracle', rows.map(({ small, large }) => small - large)],
    ['even', rows.map(() => 0)],
    ['last', rows.map((_, at) => at)],
  ]);

  test('are the same at every run and hold the figure', () => {
    const judged = judgeCurves(rows, scores, 'even', 200);
    assert.deepEqual(judgeCurves(rows, scores, 'even', 200), judged);
    for (const { apgr } of judged.values()) assert.ok(apgr.low <= apgr.value && apgr.value <= apgr.high);
  });

  test('compare two routers on the same draws', () => {
    const judged = judgeCurves(rows, scores, 'even', 200);
    const even = judged.get('even')?.more;
    assert.deepEqual(even, { value: 0, low: 0, high: 0 });
    assert.ok((judged.get('oracle')?.more.low ?? 0) > 0);
    near(
      judged.get('last')?.more.value ?? Number.NaN,
      (judged.get('last')?.apgr.value ?? 0) - (judged.get('even')?.apgr.value ?? 0),
    );
  });
});
