import type { CheckerAnswer } from '../../../vocabulary/ports.ts';

/** What the worker is asked; it answers one question after the other. */
export interface Question {
  readonly ask: 'warm' | 'diagnose';
  /** Absolute. */
  readonly path: string;
  readonly languageId: string;
  readonly before?: string;
  /** Absent where the project is only made ready. */
  readonly after?: string;
  readonly folder: string;
  /** Unsaved texts of other files that are open. */
  readonly open: readonly { readonly path: string; readonly text: string }[];
}

export type FromWorker =
  /** A process that the compiler runs in: it is ended with the worker. */
  | { readonly type: 'process'; readonly pid: number }
  | { readonly type: 'answer'; readonly answer: CheckerAnswer };
