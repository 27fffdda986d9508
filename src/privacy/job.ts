/** What is asked of the worker: plain data. */
export interface Job {
  readonly texts: readonly string[];
  /** The bytes of an attempt: looked at as they stand and, where they are JSON, string by string. */
  readonly body?: string;
  readonly paths: readonly string[];
  readonly globs: readonly string[];
  /** What secrets are named by: random, of this process alone. */
  readonly key: string;
  /** Gives the texts back with their secrets taken out. */
  readonly mask?: true;
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
  /** The texts as they may leave, where that was asked and nothing is left in them. */
  readonly masked?: readonly string[];
}

export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'found'; readonly id: number; readonly found: Found }
  | { readonly type: 'failed'; readonly id: number };
