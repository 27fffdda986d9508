import type { DatabaseSync } from 'node:sqlite';
import type { EgressRow } from '../vocabulary/egress.ts';

const mostRows = 10_000;

/** The egress record since a time in epoch ms, the newest first. */
export function leftSince(db: DatabaseSync, since: number): readonly EgressRow[] {
  const rows = db
    .prepare(
      `SELECT request_id, at, host, model, bytes, allowed_because FROM egress
       WHERE at >= ? ORDER BY at DESC, request_id, bytes LIMIT ${mostRows}`,
    )
    .all(since);
  return rows.map((row) => ({
    requestId: String(row.request_id),
    at: Number(row.at),
    host: String(row.host),
    model: String(row.model),
    bytes: Number(row.bytes),
    allowedBecause: String(row.allowed_because),
  }));
}
