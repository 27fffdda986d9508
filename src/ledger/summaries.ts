import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { MoneyRange } from '../vocabulary/attempt.ts';
import type { Decision } from '../vocabulary/decision.ts';
import type { LatestRequest, Metrics, Period, Share, Summary, TimePoint } from '../vocabulary/summary.ts';
import { toUsd } from './account.ts';
import { learnedShares } from './lessons.ts';
import { bucketsOf, localMidnight, sinceOf } from './period.ts';

type Row = Record<string, SQLOutputValue>;

/** How many requests a summary tells one by one. */
const latestCount = 50;

/** The sums of a set of requests; one with a model that has no price is in none of them. */
const sums = `
  coalesce(sum(paid_low) FILTER (WHERE priced), 0) AS paid_low,
  coalesce(sum(paid_high) FILTER (WHERE priced), 0) AS paid_high,
  coalesce(sum(counted_baseline_low) FILTER (WHERE priced), 0) AS baseline_low,
  coalesce(sum(counted_baseline_high) FILTER (WHERE priced), 0) AS baseline_high,
  coalesce(sum(saved_low) FILTER (WHERE priced), 0) AS saved_low,
  coalesce(sum(saved_high) FILTER (WHERE priced), 0) AS saved_high`;

/**
 * The developer's last word on an answer, else what was checked: 1 held, 0 did not, NULL where nobody judged, or where
 * the code itself is under suspicion.
 */
const held = `
  coalesce(
    (SELECT f.kind IN ('good', 'applied', 'edited') FROM feedback f WHERE f.request_id = c.id ORDER BY f.at DESC LIMIT 1),
    CASE c.verdict WHEN 'passed' THEN 1 WHEN 'failed' THEN (
      SELECT NULL FROM attempts a
      WHERE a.request_id = c.id AND a.idx = c.answered_by AND a.findings LIKE '%"suspectedBug"%'
      UNION ALL SELECT 0 LIMIT 1) END)`;

/**
 * Everything that the panel shows of a period, read in one transaction so that the parts agree.
 * Requests count once they are finished; those that run are among the latest only.
 */
export function summarize(
  db: DatabaseSync,
  about: { period: Period; now: number; baselineModel: string; practice: boolean },
): Summary {
  db.exec('BEGIN');
  try {
    const since = sinceOf(about.period, about.now);
    const totals = one(
      db,
      `SELECT ${sums}, count(*) FILTER (WHERE NOT priced) AS unpriced FROM counted
       WHERE at >= ? AND ended IS NOT NULL`,
      since,
    );
    return {
      period: about.period,
      since,
      metrics: metricsSince(db, since, range(totals, 'saved')),
      paid: range(totals, 'paid'),
      baseline: range(totals, 'baseline'),
      baselineModel: about.baselineModel,
      overTime: overTime(db, about.period, about.now),
      byRoute: shares(db, 'by_route', since),
      byTask: shares(db, 'task', since),
      byModel: shares(db, 'by_model', since),
      latest: latest(db, since),
      learned: learnedShares(db),
      unpriced: Number(totals.unpriced),
      practice: about.practice,
    };
  } finally {
    db.exec('COMMIT');
  }
}

/** Answered requests since local midnight. */
export function servedSinceMidnight(db: DatabaseSync, now: number): { local: number; all: number } {
  const row = one(
    db,
    `SELECT count(*) AS every, count(*) FILTER (WHERE by_route = 'local') AS local
     FROM counted WHERE at >= ? AND answered`,
    localMidnight(now),
  );
  return { local: Number(row.local), all: Number(row.every) };
}

