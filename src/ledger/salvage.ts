import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** What of a damaged ledger a fresh one goes on from. */
export interface Salvage {
  /** Puts it into a fresh ledger. Throws as SQLite does. */
  restore(db: DatabaseSync): void;
}

type Row = Record<string, SQLOutputValue>;

/** Longer than any month that a budget counts. */
const paidMs = 32 * 86_400_000;

const markColumns = ['conversation', 'at'] as const;
const paidColumns = [
  'request_id',
  'idx',
  'provider',
  'model',
  'route',
  'boundary',
  'at',
  'paid',
  'ended',
] as const;

/**
 * Which conversations came from something protected, and what was paid lately, so that marks and budgets hold on:
 * as far as the file can still be read.
 */
export function salvage(file: string, now: number): Salvage {
  const marks = readable(file, 'SELECT conversation, at FROM marks');
  const paid = readable(
    file,
    `SELECT request_id, idx, provider, model, route, boundary, at, paid, coalesce(ended, 'failed') AS ended
     FROM attempts WHERE at >= ${now - paidMs} AND route <> 'local' AND paid > 0`,
  );
  return {
    restore(db) {
      put(db, 'marks', markColumns, marks);
      put(db, 'attempts', paidColumns, paid);
    },
  };
}

function readable(file: string, query: string): readonly Row[] {
  const rows: Row[] = [];
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    for (const row of db.prepare(query).iterate()) rows.push(row);
  } catch {
    // What could be read until here is all there is.
  } finally {
    db?.close();
  }
  return rows;
}

/** A row that damage has made impossible is left out. */
function put(db: DatabaseSync, table: string, columns: readonly string[], rows: readonly Row[]): void {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of rows)
    try {
      insert.run(...columns.map((column) => row[column] ?? null));
    } catch (error) {
      if (!isWrongType(error)) throw error;
    }
}

/** SQLITE_CONSTRAINT and SQLITE_MISMATCH (sqlite.org/rescode.html). */
function isWrongType(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' && [19, 20].includes(code & 0xff);
}
