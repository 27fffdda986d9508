import type { Task } from '../../src/vocabulary/task.ts';

/** One command on one function of somebody else's code. */
export interface Try {
  readonly nth: number;
  readonly task: Extract<Task, 'document' | 'tests' | 'explain' | 'edit' | 'fix' | 'refactor'>;
  readonly language: string;
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  /** The file's text before. */
  readonly text: string;
  /** Where the cursor stands: an offset into the text. */
  readonly at: number;
  readonly name: string;
  /** A right answer, which the server gives in place of the model's own. */
  readonly fed?: string;
}

/**
 * How a try ended: `refused` has no text to apply; `unchecked` was offered, marked so, and not accepted; `notApplied`
 * was accepted, and the file is as it was.
 */
export type Ended = 'applied' | 'notApplied' | 'refused' | 'unchecked' | 'read' | 'stuck';

/** What the window reports of a try. */
export interface Tried {
  readonly nth: number;
  readonly ended: Ended;
  readonly ms: number;
  /** Of the file that was changed or made, relative to the workspace, where something was applied. */
  readonly path?: string;
  /** Its text before; absent for a new file. */
  readonly before?: string;
  readonly after?: string;
  /** What Maia said of it in a message, the last one. */
  readonly said?: string;
  /** Files that are not what they were though nothing was accepted, or beside what was. */
  readonly touched: readonly string[];
}

/** A try as it is kept: with what an independent tool says of it. */
export interface Kept extends Omit<Tried, 'before' | 'after'> {
  readonly task: Try['task'];
  readonly language: string;
  readonly file: string;
  readonly name: string;
  readonly fed: boolean;
  /** Why what was applied is broken; absent where it is not. */
  readonly broken?: string;
}
