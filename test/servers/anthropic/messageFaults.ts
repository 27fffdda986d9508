import type { Fault } from '../wire/faults.ts';
import { newId } from './apiError.ts';

function status(
  code: number,
  type: string,
  message: string,
  details?: object,
  headers?: Record<string, string>,
): Fault {
  const body = JSON.stringify({
    type: 'error',
    error: { type, message, ...(details ? { details } : {}) },
    request_id: newId('req'),
  });
  return { how: 'status', status: code, body, headers: { 'Content-Type': 'application/json', ...headers } };
}

/** The errors of the Messages API. */
export const anthropicFaults = {
  badKey: () => status(401, 'authentication_error', 'invalid bearer token'),
  outOfCredit: () =>
    status(
      402,
      'billing_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
  forbidden: () =>
    status(403, 'permission_error', 'Your API key does not have permission to use the specified resource.'),
  modelNotAvailable: (model: string) => status(404, 'not_found_error', `model: ${model}`),
  tooLarge: () => status(413, 'request_too_large', 'Request exceeds the maximum size'),
  rateLimited: (retryAfterSeconds?: number) =>
    status(
      429,
      'rate_limit_error',
      'This request would exceed the rate limit for your organization.',
      undefined,
      {
        ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      },
    ),
  spendLimit: () =>
    status(429, 'rate_limit_error', 'The organization has reached its enforced spend limit.', {
      error_code: 'enforced_spend_limit_reached',
    }),
  serverError: () => status(500, 'api_error', 'Internal server error'),
  overloaded: () => status(529, 'overloaded_error', 'Overloaded'),
  overloadedInStream: (afterTokens: number): Fault => ({
    how: 'error',
    afterTokens,
    message: 'Overloaded',
    type: 'overloaded_error',
  }),
  refusal: (afterTokens = 0): Fault => ({ how: 'stop', afterTokens, reason: 'refusal' }),
} as const;
