/** What is asked of the worker: plain data. */
export interface Job {
  readonly texts: readonly string[];
  /** The bytes of an attempt: looked at as they stand and, where they are JSON, string by string. */
  readonly body?: string;
  readonly paths: readonly string[];
  readonly globs: readonly string[];
}

/** What it found: kinds of secrets and the patterns that held, never a secret or a path. */
export interface Found {
  readonly kinds: readonly string[];
  readonly patterns: readonly string[];
  readonly badGlobs: readonly string[];
}

export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'found'; readonly id: number; readonly found: Found }
  | { readonly type: 'failed'; readonly id: number };
