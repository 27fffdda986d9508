/** What rooms need from outside; `src/platform/` has each twice, with an editor and without. */

export interface Clock {
  /** Epoch milliseconds; may jump. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface FileStat {
  readonly bytes: number;
  readonly readOnly: boolean;
}

/** The project's files, unsaved edits of open documents included. Paths are absolute. */
export interface ProjectFiles {
  /** Absolute paths of the folders that the developer works in, where they lie on this machine's disk. */
  folders(): readonly string[];
  /** Undefined where there is no such file, or it is binary or larger than `limitBytes` (default 1 MiB). */
  read(path: string, signal: AbortSignal, limitBytes?: number): Promise<string | undefined>;
  stat(path: string, signal: AbortSignal): Promise<FileStat | undefined>;
  /** Names in a folder, folders with a trailing slash; empty where there is none. */
  list(folder: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Paths that match a glob relative to `folder`, at most `limit`; `node_modules` and what git ignores left out. */
  find(folder: string, glob: string, limit: number, signal: AbortSignal): Promise<readonly string[]>;
}

/** Other people's diagnostics about a text. */
export interface Checker {
  /** Undefined where nobody can be asked. */
  diagnose(
    text: { readonly path: string; readonly languageId: string; readonly content: string },
    signal: AbortSignal,
  ): Promise<
    | readonly { readonly line: number; readonly message: string; readonly severity: 'error' | 'warning' }[]
    | undefined
  >;
}

/** Runs the project's own test command; only where the user allows it. */
export interface Runner {
  run(
    command: { readonly argv: readonly string[]; readonly cwd: string },
    signal: AbortSignal,
  ): Promise<{ readonly exitCode: number; readonly output: string } | undefined>;
}

/** Never gets a prompt, an answer, a path in clear or a key. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}
