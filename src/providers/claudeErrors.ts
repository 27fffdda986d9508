import type { Failure } from '../vocabulary/failure.ts';
import { HttpError, networkCode } from './guardedFetch.ts';
import { ProviderError, type ProviderErrorDetails, type Remedy } from './provider.ts';

export interface ClaudeCall {
  readonly host: string;
  readonly model: string;
  /** A byte of the answer had come, so something may have been billed. */
  readonly begun: boolean;
}

/** Limits of spend that a person set: waiting does not lift them. */
const spendCodes = new Set([
  'enforced_spend_limit_reached',
  'contract_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'ramp_limit_exceeded',
]);

/** Codes of a failure before Anthropic's server can have got the request. */
const notSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_TLS|UND_ERR_PROXY)|CERT|SELF_SIGNED|ISSUER|SSL|TLS/;

/** A wait longer than this is no quick retry, in milliseconds. */
const quickRetryMs = 20_000;

/** Puts whatever a call of Claude threw into a ProviderError. Not for aborts. */
export function claudeError(error: unknown, call: ClaudeCall): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof HttpError) {
    const said = parsed(error.body);
    if (said.type === undefined && [403, 404, 405, 407].includes(error.status))
      return claudeUnreachable(call.host, error);
    const overflow = said.type === 'invalid_request_error' ? tooLong(said.message) : undefined;
    if (overflow)
      return make({ code: 'contextTooLong', params: { model: call.model, ...overflow } }, 'elsewhere', {
        cause: error,
        free: true,
        fault: 'request',
      });
    return statusError(error.status, said.type, said.errorCode, error.headers, call, error);
  }
  // An error event within the stream: the SDK gives its type and no status.
  const type = field(error, 'type');
  if (type !== undefined || field(error, 'errorCode') !== undefined)
    return statusError(undefined, type, field(error, 'errorCode'), undefined, call, error);
  const code = networkCode(error);
  const neverSent = !call.begun && code !== undefined && notSent.test(code);
  if (call.begun)
    return make({ code: 'answerCut', params: { model: call.model } }, 'again', { cause: error });
  return make({ code: 'claudeUnreachable', params: { host: call.host } }, 'again', {
    cause: error,
    free: neverSent,
  });
}

/** Somebody else answered in Anthropic's place: a proxy, a portal, a wrong base URL. */
export function claudeUnreachable(host: string, cause?: unknown): ProviderError {
  return make({ code: 'claudeUnreachable', params: { host } }, 'elsewhere', { cause, free: true });
}

function make(failure: Failure, remedy: Remedy, details: ProviderErrorDetails): ProviderError {
  return new ProviderError(failure, remedy, details);
}

function statusError(
  status: number | undefined,
  type: string | undefined,
  errorCode: string | undefined,
  headers: Headers | undefined,
  call: ClaudeCall,
  cause: unknown,
): ProviderError {
  const { model } = call;
  // A refused request is not billed; what a stream had given before it broke is.
  const free = !call.begun;
  const account = { cause, free, fault: 'account' } as const;
  const request = { cause, free, fault: 'request' } as const;
  if (errorCode !== undefined && spendCodes.has(errorCode))
    return make({ code: 'spendLimit', params: {} }, 'elsewhere', account);
  if (status === 429 || type === 'rate_limit_error') {
    const wait = retryAfter(headers);
    const quick = wait === undefined || wait <= quickRetryMs;
    return make(
      {
        code: 'rateLimited',
        params: wait === undefined ? {} : { retryAfterSeconds: Math.ceil(wait / 1000) },
      },
      quick && headers?.get('x-should-retry') !== 'false' ? 'again' : 'elsewhere',
      { ...account, retryAfterMs: wait },
    );
  }
  if (status === 401 || type === 'authentication_error')
    return make({ code: 'badKey', params: {} }, 'elsewhere', account);
  if (status === 402 || type === 'billing_error')
    return make({ code: 'outOfCredit', params: {} }, 'elsewhere', account);
  if (status === 403 || type === 'permission_error')
    return make({ code: 'modelNotAvailable', params: { model } }, 'elsewhere', account);
  if (status === 404 || type === 'not_found_error')
    return make({ code: 'modelNotAvailable', params: { model } }, 'elsewhere', request);
  if (status === 413 || type === 'request_too_large')
    return make({ code: 'tooLarge', params: { model } }, 'never', request);
  if (status === 529 || type === 'overloaded_error')
    return make({ code: 'overloaded', params: { model } }, 'again', {
      cause,
      free,
      retryAfterMs: retryAfter(headers),
    });
  if (status === 408 || status === 409 || (status !== undefined && status >= 500) || type === 'api_error')
    return make(
      { code: 'serverError', params: { provider: 'Claude', status: status ?? 500 } },
      headers?.get('x-should-retry') === 'false' ? 'elsewhere' : 'again',
      // The connection was lost to a gateway, not to a refusal: the answer may have been made and billed.
      { cause, free: free && status !== 504 && status !== 408, retryAfterMs: retryAfter(headers) },
    );
  const detail = type ?? (status === undefined ? 'error' : `HTTP ${status}`);
  return make({ code: 'badRequest', params: { provider: 'Claude', detail } }, 'never', request);
}

/** What the server asked to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfter(headers: Headers | undefined): number | undefined {
  const ms = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const said = headers?.get('retry-after');
  if (!said) return undefined;
  const seconds = Number(said);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const at = Date.parse(said);
  return Number.isFinite(at) ? Math.max(0, at - Date.now()) : undefined;
}

/** Only the message tells the counts; its words may change, and then it is a bad request like any other. */
function tooLong(
  message: string | undefined,
): { readonly needed: number; readonly window: number } | undefined {
  const counts = /prompt is too long: (\d+) tokens > (\d+)/.exec(message ?? '');
  return counts ? { needed: Number(counts[1]), window: Number(counts[2]) } : undefined;
}

interface Said {
  readonly type?: string;
  readonly errorCode?: string;
  readonly message?: string;
}

function parsed(body: string): Said {
  try {
    const error: unknown = (JSON.parse(body) as { error?: unknown } | null)?.error;
    const details =
      typeof error === 'object' && error !== null && 'details' in error ? error.details : undefined;
    return {
      type: field(error, 'type'),
      errorCode: field(details, 'error_code'),
      message: field(error, 'message'),
    };
  } catch {
    return {};
  }
}

function field(of: unknown, name: string): string | undefined {
  if (typeof of !== 'object' || of === null || !(name in of)) return undefined;
  const value = (of as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}
