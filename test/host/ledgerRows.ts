import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface RequestRow {
  readonly id: string;
  readonly task: string;
  /** `answered`, `failed` or `cancelled`; null while it runs. */
  readonly ended: string | null;
  readonly attempts: number;
  readonly attemptsEnded: number;
}

/** The requests of this host's own ledger, as they stand in the file. */
export function ledgerRows(): readonly RequestRow[] {
  const db = new DatabaseSync(join(process.env.MAIA_HOME ?? '', 'ledger.sqlite'), { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT r.id, r.task, r.ended, count(a.idx) AS attempts, count(a.ended) AS attempts_ended
         FROM requests r LEFT JOIN attempts a ON a.request_id = r.id GROUP BY r.id ORDER BY r.at`,
      )
      .all();
    return rows.map((row) => ({
      id: String(row.id),
      task: String(row.task),
      ended: row.ended === null ? null : String(row.ended),
      attempts: Number(row.attempts),
      attemptsEnded: Number(row.attempts_ended),
    }));
  } finally {
    db.close();
  }
}

export interface AttemptRow {
  readonly route: string;
  readonly model: string;
  /** `complete`, `length`, `failed`, `cancelled`; null while it runs. */
  readonly ended: string | null;
  readonly verdict: string | null;
  /** Codes of what its check found. */
  readonly findings: readonly string[];
  /** Billionths of a US dollar. */
  readonly paid: number;
}

/** The attempts of one request, or of this host's whole ledger, oldest first. */
export function attemptRows(requestId?: string): readonly AttemptRow[] {
  const db = new DatabaseSync(join(process.env.MAIA_HOME ?? '', 'ledger.sqlite'), { readOnly: true });
  try {
    const rows = db
      .prepare(
        `SELECT route, model, ended, verdict, findings, paid FROM attempts
         WHERE coalesce(?, request_id) = request_id ORDER BY at, idx`,
      )
      .all(requestId ?? null);
    return rows.map(({ route, model, ended, verdict, findings, paid }) => ({
      route: String(route),
      model: String(model),
      ended: ended === null ? null : String(ended),
      verdict: verdict === null ? null : String(verdict),
      findings: JSON.parse(String(findings ?? '[]')) as string[],
      paid: Number(paid),
    }));
  } finally {
    db.close();
  }
}
