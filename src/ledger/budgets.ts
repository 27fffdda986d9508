import type { DatabaseSync } from 'node:sqlite';
import type { BudgetPeriod } from '../vocabulary/budget.ts';
import type { Budget } from '../vocabulary/policy.ts';
import { type Nano, toNano, toUsd } from './account.ts';
import { localMidnight, localMonth } from './period.ts';
import { LedgerError } from './sqliteError.ts';

/** A budget of which four fifths are taken. */
export interface BudgetNear {
  readonly period: BudgetPeriod['period'];
  readonly usedUsd: number;
  readonly limitUsd: number;
}

/** The part of a limit from which on it is warned of. */
const nearPart = 0.8;

interface Taken {
  readonly period: BudgetPeriod['period'];
  readonly since: number;
  readonly limit: Nano;
  /** Reserved included. */
  readonly used: Nano;
}

/**
 * Takes room for one call, in the transaction of its caller: the budgets hold across windows and processes, since
 * the row of the call is written in the same one. Throws a `LedgerError` where there is no room.
 * @param bound the most that the call can cost
 * @returns the first limit that this call brings near, once for its day or month
 */
export function reserve(db: DatabaseSync, budget: Budget, bound: Nano, at: number): BudgetNear | undefined {
  const all = takenOf(db, budget, at);
  for (const { period, limit, used } of all)
    if (used + bound > limit)
      throw new LedgerError({
        code: 'noPermit',
        params: { reason: { code: 'budgetSpent', params: { period, limitUsd: toUsd(limit) } } },
      });
  const warned = db.prepare(
    'INSERT INTO budget_warnings (period, since) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  for (const { period, since, limit, used } of all)
    if (used + bound >= limit * nearPart && warned.run(period, since).changes > 0)
      return { period, usedUsd: toUsd(used + bound), limitUsd: toUsd(limit) };
  return undefined;
}

/** What each limit has left at a moment. */
export function budgetPeriods(db: DatabaseSync, budget: Budget, now: number): readonly BudgetPeriod[] {
  return takenOf(db, budget, now).map(({ period, since, limit, used }) => {
    const row = db
      .prepare(
        `SELECT coalesce(sum(paid), 0) AS reserved FROM attempts a
         WHERE route <> 'local' AND at >= ? AND ended IS NULL AND NOT EXISTS (
           SELECT 1 FROM requests r WHERE r.id = a.request_id AND r.ended IS NOT NULL)`,
      )
      .get(since);
    const reserved = Number(row?.reserved);
    return {
      period,
      since,
      limitUsd: toUsd(limit),
      spentUsd: toUsd(used - reserved),
      reservedUsd: toUsd(reserved),
      leftUsd: toUsd(Math.max(0, limit - used)),
    };
  });
}

/** A call counts for the day and the month in which it was begun; one that never came back counts whole. */
function takenOf(db: DatabaseSync, budget: Budget, at: number): readonly Taken[] {
  const sum = db.prepare(
    "SELECT coalesce(sum(paid), 0) AS used FROM attempts WHERE route <> 'local' AND at >= ?",
  );
  const taken = (period: BudgetPeriod['period'], since: number, usd: number | undefined): readonly Taken[] =>
    usd === undefined ? [] : [{ period, since, limit: toNano(usd), used: Number(sum.get(since)?.used) }];
  return [
    ...taken('day', localMidnight(at), budget.dayUsd),
    ...taken('month', localMonth(at), budget.monthUsd),
  ];
}
