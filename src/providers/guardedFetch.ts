import { ProviderError } from './provider.ts';

/** The longest silences, in milliseconds: until headers come, and between two pieces of the body. */
export interface Patience {
  readonly headersMs: number;
  readonly idleMs: number;
}

/** An answer whose status is not 2xx, before a client package has looked at it. */
export class HttpError extends Error {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
  constructor(status: number, body: string, headers: Headers) {
    super(`HTTP ${status}`);
    this.name = 'HttpError';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export interface Guard {
  /** Host and port, for the error's sentence. */
  readonly host: string;
  /** The model's name, for the error's sentence. */
  readonly model: string;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  /** When set, what is sent must be exactly this text. */
  readonly body?: string;
  /** Reads the body of an answer that is not 2xx and throws HttpError; otherwise the answer is passed on. */
  readonly throwStatus: boolean;
  /** Called as soon as an answer's headers have come, not for an error's that is thrown; what it returns is thrown. */
  readonly onHeaders?: (headers: Headers) => ProviderError | undefined;
  /** Looks at the body's bytes on their way. */
  readonly through?: () => TransformStream<Uint8Array, Uint8Array>;
}

export interface GuardedFetch {
  readonly fetch: typeof fetch;
  /** What the guard itself threw, however a client package has wrapped it since. */
  thrown(): unknown;
  /** Closes the connection. */
  close(): void;
}

/** The most that is read of an error's body, in characters. */
const errorBodyLimit = 64 * 1024;

/**
 * A fetch for one request: sends the composed bytes and no others, refuses redirects (a redirected body would reach a
 * host that nobody allowed), ends a silence that lasts too long, and closes the connection on the signal in each phase.
 */
export function guardedFetch(base: typeof fetch, guard: Guard): GuardedFetch {
  const own = new AbortController();
  let thrown: unknown;
  const fail = (error: unknown): never => {
    thrown ??= error;
    throw error;
  };
  /** Runs one wait; a silence that outlasts it closes the connection. Once for every piece of an answer, so it is light. */
  const within = async <T>(ms: number, wait: () => Promise<T>): Promise<T> => {
    const silence = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      thrown ??= new ProviderError(
        { code: 'stalled', params: { model: guard.model, seconds: Math.round(ms / 1000) } },
        'elsewhere',
        { fault: 'model' },
      );
      own.abort(thrown);
      silence.reject(thrown);
    }, ms);
    try {
      return await Promise.race([wait(), silence.promise]);
    } finally {
      clearTimeout(timer);
    }
  };

  const watched = (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const { done, value } = await within(guard.patience.idleMs, () => reader.read());
            if (done) controller.close();
            else controller.enqueue(value);
          } catch (error) {
            controller.error(thrown ?? error);
          }
        },
        async cancel(reason) {
          own.abort(reason);
          await reader.cancel(reason).catch(() => {});
        },
      },
      { highWaterMark: 0 },
    );
  };

  const sending: typeof fetch = async (input, init) => {
    if (guard.body !== undefined && init?.body !== guard.body)
      fail(
        new ProviderError(
          { code: 'unexpected', params: { detail: 'other bytes than those composed' } },
          'never',
          {
            fault: 'request',
            free: true,
          },
        ),
      );
    const signals = [own.signal, guard.signal, ...(init?.signal ? [init.signal] : [])];
    const signal = AbortSignal.any(signals);
    let response: Response;
    try {
      response = await within(guard.patience.headersMs, () =>
        base(input, { ...init, redirect: 'manual', signal }),
      );
    } catch (error) {
      return fail(thrown ?? error);
    }
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      own.abort();
      fail(
        new ProviderError({ code: 'redirectRefused', params: { host: guard.host } }, 'elsewhere', {
          free: true,
        }),
      );
    }
    let body = response.body ? watched(response.body) : null;
    if (!response.ok && guard.throwStatus) {
      const text = body ? (await readText(body)).slice(0, errorBodyLimit) : '';
      fail(new HttpError(response.status, text, new Headers([...response.headers])));
    }
    const wrong = guard.onHeaders?.(response.headers);
    if (wrong) {
      own.abort();
      fail(wrong);
    }
    if (body && response.ok && guard.through) body = body.pipeThrough(guard.through());
    const { status, statusText } = response;
    return new Response(body, { status, statusText, headers: new Headers([...response.headers]) });
  };

  return { fetch: sending, thrown: () => thrown, close: () => own.abort() };
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > errorBodyLimit) break;
  }
  return text;
}

/** The system's own code of a network failure (`ECONNREFUSED`, `UND_ERR_SOCKET`), searched through the causes. */
export function networkCode(error: unknown): string | undefined {
  let at: unknown = error;
  for (let depth = 0; depth < 6 && at instanceof Error; depth++) {
    const code: unknown = 'code' in at ? at.code : undefined;
    if (typeof code === 'string') return code;
    const inner: unknown = at instanceof AggregateError ? at.errors[0] : undefined;
    at = inner ?? at.cause;
  }
  return undefined;
}
