import { ProviderError } from '../providers/provider.ts';
import type { Failure } from '../vocabulary/failure.ts';

/** Any thrown value as a failure; only the error's class is told, since a message may hold what was asked. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ProviderError) return error.failure;
  const detail = error instanceof Error ? error.name : typeof error;
  return { code: 'unexpected', params: { detail } };
}
