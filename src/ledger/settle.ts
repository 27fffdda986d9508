import type { DatabaseSync } from 'node:sqlite';
import type { Owner } from './messages.ts';

/** A request that has run this long is taken for dead, whoever has it open. */
const longestMs = 24 * 3_600_000;

/** How an owner stands in its rows. */
export function ownerText(owner: Owner): string {
  return `${owner.host}/${owner.pid}/${owner.started}`;
}

/**
 * Closes the requests of processes that died in the middle of one: no answer, and paid as the attempts say, with the
 * upper bound where a call was sent and never came back. Returns how many there were. Throws as SQLite does.
 */
export function settleAbandoned(db: DatabaseSync, self: Owner, now: number): number {
  const open = db.prepare('SELECT id, at, owner FROM requests WHERE ended IS NULL').all();
  const dead = open.filter(
    (row) => now - Number(row.at) > longestMs || !isAlive(String(row.owner ?? ''), self),
  );
  if (dead.length === 0) return 0;
  const settle = db.prepare(
    `UPDATE requests SET
       ended = 'failed', failure = 'interrupted', finished_at = at,
       priced = (SELECT count(*) = count(paid) FROM attempts WHERE request_id = requests.id),
       paid_low = (SELECT coalesce(sum(paid), 0) FROM attempts WHERE request_id = requests.id),
       paid_high = (SELECT coalesce(sum(paid), 0) FROM attempts WHERE request_id = requests.id)
     WHERE id = ? AND ended IS NULL`,
  );
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const row of dead) settle.run(row.id as string);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
  return dead.length;
}

/** Of another machine nobody knows, so its process counts as alive; a process id may have been given out again. */
function isAlive(text: string, self: Owner): boolean {
  const [host, pid, started] = text.split('/');
  if (host !== self.host) return true;
  if (Number(pid) === self.pid) return Math.abs(Number(started) - self.started) <= 2;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
