import type { Account, Attempt, MoneyRange, Usage } from '../vocabulary/attempt.ts';
import type { Price } from '../vocabulary/price.ts';
import { type PriceOverrides, priceOf, priceOnRoute, rowFor } from './prices.ts';
import { tokenRatio } from './tokenizers.ts';

export interface AccountInput {
  readonly attempts: readonly Attempt[];
  /** Index of the attempt whose answer was used; absent where there was none or it was replaced. */
  readonly answeredBy?: number;
  readonly baselineModel: string;
  readonly overrides?: PriceOverrides;
  /** Epoch ms: which dated prices count. */
  readonly at: number;
  /**
   * Tokens at the beginning of the prompt that the baseline would have read from its warm cache: the turn before, if
   * it was asked within the cache's 5 minutes. Only used where the answering provider has no cache of that kind.
   */
  readonly warmTokens?: number;
}

/** Whole thousand-millionths of a dollar, so that sums are exact. */
export type Nano = number;
const nanoPerUsd = 1e9;
/** USD per million tokens × this = nano-dollars per token. */
const nanoPerTokenAtOneUsd = 1000;
/** A shorter prefix is not cached (512 tokens on Sonnet 5.5 and the other current models; 1,024 on Sonnet 5). */
const smallestCachedPrefix = 512;

export const toUsd = (nano: Nano): number => (nano === 0 ? 0 : nano / nanoPerUsd);
export const toNano = (usd: number): Nano => Math.round(usd * nanoPerUsd);

/**
 * What a request cost and saved, from the tokens that the providers reported.
 *
 * `paid` is the sum over all attempts, failed ones too; where a call has bounds only, the upper one. `baseline` is the
 * answering attempt at the baseline's price, cache reads and writes at the baseline's own cache prices; where it has
 * bounds only, the lower one; an interval where the tokenizers differ. A repair's longer prompt is not credited: the
 * baseline gets the cheapest of the prompts that the answering model had in this request. `saved` = `baseline` − `paid`, and
 * −`paid` where there is no answer. A model without a price leaves the figure out: unknown, never free.
 */
export function accountOf(input: AccountInput): Account {
  const { attempts, answeredBy, baselineModel, overrides, at } = input;
  const prices = new Map<string, Price>();
  let paid: Nano | undefined = 0;
  for (const attempt of attempts) {
    const price = priceOnRoute(attempt.model.name, attempt.route, attempt.startedAt, overrides);
    if (price) prices.set(`${attempt.route} ${price.model}`, price);
    const cost = paidFor(attempt, overrides);
    paid = paid === undefined || cost === undefined ? undefined : paid + cost;
  }
  const answer = answeredBy === undefined ? undefined : attempts.find((one) => one.index === answeredBy);
  const basePrice = priceOf(baselineModel, at, overrides);
  const baseline = answer && basePrice && baselineOf(answer, basePrice, input);
  const used = [...prices.values(), ...(basePrice ? [basePrice] : [])];
  const account = { baselineModel, prices: used };
  if (paid === undefined) return { ...account, ...(baseline && { baseline: range(baseline) }) };
  const paidRange = range({ low: paid, high: paid });
  if (!answer) return { ...account, paid: paidRange, saved: range({ low: -paid, high: -paid }) };
  if (!baseline) return { ...account, paid: paidRange };
  const saved = { low: baseline.low - paid, high: baseline.high - paid };
  return { ...account, paid: paidRange, baseline: range(baseline), saved: range(saved) };
}

/**
 * What one attempt cost, in nano-dollars; the upper bound where nothing final was reported.
 * Undefined where the model has no price, or where a priced call ended with nothing known of its tokens; a call that
 * failed before its first token, with nothing reported, is not billed.
 */
export function paidFor(attempt: Attempt, overrides?: PriceOverrides): Nano | undefined {
  const price = priceOnRoute(attempt.model.name, attempt.route, attempt.startedAt, overrides);
  if (!price) return undefined;
  if (price.origin === 'local') return 0;
  const reported = attempt.usage && costOf(attempt.usage, price);
  const bound = attempt.bounds && dearestOf(attempt.bounds.upper, price);
  if (attempt.usage && reported === undefined) return undefined;
  if (attempt.bounds && bound === undefined) return undefined;
  if (reported !== undefined || bound !== undefined) return Math.max(reported ?? 0, bound ?? 0);
  return attempt.end === 'failed' && attempt.firstTokenMs === undefined ? 0 : undefined;
}

