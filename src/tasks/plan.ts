import type { Task } from '../vocabulary/task.ts';
import type { Finding } from '../vocabulary/verdict.ts';
import type { CodePlace } from './code/codePlace.ts';
import type { DocumentPlan } from './document/documentPlan.ts';
import type { TestsPlan } from './tests/testsPlan.ts';

/** Text that is shown as it came. */
export interface TextPlan {
  readonly form: 'text';
  /** Why nothing of the answer is checked as code, where code was asked for. */
  readonly unchecked?: Finding;
}

/** A caller's own conversation (Maia Auto, Claude Code): its answer is the caller's to judge. */
export interface RelayedPlan {
  readonly form: 'relayed';
}

/** Code to show, and to put in place of a piece of the target where there is one. */
export interface CodePlan {
  readonly form: 'code';
  readonly languageId?: string;
  readonly task: Task;
  /** The developer's own words, which may ask for another name. */
  readonly asked: string;
  readonly replace?: CodePlace;
}

export interface CommitPlan {
  readonly form: 'commit';
}

/** What a verifier needs later: plain data that survives `structuredClone`. */
export type Plan = TextPlan | RelayedPlan | CodePlan | CommitPlan | DocumentPlan | TestsPlan;
