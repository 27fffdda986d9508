import type { Usage, UsageBounds } from '../vocabulary/attempt.ts';

const nothing: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheWrite1hTokens: 0,
};

/**
 * What a call can have cost whose provider did not close its account (a cut stream, a cancelled call): never more than
 * what was reserved for it.
 * @param seen what the provider had reported by then, if anything
 * @param promptTokens the bound of the prompt that was sent; undefined when nothing was
 * @param maxOutputTokens the most that the call could have been billed for
 * @param free the provider is known to have computed nothing
 */
export function boundsOf(
  seen: Usage | undefined,
  promptTokens: number | undefined,
  maxOutputTokens: number,
  free: boolean,
): { usage?: Usage; bounds?: UsageBounds } {
  if (promptTokens === undefined || (free && !seen)) return { usage: nothing };
  if (!seen)
    return {
      bounds: {
        lower: nothing,
        // A prompt that is written to the cache is the dearest way to read it.
        upper: { ...nothing, cacheWriteTokens: promptTokens, outputTokens: maxOutputTokens },
      },
    };
  return {
    bounds: {
      lower: seen,
      upper: { ...seen, outputTokens: Math.max(seen.outputTokens, maxOutputTokens) },
    },
  };
}
