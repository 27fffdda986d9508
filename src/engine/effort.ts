import type { Call } from '../providers/provider.ts';
import type { Classification } from '../vocabulary/decision.ts';

/** How much Claude may think, and the room in tokens that its thinking takes of `max_tokens`. */
export function effortFor(classification: Classification): {
  readonly effort: Call['effort'];
  readonly thinkingTokens: number;
} {
  if (classification.difficulty >= 0.6) return { effort: 'high', thinkingTokens: 16_000 };
  if (classification.difficulty >= 0.3) return { effort: 'medium', thinkingTokens: 8_000 };
  return { effort: 'low', thinkingTokens: 2_048 };
}
