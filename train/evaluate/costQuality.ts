import { Random } from '../trainer/random.ts';
import { type Interval, intervalOf } from './scores.ts';

/** One prompt's scores (0..1) by the small and the large model. */
export interface Pair {
  /** Rows of one problem are drawn together. */
  readonly problem: string;
  readonly small: number;
  readonly large: number;
}

export interface Curve {
  /** Average performance gap recovered: 0 as good as the small model, 1 as the large one; random is 0.5. */
  readonly apgr: number;
  /** Mean score where 0, 10, .. 100 % of the prompts stay local. */
  readonly quality: readonly number[];
}

/** Places of the rows that share a score; the lowest scores first, they go to the large model first. */
export function groupsOf(scores: readonly number[]): readonly (readonly number[])[] {
  const places = scores.map((_, place) => place).toSorted((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const groups: number[][] = [];
  let last = Number.NaN;
  for (const place of places) {
    const score = scores[place] ?? 0;
    if (score === last) groups.at(-1)?.push(place);
    else groups.push([place]);
    last = score;
  }
  return groups;
}

/**
 * The cost-quality curve of one order. The performance gap recovered at a share of calls to the large model is
 * (quality - small) / (large - small); APGR is its average over all shares (RouteLLM, arXiv 2406.18665, section 3,
 * which averages ten shares; here the area is exact). Rows of one group are counted as drawn in any order.
 * @param weights how often each row counts
 */
export function curveOf(
  rows: readonly Pair[],
  groups: readonly (readonly number[])[],
  weights?: ArrayLike<number>,
): Curve {
  let count = 0;
  let small = 0;
  let gap = 0;
  rows.forEach((row, place) => {
    const weight = weights?.[place] ?? 1;
    count += weight;
    small += weight * row.small;
    gap += weight * (row.large - row.small);
  });
  const quality = Array.from({ length: 11 }, () => (small + gap) / count);
  let passed = 0;
  let gained = 0;
  let area = 0;
  let tenth = 0;
  for (const group of groups) {
    let size = 0;
    let gain = 0;
    for (const place of group) {
      const weight = weights?.[place] ?? 1;
      const row = rows[place];
      size += weight;
      if (row) gain += weight * (row.large - row.small);
    }
    if (size === 0) continue;
    area += size * (gained + gain / 2);
    for (; tenth <= 10 && (tenth * count) / 10 <= passed + size; tenth += 1) {
      const inside = (tenth * count) / 10 - passed;
      quality[10 - tenth] = (small + gained + (gain * inside) / size) / count;
    }
    passed += size;
    gained += gain;
  }
  return { apgr: area / count / gap, quality };
}

export interface JudgedCurve {
  readonly apgr: Interval;
  /** APGR minus that of the router that all are measured against, in the same draws. */
  readonly more: Interval;
  readonly quality: readonly Interval[];
}

/**
 * Curves with 95 % intervals of a bootstrap by problem: all routers are judged on the same draws.
 * @param scores by router, one for each row: the lower, the sooner the large model is asked
 * @param against whose APGR is subtracted in `more`
 */
export function judgeCurves(
  rows: readonly Pair[],
  scores: ReadonlyMap<string, readonly number[]>,
  against: string,
  draws = 1000,
): ReadonlyMap<string, JudgedCurve> {
  const orders = new Map([...scores].map(([name, values]) => [name, groupsOf(values)]));
  const problems = new Map<string, number[]>();
  rows.forEach(({ problem }, place) => {
    const places = problems.get(problem);
    if (places) places.push(place);
    else problems.set(problem, [place]);
  });
  const all = [...problems.values()];
  const random = new Random(23);
  const drawn = new Map([...orders].map(([name]) => [name, [] as Curve[]]));
  const weights = new Uint16Array(rows.length);
  for (let draw = 0; draw < draws; draw += 1) {
    weights.fill(0);
    for (let nth = 0; nth < all.length; nth += 1)
      for (const place of all[random.below(all.length)] ?? []) weights[place] = (weights[place] ?? 0) + 1;
    for (const [name, groups] of orders) drawn.get(name)?.push(curveOf(rows, groups, weights));
  }
  const whole = new Map([...orders].map(([name, groups]) => [name, curveOf(rows, groups)]));
  const base = whole.get(against);
  const basesDrawn = drawn.get(against) ?? [];
  return new Map(
    [...whole].map(([name, curve]) => {
      const curves = drawn.get(name) ?? [];
      return [
        name,
        {
          apgr: intervalOf(
            curve.apgr,
            curves.map(({ apgr }) => apgr),
          ),
          more: intervalOf(
            curve.apgr - (base?.apgr ?? 0),
            curves.map(({ apgr }, draw) => apgr - (basesDrawn[draw]?.apgr ?? 0)),
          ),
          quality: curve.quality.map((value, tenth) =>
            intervalOf(
              value,
              curves.map(({ quality }) => quality[tenth] ?? 0),
            ),
          ),
        },
      ];
    }),
  );
}
