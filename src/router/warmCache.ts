import type { Estimated } from './estimates.ts';
import { usualTokens } from './predictedTime.ts';
import type { DecisionInput } from './router.ts';

/** Anthropic's prices over that of uncached input, the same for all its models: output, cache write (5 min), cache read. */
const output = 5;
const cacheWrite = 1.25;
const cacheRead = 0.1;

/** How likely a conversation that leaves Claude comes back: as likely as not, for want of a figure. */
const comesBack = 0.5;

/**
 * What leaving Claude is expected to cost later, in USD: when the conversation comes back, the tokens that are in
 * Claude's warm cache now have to be written to it anew instead of being read. The price of a token is worked out from
 * what an answer of usual length costs at most; 0 where that is not known.
 */
export function rewarmUsd({ sticky, needs, classification }: DecisionInput, kept: Estimated): number {
  const tokens = sticky?.warmTokens ?? 0;
  if (tokens <= 0 || !kept.usd) return 0;
  const perToken =
    kept.usd.high / Math.max(1, needs.promptTokens + output * usualTokens[classification.task]);
  return comesBack * tokens * perToken * (cacheWrite - cacheRead);
}
