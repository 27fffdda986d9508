import type { MoneyRange } from './attempt.ts';
import type { Classification } from './decision.ts';
import type { Experience } from './experience.ts';
import type { Candidate, ModelId } from './model.ts';
import type { Policy } from './policy.ts';
import type { Reason } from './reason.ts';
import type { DeveloperWord } from './request.ts';
import type { Task } from './task.ts';

/** The settings that a decision is made of, and no others: the ledger keeps them with it. */
export interface DecidingPolicy
  extends Pick<Policy, 'mode' | 'offline' | 'dial' | 'tasks' | 'models' | 'patience' | 'budget'> {
  readonly claude: Pick<Policy['claude'], 'cheapTier'>;
  readonly ollama: Pick<Policy['ollama'], 'host'>;
  readonly privacy: Pick<Policy['privacy'], 'trustedHosts'>;
}

/** Everything that the choice of a model depends on: the same input gives the same decision. */
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
  readonly policy: DecidingPolicy;
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
  /** What an answer of usual length would cost by each candidate that has a price per token, in USD. */
  readonly costs?: readonly { readonly model: ModelId; readonly usd: MoneyRange }[];
  /** Set while a budget leaves no room for another paid request; of `models` alone where they are named. */
  readonly budgetSpent?: {
    readonly period: 'day' | 'month';
    readonly limitUsd: number;
    readonly models?: readonly ModelId[];
  };
}
