import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MoneyRange } from '../../src/vocabulary/attempt.ts';

/** Sums of a ledger, added up here by hand from its attempts and requests and not by its own view. */
export interface LedgerTotals {
  readonly requests: number;
  readonly answered: number;
  readonly local: number;
  /** USD. */
  readonly paid: MoneyRange;
  readonly saved: MoneyRange;
}

export function ledgerTotals(home: string): LedgerTotals {
  const db = new DatabaseSync(join(home, 'ledger.sqlite'), { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT ended, answer_route, baseline_low, baseline_high, paid_low, paid_high
         FROM requests WHERE ended IS NOT NULL`,
      )
      .all();
    const totals = { requests: rows.length, answered: 0, local: 0 };
    const paid = { low: 0, high: 0 };
    const saved = { low: 0, high: 0 };
    for (const row of rows) {
      const nano = (column: string) => Number(row[column]);
      const answered = row.ended === 'answered';
      if (answered) totals.answered += 1;
      if (answered && row.answer_route === 'local') totals.local += 1;
      paid.low += nano('paid_low');
      paid.high += nano('paid_high');
      saved.low += (answered ? nano('baseline_low') : 0) - nano('paid_high');
      saved.high += (answered ? nano('baseline_high') : 0) - nano('paid_low');
    }
    const usd = ({ low, high }: MoneyRange): MoneyRange => ({ low: low / 1e9, high: high / 1e9 });
    return { ...totals, paid: usd(paid), saved: usd(saved) };
  } finally {
    db.close();
  }
}
