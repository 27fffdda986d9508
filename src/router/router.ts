import type { Classification, Decision } from '../vocabulary/decision.ts';
import type { DecisionInput } from '../vocabulary/decisionInput.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { DeveloperWord, SurfaceName } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import { classify } from './classify.ts';
import { decide } from './decide.ts';
import { readWord } from './readWord.ts';
import type { SelectionKind } from './surroundings.ts';

export type { DecisionInput };

/** What the classifier sees: text and sizes, nothing that needs I/O. */
export interface ClassifierInput {
  /** What was typed, without pasted files and references. */
  readonly text: string;
  readonly surface: SurfaceName;
  /** Set when a command names the task. */
  readonly task?: Task;
  readonly languageId?: string;
  /** How much of the file is selected. */
  readonly selection?: SelectionKind;
  /** Errors and warnings in what goes along. */
  readonly diagnostics?: number;
  /** Characters of selection and references together. */
  readonly contextCharacters: number;
  readonly contextItems: number;
  /** The task of the conversation's last turn. */
  readonly lastTask?: Task;
}

export type DecisionResult =
  | { readonly ok: true; readonly decision: Decision }
  | { readonly ok: false; readonly failure: Failure; readonly considered: Decision['considered'] };

/** Pure functions: data in, decision out. */
export interface Router {
  classify(input: ClassifierInput): Classification;
  /** What the developer says in prose about model or route ("use CodeLlama to …", "ask Claude"); undefined where nothing. */
  readWord(
    text: string,
    installed: readonly Model[],
  ): { readonly word: DeveloperWord; readonly reasons: readonly Reason[] } | undefined;
  decide(input: DecisionInput): DecisionResult;
}

export function createRouter(): Router {
  return { classify, readWord, decide };
}
