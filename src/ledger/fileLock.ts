import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isCorrupt } from './sqliteError.ts';

/**
 * Runs `body` while no other process runs one under the same lock file.
 *
 * The lock is SQLite's own on an empty database, so the system lets go of it when its holder dies and it can never be
 * stale; it needs no room on the disk. Waits at most `waitMs`, then throws as SQLite does when it is busy.
 */
export function withFileLock<T>(file: string, waitMs: number, body: () => T): T {
  const lock = take(file, waitMs);
  try {
    return body();
  } finally {
    lock.close();
  }
}

function take(file: string, waitMs: number): DatabaseSync {
  try {
    return begin(file, waitMs);
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    // Nothing is ever kept in it: what is no database here is somebody's accident.
    rmSync(file, { force: true });
    return begin(file, waitMs);
  }
}

function begin(file: string, waitMs: number): DatabaseSync {
  const lock = new DatabaseSync(file, { timeout: waitMs });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}
