import type { CommitStyle } from './commitStyle.ts';

/** A commit message, checked against the change that it was written for. */
export interface CommitPlan {
  readonly form: 'commit';
  /** Absent where no change was there to be seen. */
  readonly change?: {
    /** Paths relative to the repository. */
    readonly paths: readonly string[];
    readonly diff: string;
    /** False where some of the change was too long to read: what is not found may be there. */
    readonly whole: boolean;
  };
  /** The developer's own words and the branch's name, which a message may take up. */
  readonly words: string;
  readonly style: CommitStyle;
  /** The message is shown in chat, as a block. */
  readonly fenced: boolean;
}