function metricsSince(db: DatabaseSync, since: number, savings: MoneyRange): Metrics {
  const row = one(
    db,
    `SELECT
       count(*) AS total,
       count(*) FILTER (WHERE answered AND by_route = 'local' AND NOT manual) AS auto_local,
       count(*) FILTER (WHERE answered AND by_route = 'local' AND manual) AS manual_local,
       count(*) FILTER (WHERE answered AND by_route = 'claude' AND answer_tier = 'sonnet') AS sonnet,
       count(*) FILTER (WHERE answered AND by_route = 'claude' AND answer_tier = 'haiku') AS haiku,
       count(*) FILTER (WHERE answered AND by_route = 'claude' AND answer_tier = 'opus') AS opus,
       count(*) FILTER (WHERE answered) AS answered,
       count(${held}) FILTER (WHERE answered) AS judged,
       coalesce(sum(${held}) FILTER (WHERE answered), 0) AS held
     FROM counted c WHERE at >= ? AND ended IS NOT NULL`,
    since,
  );
  const count = (name: string): number => Number(row[name]);
  const named =
    count('auto_local') + count('manual_local') + count('sonnet') + count('haiku') + count('opus');
  return {
    total_requests: count('total'),
    auto_routed_to_local: count('auto_local'),
    manual_routed_to_local: count('manual_local'),
    claude_sonnet_used: count('sonnet'),
    claude_haiku_used: count('haiku'),
    claude_opus_used: count('opus'),
    other_used: count('answered') - named,
    not_answered: count('total') - count('answered'),
    cost_savings: savings,
    ...(count('judged') > 0 && { quality_maintained: count('held') / count('judged') }),
    quality_sample: count('judged'),
  };
}

function overTime(db: DatabaseSync, period: Period, now: number): readonly TimePoint[] {
  const first = one(db, 'SELECT min(at) AS first FROM counted').first;
  const buckets = bucketsOf(period, now, first === null ? undefined : Number(first));
  const rows = db
    .prepare(
      `SELECT b.value ->> 'start' AS start, count(c.id) AS requests, ${sums}
       FROM json_each(?) b
       LEFT JOIN counted c
         ON c.at >= b.value ->> 'start' AND c.at < b.value ->> 'end' AND c.ended IS NOT NULL
       GROUP BY b.key ORDER BY b.key`,
    )
    .all(JSON.stringify(buckets));
  return rows.map((row) => ({
    start: Number(row.start),
    paid: range(row, 'paid'),
    baseline: range(row, 'baseline'),
    requests: Number(row.requests),
  }));
}

function shares(db: DatabaseSync, by: 'by_route' | 'task' | 'by_model', since: number): readonly Share[] {
  const rows = db
    .prepare(
      `SELECT ${by} AS name, count(*) AS requests, ${sums} FROM counted
       WHERE at >= ? AND ended IS NOT NULL AND ${by} IS NOT NULL
       GROUP BY ${by} ORDER BY requests DESC, name`,
    )
    .all(since);
  return rows.map((row) => ({
    name: String(row.name),
    requests: Number(row.requests),
    paid: range(row, 'paid'),
    saved: range(row, 'saved'),
  }));
}

function latest(db: DatabaseSync, since: number): readonly LatestRequest[] {
  const rows = db
    .prepare(
      `SELECT c.*, d.decision, (SELECT count(*) FROM attempts a WHERE a.request_id = c.id) AS attempts
       FROM counted c JOIN details d ON d.request_id = c.id
       WHERE c.at >= ? AND d.decision IS NOT NULL ORDER BY at DESC, id LIMIT ${latestCount}`,
    )
    .all(since);
  return rows.map((row) => {
    const ended = row.ended as LatestRequest['end'] | null;
    const verdict = row.verdict as LatestRequest['verdict'] | null;
    return {
      id: String(row.id),
      at: Number(row.at),
      task: row.task as LatestRequest['task'],
      route: row.by_route as LatestRequest['route'],
      model: String(row.by_model),
      surface: String(row.surface ?? ''),
      end: ended ?? 'running',
      manual: row.manual === 1,
      attempts: Number(row.attempts),
      totalMs: row.finished_at === null ? 0 : Math.max(0, Number(row.finished_at) - Number(row.at)),
      ...(ended && row.priced === 1 && { paid: range(row, 'paid'), saved: range(row, 'saved') }),
      ...(verdict && { verdict }),
      reasons: (JSON.parse(String(row.decision)) as Decision).reasons,
    };
  });
}

function one(db: DatabaseSync, sql: string, ...values: number[]): Row {
  return db.prepare(sql).get(...values) as Row;
}

/** USD, from the whole nano-dollars that SQL added up. */
function range(row: Row, column: 'paid' | 'baseline' | 'saved'): MoneyRange {
  return { low: toUsd(Number(row[`${column}_low`])), high: toUsd(Number(row[`${column}_high`])) };
}