/**
 * Cost of one call in nano-dollars, rounded once:
 * `input·I + cacheWrite·W5 + cacheWrite1h·W1h + cacheRead·R + output·O`, the row chosen by the total prompt
 * (Anthropic's pricing page, October 2026). Undefined where a count is no number of tokens.
 */
export function costOf(usage: Usage, price: Price): Nano | undefined {
  const counts = [
    usage.inputTokens,
    usage.outputTokens,
    usage.cacheReadTokens,
    usage.cacheWriteTokens,
    usage.cacheWrite1hTokens,
  ];
  if (!counts.every((count) => Number.isFinite(count) && count >= 0)) return undefined;
  const row = rowFor(price, promptOf(usage));
  const usdTimesMillion =
    usage.inputTokens * row.input +
    usage.outputTokens * row.output +
    usage.cacheReadTokens * row.cacheRead +
    usage.cacheWriteTokens * row.cacheWrite5m +
    usage.cacheWrite1hTokens * row.cacheWrite1h;
  return Math.round(usdTimesMillion * nanoPerTokenAtOneUsd);
}

/**
 * What a call costs at most where what went to the cache may as well have been read as it is: a user's own price may
 * have writes for nothing.
 */
function dearestOf(usage: Usage, price: Price): Nano | undefined {
  const { inputTokens, cacheWriteTokens } = usage;
  const written = costOf(usage, price);
  const read = costOf({ ...usage, inputTokens: inputTokens + cacheWriteTokens, cacheWriteTokens: 0 }, price);
  return written === undefined || read === undefined ? undefined : Math.max(written, read);
}

/** Upper bound of a call that was sent and of which nothing more is known: the whole prompt written to the cache. */
export function boundOfIntent(
  intent: { readonly promptTokens: number; readonly maxOutputTokens: number },
  price: Price | undefined,
): Nano | undefined {
  if (!price) return undefined;
  return dearestOf(
    { ...noUsage, cacheWriteTokens: intent.promptTokens, outputTokens: intent.maxOutputTokens },
    price,
  );
}

const noUsage: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheWrite1hTokens: 0,
};

function baselineOf(answer: Attempt, price: Price, input: AccountInput): MoneyRange | undefined {
  const usage = creditedUsage(answer);
  if (!usage) return undefined;
  const ratio = tokenRatio({ model: answer.model.name, route: answer.route }, price.model);
  const warm = answer.route === 'claude' ? 0 : (input.warmTokens ?? 0);
  let least: MoneyRange | undefined;
  for (const prompt of [usage, ...promptsBefore(answer, input.attempts)]) {
    const asked = { ...prompt, outputTokens: usage.outputTokens };
    const fewest = costOf(warmed(scaled(asked, ratio.low), warm * ratio.high), price);
    const most = costOf(warmed(scaled(asked, ratio.high), warm * ratio.low), price);
    if (fewest === undefined || most === undefined) return undefined;
    const low = Math.min(fewest, most);
    const high = Math.max(fewest, most);
    least = least ? { low: Math.min(least.low, low), high: Math.min(least.high, high) } : { low, high };
  }
  return least;
}

/** Prompts that the answering model had earlier in this request, as reported. */
function promptsBefore(answer: Attempt, attempts: readonly Attempt[]): readonly Usage[] {
  return attempts
    .filter((one) => one.index < answer.index && one.route === answer.route)
    .filter((one) => one.model.name === answer.model.name && one.bounds === undefined)
    .flatMap((one) => (one.usage && promptOf(one.usage) > 0 ? [one.usage] : []));
}

/** What the baseline is credited with: the lower bound where a report is not final. */
function creditedUsage(attempt: Attempt): Usage | undefined {
  return attempt.bounds?.lower ?? attempt.usage;
}

function scaled(usage: Usage, ratio: number): Usage {
  return {
    inputTokens: usage.inputTokens * ratio,
    outputTokens: usage.outputTokens * ratio,
    cacheReadTokens: usage.cacheReadTokens * ratio,
    cacheWriteTokens: usage.cacheWriteTokens * ratio,
    cacheWrite1hTokens: usage.cacheWrite1hTokens * ratio,
  };
}

function warmed(usage: Usage, warmTokens: number): Usage {
  if (!(warmTokens >= smallestCachedPrefix)) return usage;
  const read = Math.min(usage.inputTokens, warmTokens);
  return {
    ...usage,
    inputTokens: usage.inputTokens - read,
    cacheReadTokens: usage.cacheReadTokens + read,
  };
}

function promptOf(usage: Usage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.cacheWrite1hTokens;
}

function range(nano: MoneyRange): MoneyRange {
  return { low: toUsd(nano.low), high: toUsd(nano.high) };
}
