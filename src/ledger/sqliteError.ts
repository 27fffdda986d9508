import type { Failure } from '../vocabulary/failure.ts';

/** A refusal of the ledger as a value that `src/phrases/` can put into words. */
export class LedgerError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'LedgerError';
    this.failure = failure;
  }
}

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const primary = {
  permission: 3,
  busy: 5,
  locked: 6,
  noMemory: 7,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const passing: ReadonlySet<number> = new Set([
  primary.permission,
  primary.busy,
  primary.locked,
  primary.noMemory,
  primary.readOnly,
  primary.inputOutput,
  primary.full,
  primary.cannotOpen,
]);

function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** The file itself is damaged, rather than the disk full or another process in the way. */
export function isCorrupt(error: unknown): boolean {
  const code = resultCode(error);
  return code === primary.corrupt || code === primary.notADatabase;
}

/** Might go away by itself: no room, no access, or somebody in the way. The same write may work later. */
export function isPassing(error: unknown): boolean {
  const code = resultCode(error);
  if (code !== undefined) return passing.has(code);
  return typeof (error as { errno?: unknown } | undefined)?.errno === 'number';
}

/** A failure that names no path: SQLite's own words for its code, or the system's code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof LedgerError) return error.failure;
  const code = resultCode(error);
  if (code === primary.full) return unavailable('the disk is full');
  if (code === primary.busy || code === primary.locked) return unavailable('another process holds it');
  const { errstr, code: system } = error as { errstr?: unknown; code?: unknown };
  if (typeof errstr === 'string') return unavailable(errstr);
  if (system === 'ENOSPC') return unavailable('the disk is full');
  return unavailable(typeof system === 'string' ? system : 'unexpected error');
}

export function unavailable(detail: string): Failure {
  return { code: 'ledgerUnavailable', params: { detail } };
}
