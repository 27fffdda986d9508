import type { KeyedHash } from './keyedHash.ts';

/** A workspace as the ledger knows it: the folder's own name, and a hash that tells two of that name apart. */
export interface WorkspaceName {
  readonly name: string;
  readonly hash: string;
}

/** From an absolute path, POSIX or Windows. */
export function workspaceOf(folder: string, hash: KeyedHash): WorkspaceName {
  const path = folder.replace(/[\\/]+$/, '').replace(/^[a-z]:/, (drive) => drive.toUpperCase());
  return { name: path.split(/[\\/]/).at(-1) ?? '', hash: hash('workspace', path) };
}
