import type { Classification, Decision } from '../vocabulary/decision.ts';
import type { Experience } from '../vocabulary/experience.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Candidate, Model, ModelId } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { DeveloperWord, SurfaceName } from '../vocabulary/request.ts';
import type { Task } from '../vocabulary/task.ts';
import { classify } from './classify.ts';
import { decide } from './decide.ts';
import { readWord } from './readWord.ts';

/** What the classifier sees: text and sizes, nothing that needs I/O. */
export interface ClassifierInput {
  /** What was typed, without pasted files and references. */
  readonly text: string;
  readonly surface: SurfaceName;
  /** Set when a command names the task. */
  readonly task?: Task;
  readonly languageId?: string;
  /** Characters of selection and references together. */
  readonly contextCharacters: number;
  readonly contextItems: number;
  /** The task of the conversation's last turn. */
  readonly lastTask?: Task;
}

export interface DecisionInput {
  readonly requestId: string;
  readonly classification: Classification;
  readonly word?: DeveloperWord;
  /** What the answer needs. `promptTokens` is an upper estimate, `outputTokens` the room to leave for the answer. */
  readonly needs: {
    readonly tools: boolean;
    readonly images: boolean;
    readonly promptTokens: number;
    readonly outputTokens: number;
  };
  readonly protection: { readonly protected: boolean; readonly reasons: readonly Reason[] };
  readonly candidates: readonly Candidate[];
  readonly policy: Policy;
  /**
   * The model that this conversation was with, and for which task; `inLoop` while it works with tools, `stuck` when
   * that makes no progress. `warmTokens` of its prompt are in Claude's cache.
   */
  readonly sticky?: {
    readonly model: ModelId;
    readonly task: Task;
    readonly inLoop?: boolean;
    readonly stuck?: boolean;
    readonly warmTokens?: number;
  };
  /** What was seen on this machine of the candidates, for this task in every band; none where nothing was. */
  readonly experience?: readonly Experience[];
  /** What an answer of usual length would cost by each candidate, in USD. */
  readonly costs?: readonly {
    readonly model: ModelId;
    readonly usd: { readonly low: number; readonly high: number };
  }[];
  /** Set while a budget leaves no room for another paid request. */
  readonly budgetSpent?: { readonly period: 'day' | 'month'; readonly limitUsd: number };
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
