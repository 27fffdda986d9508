import type { ModelId, Route, Tier } from './model.ts';
import type { Reason } from './reason.ts';
import type { Task } from './task.ts';

export interface Considered {
  readonly model: ModelId;
  readonly route: Route;
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
  /** Estimated tokens of the prompt. */
  readonly promptTokens: number;
  /** Names the rules and data that decided. */
  readonly policyVersion: string;
}
