import type { Failure } from '../vocabulary/failure.ts';
import { HttpError, networkCode } from './guardedFetch.ts';
import { ProviderError } from './provider.ts';

/** What an error of Ollama happened to. */
export interface OllamaCall {
  readonly host: string;
  readonly model: string;
  /** The window that was asked for, in tokens; 0 where none was. */
  readonly windowTokens: number;
  /** A byte of the answer had come. */
  readonly begun: boolean;
}

/** Codes of a network failure before the server got anything. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Puts whatever a call of Ollama threw into a ProviderError. Not for aborts. */
export function ollamaError(error: unknown, call: OllamaCall): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof HttpError) return statusError(error.status, error.body, call, error);
  if (error instanceof Error && error.name === 'ResponseError' && 'status_code' in error)
    return statusError(Number(error.status_code), JSON.stringify({ error: error.message }), call, error);
  const code = networkCode(error);
  if (code !== undefined && unreachable.has(code))
    return make({ code: 'ollamaUnreachable', params: { host: call.host } }, 'elsewhere', error, 'provider');
  if (code !== undefined && (code.startsWith('HPE_') || code === 'ERR_SSL_WRONG_VERSION_NUMBER'))
    return notOllama(call, error);
  if (code !== undefined && /CERT|TLS|SSL|SELF_SIGNED|ISSUER/.test(code))
    return make({ code: 'ollamaUnreachable', params: { host: call.host } }, 'elsewhere', error, 'provider');
  if (error instanceof SyntaxError) return notOllama(call, error);
  const message = error instanceof Error ? error.message : String(error);
  // Without a code nothing was sent: a port that fetch itself refuses.
  if (code === undefined && message === 'fetch failed' && !call.begun)
    return make({ code: 'ollamaUnreachable', params: { host: call.host } }, 'elsewhere', error, 'provider');
  // Status 200 and an empty body: what the model wrote was half a tool call, and the server gave up on it. It is
  // there, and so is its model; the same words would end the same way.
  if (code === undefined && message.startsWith('Did not receive done') && !call.begun)
    return make({ code: 'cut', params: { model: call.model } }, 'elsewhere', error, 'request');
  if (code !== undefined || message === 'terminated' || message.startsWith('Did not receive done'))
    return cut(call, error);
  // A plain error of the client package is an error line in the stream: its status is long sent.
  return engineError(message, call, error);
}

/** The connection or the answer ended before its time. */
export function cut(call: OllamaCall, cause?: unknown): ProviderError {
  const remedy = call.begun ? 'elsewhere' : 'again';
  return make({ code: 'cut', params: { model: call.model } }, remedy, cause, 'provider');
}

export function notOllama(call: OllamaCall, cause?: unknown): ProviderError {
  return make({ code: 'notOllama', params: { host: call.host } }, 'elsewhere', cause, 'provider');
}

function make(
  failure: Failure,
  remedy: ProviderError['remedy'],
  cause: unknown,
  fault: ProviderError['fault'],
): ProviderError {
  // What a local answer costs is time: asking again is free.
  return new ProviderError(failure, remedy, { cause, fault, free: true });
}

function statusError(
  status: number,
  body: string,
  call: OllamaCall,
  cause: HttpError | Error,
): ProviderError {
  const text = errorText(body);
  if (text === undefined && (status === 404 || status === 405 || status === 400 || status === 403))
    return notOllama(call, cause);
  const said = text ?? '';
  const { model } = call;
  const badRequest = () =>
    make(
      { code: 'badRequest', params: { provider: 'Ollama', detail: tidy(said) } },
      'never',
      cause,
      'request',
    );
  switch (status) {
    case 400:
    case 501:
      return requestError(said, call, cause) ?? badRequest();
    case 401:
    case 403:
      return make({ code: 'modelNotAvailable', params: { model } }, 'elsewhere', cause, 'account');
    case 404:
      return make({ code: 'modelMissing', params: { model } }, 'elsewhere', cause, 'request');
    case 413:
      return make({ code: 'tooLarge', params: { model } }, 'never', cause, 'request');
    case 429: {
      const seconds = cause instanceof HttpError ? Number(cause.headers.get('retry-after')) : Number.NaN;
      const after = Number.isFinite(seconds) && seconds > 0 ? seconds : undefined;
      return new ProviderError(
        {
          code: 'rateLimited',
          params: after === undefined ? {} : { retryAfterSeconds: after },
        },
        'elsewhere',
        { cause, fault: 'account', free: true, retryAfterMs: after === undefined ? undefined : after * 1000 },
      );
    }
    case 499:
      return cut(call, cause);
    case 500:
      return requestFault500(said)
        ? badRequest()
        : (requestError(said, call, cause) ?? engineError(said, call, cause));
    case 503:
      return make({ code: 'queueFull', params: { model } }, 'again', cause, 'request');
    default:
      return status >= 500
        ? make({ code: 'serverError', params: { provider: 'Ollama', status } }, 'again', cause, 'model')
        : badRequest();
  }
}

