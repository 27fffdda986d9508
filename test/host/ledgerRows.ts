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
  readonly model: string;
  readonly verdict: string | null;
  readonly findings: readonly string[];
}

/** The attempts of this host's own ledger, oldest first. */
export function attemptRows(): readonly AttemptRow[] {
  const db = new DatabaseSync(join(process.env.MAIA_HOME ?? '', 'ledger.sqlite'), { readOnly: true });
  try {
    const rows = db.prepare('SELECT model, verdict, findings FROM attempts ORDER BY at, idx').all();
    return rows.map((row) => ({
      model: String(row.model),
      verdict: row.verdict === null ? null : String(row.verdict),
      findings: row.findings === null ? [] : JSON.parse(String(row.findings)),
    }));
  } finally {
    db.close();
  }
}
