import type { Usage, UsageBounds } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import { tokenBound } from './tokenEstimate.ts';

const nothing: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  cacheWrite1hTokens: 0,
};

/** A provider that answers with one of these has not run the model, so nothing is billed. */
const refusedBeforeRunning: ReadonlySet<Failure['code']> = new Set([
  'noKey',
  'badKey',
  'outOfCredit',
  'spendLimit',
  'rateLimited',
  'modelNotAvailable',
  'modelMissing',
  'tooLarge',
  'badRequest',
  'contextTooLong',
  'noPermit',
  'ollamaUnreachable',
  'notOllama',
  'redirectRefused',
  'queueFull',
  'modelLacks',
]);

const neverConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function connectionCode(error: unknown): string | undefined {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    cause = cause.cause;
  }
  return undefined;
}

/**
 * What a call can have cost whose provider did not close its account (a cut stream, a cancelled call).
 * @param seen what the provider had reported by then, if anything
 * @param body the bytes that were sent; undefined when nothing was
 * @param text what had been answered by then
 * @param maxOutputTokens the most that the call could have been billed for
 */
export function boundsOf(
  seen: Usage | undefined,
  body: string | undefined,
  text: string,
  maxOutputTokens: number,
  failure: Failure | undefined,
  error: unknown,
): { usage?: Usage; bounds?: UsageBounds } {
  if (body === undefined) return { usage: nothing };
  if (!seen) {
    const code = connectionCode(error);
    if (failure && refusedBeforeRunning.has(failure.code)) return { usage: nothing };
    if (code !== undefined && neverConnected.has(code)) return { usage: nothing };
    return {
      bounds: {
        lower: nothing,
        // A prompt that is written to the cache is the dearest way to read it.
        upper: { ...nothing, cacheWriteTokens: tokenBound(body), outputTokens: maxOutputTokens },
      },
    };
  }
  return {
    bounds: {
      lower: seen,
      upper: { ...seen, outputTokens: Math.max(seen.outputTokens, tokenBound(text), maxOutputTokens) },
    },
  };
}
