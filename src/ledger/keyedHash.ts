import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFileLock } from './fileLock.ts';

/** Turns what may not be kept in clear into a name that only this user's folder can recompute. */
export type KeyedHash = (kind: 'workspace' | 'conversation' | 'path' | 'text', text: string) => string;

const keyBytes = 32;
const lockMs = 2_000;

/**
 * HMAC-SHA-256 with the folder's own key, as 32 hexadecimal digits. The key (`hash.key`, 0600) is made by whoever
 * comes first; all others read that one. Throws as `node:fs` and SQLite do.
 */
export function keyedHashIn(folder: string): KeyedHash {
  const key = readOrMakeKey(join(folder, 'hash.key'));
  return (kind, text) => createHmac('sha256', key).update(`${kind}\0${text}`).digest('hex').slice(0, 32);
}

function readOrMakeKey(file: string): Buffer {
  const found = readKey(file);
  if (found) return found;
  return withFileLock(`${file}.lock`, lockMs, () => {
    const others = readKey(file);
    if (others) return others;
    const key = randomBytes(keyBytes);
    const half = `${file}.new`;
    try {
      writeFileSync(half, key, { mode: 0o600 });
      // Whole or not at all: nobody ever reads half a key.
      renameSync(half, file);
    } finally {
      rmSync(half, { force: true });
    }
    return key;
  });
}

function readKey(file: string): Buffer | undefined {
  try {
    const key = readFileSync(file);
    return key.length === keyBytes ? key : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
