import type { Usage, UsageBounds } from '../vocabulary/attempt.ts';
import { tokenBound } from './tokenEstimate.ts';

const nothing: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheWrite1hTokens: 0,
};

/**
 * What a call can have cost whose provider did not close its account (a cut stream, a cancelled call).
 * @param seen what the provider had reported by then, if anything
 * @param body the bytes that were sent; undefined when nothing was
 * @param text what had been answered by then
 * @param maxOutputTokens the most that the call could have been billed for
 * @param free the provider is known to have computed nothing
 */
export function boundsOf(
  seen: Usage | undefined,
  body: string | undefined,
  text: string,
  maxOutputTokens: number,
  free: boolean,
): { usage?: Usage; bounds?: UsageBounds } {
  if (body === undefined || (free && !seen)) return { usage: nothing };
  if (!seen)
    return {
      bounds: {
        lower: nothing,
        // A prompt that is written to the cache is the dearest way to read it.
        upper: { ...nothing, cacheWriteTokens: tokenBound(body), outputTokens: maxOutputTokens },
      },
    };
  return {
    bounds: {
      lower: seen,
      upper: { ...seen, outputTokens: Math.max(seen.outputTokens, tokenBound(text), maxOutputTokens) },
    },
  };
}
