import type { Route } from '../vocabulary/model.ts';

/** How many tokens of the baseline one token of another model stands for; `low` = `high` where it is exact. */
export interface TokenRatio {
  readonly low: number;
  readonly high: number;
}

/** The same text gives about 30 % more tokens on Claude's newer tokenizer (Anthropic's model notes, October 2026). */
const newerPerOlder = 1.3;

/**
 * Characters per token, for local tokenizers as measured (SmolLM2: JavaScript 2.6, English 3.6), and for Claude's
 * older tokenizer from the loosest usual estimate (4) to what a TypeScript file really had (10,000 characters, 3,500
 * tokens). The ratio crosses them: the densest local count against the loosest of Claude's, and the reverse, so that
 * the true one lies inside for either kind of text.
 */
const localCharactersPerToken = { low: 2.6, high: 3.6 };
const claudeCharactersPerToken = { low: 10_000 / 3_500, high: 4 };

const exact: TokenRatio = { low: 1, high: 1 };

/** Ids of Claude models that still count with the older tokenizer: Sonnet 4.6, Opus 4.6, Haiku 4.5 and earlier. */
const older = /^claude-(?:(?:sonnet|opus)-4-[0-6]|haiku-4|(?:sonnet|opus)-4(?:-\d{8})?$|[123]-|3\b)/;

/**
 * The ratio between a model's count of tokens and the baseline's for the same text.
 *
 * Same tokenizer: exactly 1. Between Claude's two tokenizers: from no difference to the documented 30 %. From a local
 * or another maker's model: 0.65 to 1.26 on the older tokenizer, 1.3 times as much on the newer one.
 */
export function tokenRatio(
  answer: { readonly model: string; readonly route: Route },
  baseline: string,
): TokenRatio {
  if (answer.model === baseline) return exact;
  const newerBaseline = !older.test(baseline);
  if (answer.route === 'claude') {
    const newerAnswer = !older.test(answer.model);
    if (newerAnswer === newerBaseline) return exact;
    return newerBaseline ? { low: 1, high: newerPerOlder } : { low: 1 / newerPerOlder, high: 1 };
  }
  const scale = newerBaseline ? newerPerOlder : 1;
  return {
    low: (localCharactersPerToken.low / claudeCharactersPerToken.high) * scale,
    high: (localCharactersPerToken.high / claudeCharactersPerToken.low) * scale,
  };
}
