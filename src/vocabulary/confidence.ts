import type { ModelId } from './model.ts';
import type { Task } from './task.ts';

/**
 * How sure a model was of the answer that it gave: log-probabilities of the tokens that it chose, natural, <= 0.
 * They move a request up at most, and never turn what was not checked into what passed.
 */
export interface Confidence {
  /** How many tokens were measured, >= 1. */
  readonly tokens: number;
  readonly mean: number;
  readonly min: number;
  /** The mean of the first 40; absent where there are fewer. */
  readonly opening?: number;
  /** The identifier that was the least likely as a whole; absent where the answer sets none in code. */
  readonly weakest?: WeakestName;
}

export interface WeakestName {
  /** The sum over the identifier's tokens. */
  readonly logprob: number;
  /** Its first token's 0-based place in the answer. */
  readonly token: number;
  /** For showing only: it never reaches the ledger. */
  readonly name?: string;
}

/** An answer of a model on this machine, how sure the model was, and what came of it. */
export interface ConfidenceOutcome {
  readonly model: ModelId;
  readonly digest: string;
  readonly task: Task;
  readonly mean: number;
  readonly min: number;
  readonly opening?: number;
  /** Of the weakest identifier. */
  readonly weakest?: number;
  /** By a check, or by what the developer did with it. */
  readonly good: boolean;
}
