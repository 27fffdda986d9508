import { createHmac, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Turns what may not be kept in clear into a name that only this user's folder can recompute. */
export type KeyedHash = (kind: 'workspace' | 'conversation' | 'path' | 'text', text: string) => string;

const keyBytes = 32;

/**
 * HMAC-SHA-256 with the folder's own key, as 32 hexadecimal digits. The key (`hash.key`, 0600) is made by whoever
 * comes first; all others read that one. Throws as `node:fs` does.
 */
export function keyedHashIn(folder: string): KeyedHash {
  const key = readOrMakeKey(join(folder, 'hash.key'));
  return (kind, text) => createHmac('sha256', key).update(`${kind}\0${text}`).digest('hex').slice(0, 32);
}

function readOrMakeKey(file: string): Buffer {
  const found = readKey(file);
  if (found) return found;
  const own = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  writeFileSync(own, randomBytes(keyBytes), { mode: 0o600, flag: 'wx' });
  try {
    // A link is made whole or not at all, so nobody ever reads half a key.
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!readKey(file)) {
      rmSync(file);
      linkSync(own, file);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return readKey(file) ?? readFileSync(file);
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