/** Two faults of the request come as 500: they say nothing about the server's health. */
function requestFault500(said: string): boolean {
  return /^invalid format:|^option ".*" must be of type/.test(said);
}

/** The request asks for what this model can't do, or is longer than its window. */
function requestError(said: string, call: OllamaCall, cause: unknown): ProviderError | undefined {
  const { model } = call;
  const context = overflow(said);
  if (context)
    return make({ code: 'contextTooLong', params: { model, ...context } }, 'elsewhere', cause, 'request');
  if (/prompt is longer than the context length/.test(said)) {
    // It says no count: what is known is that the window was too short by at least one token.
    const params = { model, needed: call.windowTokens + 1, window: call.windowTokens };
    return make({ code: 'contextTooLong', params }, 'elsewhere', cause, 'request');
  }
  const lacks = /does not support (tools|thinking|chat|generate|multimodal requests)/.exec(said)?.[1];
  const capability =
    lacks === 'multimodal requests'
      ? 'images'
      : lacks === 'generate'
        ? 'chat'
        : (lacks as 'tools' | undefined);
  if (capability)
    return make({ code: 'modelLacks', params: { model, capability } }, 'elsewhere', cause, 'request');
  return undefined;
}

/** The exact counts of `exceed_context_size_error`, which comes as JSON within the error's string. */
function overflow(said: string): { readonly needed: number; readonly window: number } | undefined {
  const inner = parsed(said);
  const error = inner && typeof inner.error === 'object' && inner.error !== null ? inner.error : undefined;
  if (!error || !('type' in error) || error.type !== 'exceed_context_size_error') return undefined;
  const needed = 'n_prompt_tokens' in error ? Number(error.n_prompt_tokens) : Number.NaN;
  const window = 'n_ctx' in error ? Number(error.n_ctx) : Number.NaN;
  return Number.isFinite(needed) && Number.isFinite(window) ? { needed, window } : undefined;
}

function engineError(said: string, call: OllamaCall, cause: unknown): ProviderError {
  const { model } = call;
  if (/error was encountered while running the model/.test(said)) {
    const remedy = call.begun ? 'elsewhere' : 'again';
    return make({ code: 'engineCrashed', params: { model } }, remedy, cause, 'model');
  }
  if (
    /process has terminated|not enough memory|requires more system memory|out of memory|CUDA error|GGML_ASSERT|timed out waiting for|unable to load|failed to load|loading model|error loading/i.test(
      said,
    )
  )
    return make(
      { code: 'modelLoadFailed', params: { model, detail: tidy(said) } },
      'elsewhere',
      cause,
      'model',
    );
  return make(
    { code: 'serverError', params: { provider: 'Ollama', status: 500 } },
    'elsewhere',
    cause,
    'model',
  );
}

function errorText(body: string): string | undefined {
  const error = parsed(body)?.error;
  return typeof error === 'string' ? error : undefined;
}

function parsed(text: string): { readonly error?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Short, one line, and without the machine's paths: it may be shown and logged. */
function tidy(said: string): string {
  return said
    .replace(/\s+/g, ' ')
    .replace(/(?:[A-Za-z]:\\|\/)(?:[^\s'":,]+[\\/])+[^\s'":,]*/g, '…')
    .slice(0, 200);
}
