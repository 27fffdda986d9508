import { boundOfIntent, costOf, type Nano, toUsd } from '../ledger/account.ts';
import { type PriceOverrides, priceOf, priceOnRoute } from '../ledger/prices.ts';
import { usualTokens } from '../router/predictedTime.ts';
import type { Usage } from '../vocabulary/attempt.ts';
import type { BudgetPeriod } from '../vocabulary/budget.ts';
import type { DecisionInput } from '../vocabulary/decisionInput.ts';
import { type Candidate, type ModelId, sameModel } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';

/** What a request costs wherever it is asked. */
export interface Priced {
  readonly task: Task;
  /** An upper estimate. */
  readonly promptTokens: number;
  /** The most tokens that an answer may have, thinking included. */
  readonly mostOutputTokens: number;
  /** Of the prompt's tokens, those that this model still has in its cache. */
  readonly warm?: { readonly model: ModelId; readonly tokens: number };
  readonly overrides: PriceOverrides;
  /** Epoch ms. */
  readonly at: number;
}

/** A shorter beginning of a prompt is not cached. */
const smallestCachedPrefix = 512;
/** Claude counts as few as this part of the tokens that an upper estimate has (4 characters a token instead of 2.6). */
const fewestOfEstimate = 0.65;
/** The reservation counts the bytes that are sent, which say up to so much more than the estimate. */
const bytesOverEstimate = 1.4;
const framingTokens = 400;

/**
 * What an answer of usual length would cost by each candidate that has a price per token, in USD: from the fewest
 * tokens with what is cached, to the most without.
 */
export function costsOf(
  candidates: readonly Candidate[],
  asked: Priced,
): NonNullable<DecisionInput['costs']> {
  const { overrides, at, promptTokens, warm } = asked;
  const answer = usualTokens[asked.task];
  return candidates.flatMap(({ model }) => {
    if (model.route === 'local' && !Object.hasOwn(overrides, model.id.name)) return [];
    const price = priceOnRoute(model.id.name, model.route, at, overrides);
    if (!price || price.origin === 'local') return [];
    const fewest = Math.round(promptTokens * fewestOfEstimate);
    const cached = warm && sameModel(warm.model, model.id) ? Math.min(warm.tokens, fewest) : 0;
    const low = costOf(usageOf(fewest, cached >= smallestCachedPrefix ? cached : 0, answer), price);
    const high = costOf(usageOf(promptTokens, 0, answer), price);
    if (low === undefined || high === undefined) return [];
    return [{ model: model.id, usd: { low: toUsd(Math.min(low, high)), high: toUsd(high) } }];
  });
}

function usageOf(promptTokens: number, cached: number, outputTokens: number): Usage {
  return {
    inputTokens: promptTokens - cached,
    outputTokens,
    cacheReadTokens: cached,
    cacheWriteTokens: 0,
    cacheWrite1hTokens: 0,
  };
}

/** The paid candidates for whose dearest answer a budget has no room; undefined where it has room for all of them. */
export function budgetSpentFor(
  candidates: readonly Candidate[],
  periods: readonly BudgetPeriod[],
  asked: Priced,
): DecisionInput['budgetSpent'] {
  const tightest = periods.toSorted((a, b) => a.leftUsd - b.leftUsd)[0];
  if (!tightest) return undefined;
  const paid = candidates.filter(({ model }) => model.route !== 'local');
  const closed = paid.flatMap(({ model }) => {
    const bound = dearest(model.id, asked);
    return bound !== undefined && toUsd(bound) > tightest.leftUsd ? [model.id] : [];
  });
  if (closed.length === 0) return undefined;
  const { period, limitUsd } = tightest;
  return { period, limitUsd, ...(closed.length < paid.length && { models: closed }) };
}

function dearest({ name }: ModelId, asked: Priced): Nano | undefined {
  const promptTokens = Math.ceil(asked.promptTokens * bytesOverEstimate) + framingTokens;
  const intent = { promptTokens, maxOutputTokens: asked.mostOutputTokens };
  return boundOfIntent(intent, priceOf(name, asked.at, asked.overrides));
}
