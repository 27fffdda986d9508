import type { FindingCodes } from './verdict.ts';

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

export interface Diagnostic {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
  /** The checker's own number or name: `2322`. */
  readonly code?: string;
  /** Of another file than the one that is changed, relative to the folder with forward slashes; its line says nothing then. */
  readonly path?: string;
}

/** A change of one file that nobody has applied. */
export interface ProposedText {
  /** Absolute; the file need not exist. */
  readonly path: string;
  readonly languageId: string;
  /** The text that is there now; absent for a new file. */
  readonly before?: string;
  readonly after: string;
  /** Absolute path of the workspace folder around it. */
  readonly folder?: string;
  /** Texts of other files that it goes with, saved or not; paths are absolute. */
  readonly beside?: readonly { readonly path: string; readonly text: string }[];
}

export type CheckerAnswer =
  /** Errors of the file itself and of those that use it. */
  | { readonly asked: true; readonly before: readonly Diagnostic[]; readonly after: readonly Diagnostic[] }
  | { readonly asked: false; readonly why: FindingCodes['typesNotAsked']['why'] };

/** The language's own checker, asked about a text that is not applied; it has first reported a planted error. */
export interface Checker {
  supports(languageId: string): boolean;
  /** Makes ready for a question about this file, beside whatever else goes on; nobody waits for it. */
  warm(file: Omit<ProposedText, 'after'>): void;
  diagnose(change: ProposedText, signal: AbortSignal): Promise<CheckerAnswer>;
  /** Ends what it runs; whatever is asked after that is not asked. */
  dispose(): Promise<void>;
}

/** A command of the project, which runs with files laid over the project for this run alone. */
export interface RunCommand {
  /** The first one is looked for on the user's `PATH`, or is an absolute path. */
  readonly argv: readonly string[];
  /** Absolute, in the folder. */
  readonly cwd: string;
  /** Absolute path of the workspace folder, which is all of the user's files that the command sees. */
  readonly folder: string;
  /** Absolute paths inside the folder; nothing is written to the folder itself. */
  readonly overlay: readonly { readonly path: string; readonly text: string }[];
  /** Names and values beside the allow-list's; `HOME` and `TMPDIR` are scratch in a sandbox. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunLimits {
  readonly timeMs: number;
  readonly outputBytes: number;
  readonly memoryBytes: number;
  readonly processes: number;
}

export type RunAnswer =
  /**
   * It ended by itself: 127 where there is no such program, 128 and more by a signal. `output` is both of its streams in
   * the order of arrival, with no colours asked for; bytes that are no UTF-8 are replaced.
   */
  | { readonly ran: true; readonly exitCode: number; readonly output: string; readonly ms: number }
  /** It was ended, with every process that it had begun. */
  | {
      readonly ran: true;
      readonly stoppedBy: 'time' | 'output' | 'memory' | 'processes';
      readonly output: string;
      readonly ms: number;
    }
  | { readonly ran: false; readonly why: FindingCodes['testsNotRun']['why'] };

/**
 * Runs the project's own test command; only where the user allows it, and only in a sandbox until the developer has
 * seen the test. Whatever comes of it, no process of it is left once `run` has resolved.
 */
export interface Runner {
  /**
   * Asks the developer, once for a workspace, whether commands like this one may run there; does not wait for the
   * answer longer than the signal lasts. Where the setting is off nobody is asked.
   */
  allow(command: Pick<RunCommand, 'argv' | 'folder'>, signal: AbortSignal): Promise<boolean>;
  /**
   * Does not run without the developer's word: `notAsked` or `declined`, where they neither allowed it nor have seen it.
   * In a sandbox nothing that the command writes stays, and what the user protects reads as empty. Throws the signal's
   * reason once its processes are gone.
   *
   * @param seen the developer has read what the overlay holds and asks for the run: it may run without a sandbox
   */
  run(command: RunCommand, limits: RunLimits, seen: boolean, signal: AbortSignal): Promise<RunAnswer>;
}

/** Never gets a prompt, an answer, a path in clear or a key. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}
