import type { Failure } from './failure.ts';
import type { ModelId, Route, Tier } from './model.ts';
import type { Reason } from './reason.ts';
import type { Task } from './task.ts';

/** How good a model's answer to this task at this difficulty will be. */
export interface QualityEstimate {
  /** 0..1, from the catalogue of models or, for a model it does not know, from its size. */
  readonly prior: number;
  /** Whether the catalogue knows the model's family. */
  readonly known: boolean;
  /** Weights of what was seen on this machine, after forgetting. */
  readonly passed: number;
  readonly failed: number;
  /** 0..1, of prior and evidence together. */
  readonly mean: number;
  /** 0..1, the lower bound that decides. */
  readonly bound: number;
}

/** Milliseconds. */
export interface TimeEstimate {
  /** Until a model that is not loaded, or is busy, begins. */
  readonly waitMs: number;
  readonly firstTokenMs: number;
  /** Until the user has something: the first token of what streams, the checked answer of what is held. */
  readonly usefulMs: number;
  /** Whether this machine's own figures were used. */
  readonly measured: boolean;
}

export interface Considered {
  readonly model: ModelId;
  readonly route: Route;
  /** Set for Claude. */
  readonly tier?: Tier;
  readonly quality?: QualityEstimate;
  readonly time?: TimeEstimate;
  /** What an answer of usual length would cost, in USD; absent where there is no price. */
  readonly usd?: { readonly low: number; readonly high: number };
  /** The rule that removed it; absent for one that was left. */
  readonly removedBy?: Reason;
}

/** Which task a request is, before any model is looked at. */
export interface Classification {
  /** The harder one where a prompt holds two. */
  readonly task: Task;
  /** 0..1 for each task that is possible at all, adding up to 1. */
  readonly tasks: Readonly<Partial<Record<Task, number>>>;
  /** 0 (routine) .. 1 (hard). */
  readonly difficulty: number;
  /** 0..1, how sure the classifier is of `task`. */
  readonly confidence: number;
  readonly reasons: readonly Reason[];
}

/** Serialisable and replayable: what `/why` shows. */
export interface Decision {
  readonly requestId: string;
  readonly classification: Classification;
  readonly route: Route;
  readonly model: ModelId;
  readonly tier?: Tier;
  /** 0..1. */
  readonly confidence: number;
  /** The developer chose route or model; counted apart. */
  readonly manual: boolean;
  /** Something in the request may not leave the machine. */
  readonly protected: boolean;
  /** In order of weight. */
  readonly reasons: readonly Reason[];
  /** What to try after `model`, in order; every entry passed what must hold. */
  readonly chain: readonly ModelId[];
  readonly considered: readonly Considered[];
  /** 0..1, what a local model's lower bound had to reach; absent where nobody asked. */
  readonly bar?: number;
  /** Estimated tokens of the prompt. */
  readonly promptTokens: number;
  /** Names the rules and data that decided. */
  readonly policyVersion: string;
}

/** A request that nobody may take: what `/why` shows in place of a decision. */
export interface Undecided {
  readonly requestId: string;
  readonly classification: Classification;
  readonly failure: Failure;
  readonly considered: readonly Considered[];
  readonly promptTokens: number;
  readonly policyVersion: string;
}

/** A decision that was made again from what the ledger holds of it. */
export type Replay =
  | {
      readonly kind: 'same' | 'different';
      readonly recorded: Decision | Undecided;
      readonly again: Decision | Undecided;
    }
  /** The ledger does not hold, or no longer, what the decision was made of. */
  | { readonly kind: 'notKept' };
