import type { Task } from '../vocabulary/task.ts';
import type { Finding } from '../vocabulary/verdict.ts';
import type { CodePlace } from './code/codePlace.ts';
import type { CommitPlan } from './commit/commitPlan.ts';
import type { DocumentPlan } from './document/documentPlan.ts';
import type { TestsPlan } from './tests/testsPlan.ts';
import type { AskedDiagnostic } from './types/askTypes.ts';

/** A piece of what a model was given, or of the file around it. */
export interface Given {
  readonly text: string;
  readonly languageId?: string;
  /** Of its file, without folders. */
  readonly name?: string;
  /** 1-based line of its file that it begins at, where it is known. */
  readonly line?: number;
}

/** Text that is shown as it came. */
export interface TextPlan {
  readonly form: 'text';
  readonly task: Task;
  /** What the developer asked now, in their own words; the task's own question where they wrote none. */
  readonly asked: string;
  /** The pieces of code and text that went along. */
  readonly given: readonly Given[];
  /** The whole file around the code. */
  readonly file?: string;
  /** The turns before. */
  readonly earlier: readonly string[];
  /** The editor's language, in which a command without words of the developer's own is answered. */
  readonly locale?: string;
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
  /** What the editor complained of, where that is what is to be mended. */
  readonly diagnostics?: readonly AskedDiagnostic[];
}

/** What a verifier needs later: plain data that survives `structuredClone`. */
export type Plan = TextPlan | RelayedPlan | CodePlan | CommitPlan | DocumentPlan | TestsPlan;
