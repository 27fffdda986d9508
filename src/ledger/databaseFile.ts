import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { withFileLock } from './fileLock.ts';
import { salvage } from './salvage.ts';
import { knownSchema, migrate, schemaOf } from './schema.ts';
import { isCorrupt } from './sqliteError.ts';

export interface OpenOptions {
  readonly file: string;
  /** How long SQLite waits for another process, ms. */
  readonly busyMs: number;
  /** Upper limit of the file in pages of 4,096 bytes; absent = SQLite's own. */
  readonly maxPages?: number;
  /** Called with the name that a corrupt file was given. */
  readonly setAside: (name: string) => void;
}

export interface OpenDatabase {
  readonly db: DatabaseSync;
  /** Schema version found, when a newer Maia wrote the file; it is open for reading only. */
  readonly newer?: number;
  /** False once another process has set the file aside and begun a fresh one. */
  readonly isCurrent: () => boolean;
}

/**
 * Opens the ledger, makes or migrates it, and sets a corrupt one aside. All of it happens under a lock that holds
 * across processes, so that two of them never set aside each other's fresh file. Throws as SQLite and `node:fs` do.
 */
export function openDatabase(options: OpenOptions): OpenDatabase {
  mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 });
  return underLock(options, () => {
    try {
      return openNow(options);
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      return startAfresh(options);
    }
  });
}

/**
 * For a file in which a statement has found damage while it was open: looks at it again under the lock, because
 * another process may have set it aside already. The caller has closed its own connection.
 */
export function reopenDamaged(options: OpenOptions): OpenDatabase {
  return underLock(options, () => {
    let opened: OpenDatabase | undefined;
    try {
      opened = openNow(options);
      if (opened.newer !== undefined || isSound(opened.db)) return opened;
    } catch (error) {
      if (!isCorrupt(error)) throw error;
    }
    opened?.db.close();
    return startAfresh(options);
  });
}

/** SQLite's own look at the whole file. */
export function isSound(db: DatabaseSync): boolean {
  try {
    const row = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
    return row.quick_check === 'ok';
  } catch (error) {
    if (isCorrupt(error)) return false;
    throw error;
  }
}

function underLock<T>(options: OpenOptions, body: () => T): T {
  return withFileLock(`${options.file}.lock`, options.busyMs * 2, body);
}

function openNow(options: OpenOptions): OpenDatabase {
  const { file } = options;
  makePrivate(file);
  const identity = identityOf(file);
  const isCurrent = (): boolean => identityOf(file) === identity;
  const db = new DatabaseSync(file, { timeout: options.busyMs });
  try {
    const found = schemaOf(db);
    if (found > knownSchema) {
      db.exec('PRAGMA query_only = ON');
      return { db, newer: found, isCurrent };
    }
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF');
    if (options.maxPages) db.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    migrate(db);
    // Reads the whole schema, so that damage there shows now.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    db.prepare('SELECT id FROM counted ORDER BY at DESC LIMIT 1').get();
    return { db, isCurrent };
  } catch (error) {
    db.close();
    throw error;
  }
}

function startAfresh(options: OpenOptions): OpenDatabase {
  const saved = salvage(options.file, Date.now());
  const kept = setFileAside(options.file);
  const opened = openNow(options);
  saved.restore(opened.db);
  options.setAside(kept);
  return opened;
}

/**
 * Renames the file and its side files. The write-ahead log goes first: a fresh database beside an old log would be
 * filled from it. A process that still has the old file open sees that it was moved (SQLite then leaves the new log
 * alone when it closes).
 */
function setFileAside(file: string): string {
  const aside = freeName(file);
  for (const side of ['-wal', '-shm']) if (existsSync(file + side)) renameSync(file + side, aside + side);
  renameSync(file, aside);
  rmSync(`${aside}-shm`, { force: true });
  return basename(aside);
}

function freeName(file: string): string {
  const stem = basename(file, '.sqlite');
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  for (let count = 1; ; count++) {
    const name = `${stem}.corrupt-${time}${count === 1 ? '' : `-${count}`}.sqlite`;
    if (!existsSync(join(dirname(file), name))) return join(dirname(file), name);
  }
}

/**
 * SQLite gives its side files the mode of the main one. A file that is there is never opened here: closing it again
 * would drop the locks that this process holds on it.
 */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    chmodSync(file, 0o600);
  }
}

function identityOf(file: string): string | undefined {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}
