import type { LeftOut } from './protectedLines.ts';

/** What is asked of the worker: plain data. */
export interface Job {
  readonly texts: readonly string[];
  /** The bytes of an attempt: looked at as they stand and, where they are JSON, string by string. */
  readonly body?: string;
  readonly paths: readonly string[];
  readonly globs: readonly string[];
  /** What secrets are named by: random, of this process alone. */
  readonly key: string;
  /** Looks in the texts for lines of protected files. */
  readonly lines?: LinesJob;
  /** Names the protected files below this folder, an absolute path; nothing else is then looked at. */
  readonly filesIn?: string;
  /** Gives the texts back with their secrets taken out. */
  readonly mask?: true;
}

/** Where protected files are looked for, and within which bounds. */
export interface LinesJob {
  /** Absolute paths. */
  readonly folders: readonly string[];
  /** The most that is read of protected files. */
  readonly megabytes: number;
  /** The longest wait for folders to be looked through, ms. */
  readonly waitMs: number;
  /** The longest wait after that for protected files that were found and not read yet, ms. */
  readonly readMs: number;
}

/** One secret that was found; the same secret has the same id within one process. */
export interface FoundSecret {
  /** The rule that held: `github`, `password`, … */
  readonly kind: string;
  /** A keyed hash. */
  readonly id: string;
}

/** What it found: kinds of secrets and the patterns that held, never a secret or a path. */
export interface Found {
  readonly secrets: readonly FoundSecret[];
  readonly patterns: readonly string[];
  readonly badGlobs: readonly string[];
  /** Patterns of protected files whose lines stand in the texts. */
  readonly lines?: readonly string[];
  /** Protected files were found that could not be read in time. */
  readonly unindexed?: true;
  /** What of the protected files is not looked for; counts of files. */
  readonly leftOut?: LeftOut;
  /** Absolute paths of protected files, where they were asked for and all of the folder was seen. */
  readonly files?: readonly string[];
  /** The texts as they may leave, where that was asked and nothing is left in them. */
  readonly masked?: readonly string[];
}

export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'found'; readonly id: number; readonly found: Found }
  | { readonly type: 'failed'; readonly id: number };
