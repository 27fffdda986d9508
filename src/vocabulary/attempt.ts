import type { Confidence } from './confidence.ts';
import type { Decision } from './decision.ts';
import type { Failure } from './failure.ts';
import type { Boundary, ModelId, Route, Tier } from './model.ts';
import type { Price } from './price.ts';
import type { Proposal } from './proposal.ts';
import type { Reason } from './reason.ts';
import type { SecretOffer } from './secretOffer.ts';
import type { Verdict } from './verdict.ts';

/** Tokens as the provider reported them. */
export interface Usage {
  /** Without the cached ones. */
  readonly inputTokens: number;
  /** Thinking included. */
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  /** Written to the 5-minute cache. */
  readonly cacheWriteTokens: number;
  /** Written to the 1-hour cache. */
  readonly cacheWrite1hTokens: number;
}

/** Bounds for a call whose provider reported nothing (a cut stream). */
export interface UsageBounds {
  readonly lower: Usage;
  readonly upper: Usage;
}

/** `length`: the answer hit a limit of tokens and may be cut. */
export type AttemptEnd = 'complete' | 'length' | 'toolCalls' | 'refused' | 'failed' | 'cancelled';

/** One call of one model. */
export interface Attempt {
  /** 0-based place in its request. */
  readonly index: number;
  readonly model: ModelId;
  readonly route: Route;
  readonly boundary: Boundary;
  readonly tier?: Tier;
  /** Tells a model from a later one of the same name, where its provider names one. */
  readonly digest?: string;
  /** Host and port that answered, without a scheme. */
  readonly host?: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Milliseconds from the request to the first token; absent when none came. */
  readonly firstTokenMs?: number;
  readonly totalMs: number;
  /** Milliseconds that the provider spent loading, where it told. */
  readonly loadMs?: number;
  /** Milliseconds that the provider spent generating, where it told. */
  readonly generateMs?: number;
  /** Milliseconds that the provider spent reading the prompt, where it told. */
  readonly promptMs?: number;
  /** Tokens of the prompt that it read then: all but what it still had from the prompt before. */
  readonly promptTokensRead?: number;
  readonly usage?: Usage;
  /** Set where `usage` is missing or not final. */
  readonly bounds?: UsageBounds;
  readonly end: AttemptEnd;
  readonly failure?: Failure;
  readonly verdict?: Verdict;
  /** Where the provider told how likely each token was. */
  readonly confidence?: Confidence;
  /** Why another one was asked, where neither a failure nor a failed check says it. */
  readonly passedOver?: Reason;
}

/** USD; `low` = `high` where the figure is exact. */
export interface MoneyRange {
  readonly low: number;
  readonly high: number;
}

export interface Account {
  /** What was really paid, all attempts; absent where a model has no price. */
  readonly paid?: MoneyRange;
  /** What the answer would have cost on the baseline; absent where there is no answer or no price. */
  readonly baseline?: MoneyRange;
  /** `baseline` minus `paid`; may be negative. Never positive for an answer that was replaced. */
  readonly saved?: MoneyRange;
  /** The baseline's model id. */
  readonly baselineModel: string;
  /** Every price that the figures stand on, the baseline's last: kept with the request, so that it keeps its price. */
  readonly prices?: readonly Price[];
}

/** The attempts of one request, its answer, its cost, and what it would have cost on the baseline. */
export interface Outcome {
  readonly requestId: string;
  readonly end: 'answered' | 'failed' | 'cancelled';
  readonly decision?: Decision;
  readonly attempts: readonly Attempt[];
  /** Index of the attempt whose answer was used. */
  readonly answeredBy?: number;
  /** The whole answer: the text after the last `restarted`. */
  readonly text: string;
  readonly proposal?: Proposal;
  readonly verdict?: Verdict;
  readonly account: Account;
  /** Nothing but detected secrets kept the request from Claude: what the developer may choose about them. */
  readonly secretOffer?: SecretOffer;
  /** Set when `end` is `failed`, and when the answer stands but something has to be said (a failed check). */
  readonly failure?: Failure;
}
