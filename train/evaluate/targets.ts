import type { JudgedSet } from './judgedSet.ts';
import { difference, range, table } from './layout.ts';
import { accuracy, bootstrap, type Interval } from './scores.ts';

/** What the report is to show, and whether it does. */
export function targets(judged: readonly JudgedSet[], gain: Interval | undefined): readonly string[] {
  const rows: string[][] = [];
  const posts = judged.find(({ name }) => name === 'stackeval_type');
  if (posts) {
    const found = bootstrap(posts.rows, accuracy);
    rows.push([
      'stackeval_type, accuracy of 75 % or more',
      range(found),
      found.value >= 0.75 ? 'met' : 'not met',
    ]);
  }
  if (gain)
    rows.push([
      'pooled APGR above stratum-only, the interval excluding it',
      difference(gain),
      gain.low > 0 ? 'met' : 'not met',
    ]);
  return rows.length === 0 ? [] : ['', ...table(['target', 'found, 95 % interval', ''], rows)];
}
