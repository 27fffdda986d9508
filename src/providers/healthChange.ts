import type { Health } from '../vocabulary/health.ts';
import { ProviderError } from './provider.ts';

/** What listeners could show of a state; two that are alike need no telling. */
export function shownOf(health: Health): string {
  return JSON.stringify({
    ...health,
    candidates: health.candidates.map((candidate) => ({
      ...candidate,
      model: {
        ...candidate.model,
        loaded: candidate.model.loaded && { ...candidate.model.loaded, expiresAt: undefined },
      },
    })),
  });
}

/** No answer in time, where a dead server would have refused. */
export function isLate(error: unknown): boolean {
  return !(error instanceof ProviderError) || error.cause instanceof ProviderError;
}

/** A connection that was kept open was gone when it was used again. */
export function isCut(error: unknown): boolean {
  return error instanceof ProviderError && error.failure.code === 'cut';
}
