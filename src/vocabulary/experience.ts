import type { QualityEstimate } from './decision.ts';
import type { ModelId } from './model.ts';
import type { Task } from './task.ts';

export const difficultyBands = ['easy', 'medium', 'hard'] as const;
export type DifficultyBand = (typeof difficultyBands)[number];

/** @param difficulty 0..1 */
export function bandOf(difficulty: number): DifficultyBand {
  return difficulty < 0.35 ? 'easy' : difficulty < 0.6 ? 'medium' : 'hard';
}

/** What moved an estimate: a check, or what the developer did with the answer. */
export type Teacher =
  | 'passed'
  | 'failed'
  | 'good'
  | 'notGood'
  | 'applied'
  | 'edited'
  | 'undone'
  | 'rejected'
  | 'askedClaude';

/** The same model under another digest, or on another host, is another one. */
export interface Learner {
  readonly model: ModelId;
  readonly digest?: string;
  readonly host?: string;
}

/** One lesson as the ledger keeps it. */
export interface Lesson extends Learner {
  readonly task: Task;
  readonly band: DifficultyBand;
  readonly teacher: Teacher;
  /** Epoch ms. */
  readonly at: number;
  /** Keyed hash of the workspace's folder: what one workspace can move is capped. */
  readonly workspace?: string;
  /** How many like it stand together, of about the same time; 1 where absent. */
  readonly count?: number;
}

/** All that was seen of one model for one task and band, after forgetting and caps. */
export interface Experience extends Learner {
  readonly task: Task;
  readonly band: DifficultyBand;
  /** Weights, >= 0. */
  readonly passed: number;
  readonly failed: number;
  /** Checks that this model passed at this task and band, counted whole. */
  readonly passedChecks: number;
}

/** What `/why` and the panel tell of a model at one task and band. */
export interface Learned extends Experience {
  /** With the prior; absent where the model is no longer there to ask for it. */
  readonly estimate?: QualityEstimate;
  /** 0..1, what the estimate's bound has to reach; absent with it. */
  readonly bar?: number;
}

/** A task at which a model has done so well that Maia proposes to keep it on this machine always. */
export interface Widening extends Learner {
  readonly task: Task;
  /** Checks passed, counted whole over all bands. */
  readonly passedChecks: number;
  /** 0..1, the part of the weights that is good. */
  readonly share: number;
}
