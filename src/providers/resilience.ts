import {
  BrokenCircuitError,
  type BulkheadPolicy,
  BulkheadRejectedError,
  bulkhead,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
} from 'cockatiel';
import type { Model, ModelId, ProviderId } from '../vocabulary/model.ts';
import { EventChannel } from './eventChannel.ts';
import { type Fault, type Provider, ProviderError, type ProviderEvent, type Sendable } from './provider.ts';

export interface ResilienceOptions {
  /** How often a call is asked again before its first byte. */
  readonly retries?: number;
  /** The first wait before asking again, in milliseconds; doubles each time, with jitter. */
  readonly firstWaitMs?: number;
  /** No wait is longer, in milliseconds. */
  readonly longestWaitMs?: number;
  /** Calls of one provider at once; further ones wait. */
  readonly atOnce?: number;
  /** Calls of one provider that may wait for their turn. */
  readonly waiting?: number;
  /** Failures in a row that open a provider's breaker. */
  readonly providerBreaksAfter?: number;
  /** Failures in a row that open a model's breaker (it does not load, it crashes, it stalls). */
  readonly modelBreaksAfter?: number;
  /** How long a breaker stays open, in milliseconds. */
  readonly providerRestsMs?: number;
  readonly modelRestsMs?: number;
}

const defaults: Required<ResilienceOptions> = {
  retries: 2,
  firstWaitMs: 500,
  longestWaitMs: 20_000,
  atOnce: 8,
  waiting: 24,
  providerBreaksAfter: 4,
  modelBreaksAfter: 2,
  providerRestsMs: 15_000,
  modelRestsMs: 60_000,
};

export interface Resilience {
  /** One call with retries, turn and breakers. Events and errors are the provider's own, and `retrying`. */
  stream(provider: Provider, sendable: Sendable, signal: AbortSignal): AsyncIterable<ProviderEvent>;
  /** Whether a call of this model would be refused now, since it or its provider kept failing. */
  failing(model: ModelId): boolean;
  /** The provider was seen to work again: its breaker closes at once, its models' stay. */
  recovered(provider: ProviderId): void;
  onDidChange(listener: () => void): { dispose(): void };
}

/** A breaker and until when it is open, in epoch milliseconds. */
interface Fuse {
  readonly policy: CircuitBreakerPolicy;
  openUntil: number;
}

export function createResilience(options: ResilienceOptions = {}): Resilience {
  const set = { ...defaults, ...options };
  const bulkheads = new Map<ProviderId, BulkheadPolicy>();
  const fuses = new Map<string, Fuse>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  const fuse = (key: string, fault: Fault, breaksAfter: number, restsMs: number): Fuse => {
    const known = fuses.get(key);
    if (known) return known;
    const policy = circuitBreaker(
      handleWhen((error) => error instanceof ProviderError && error.fault === fault),
      { halfOpenAfter: restsMs, breaker: new ConsecutiveBreaker(breaksAfter) },
    );
    const made: Fuse = { policy, openUntil: 0 };
    policy.onStateChange((state) => {
      made.openUntil = state === CircuitState.Open ? Date.now() + restsMs : 0;
      changed();
    });
    fuses.set(key, made);
    return made;
  };
  const providerFuse = (id: ProviderId) => fuse(id, 'provider', set.providerBreaksAfter, set.providerRestsMs);
  const modelFuse = (id: ModelId) =>
    fuse(`${id.provider}/${id.name}`, 'model', set.modelBreaksAfter, set.modelRestsMs);
  const isOpen = (key: string) => (fuses.get(key)?.openUntil ?? 0) > Date.now();

  const turnOf = (id: ProviderId): BulkheadPolicy => {
    const known = bulkheads.get(id) ?? bulkhead(set.atOnce, set.waiting);
    bulkheads.set(id, known);
    return known;
  };

  async function* stream(
    provider: Provider,
    sendable: Sendable,
    signal: AbortSignal,
  ): AsyncGenerator<ProviderEvent, void, undefined> {
    signal.throwIfAborted();
    const { model } = sendable.composed;
    const left = new AbortController();
    const within = AbortSignal.any([signal, left.signal]);
    const channel = new EventChannel<ProviderEvent>();
    const stop = () => channel.fail(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    let begun = false;

    const again = retry(
      handleWhen(
        (error) => !begun && error instanceof ProviderError && error.remedy === 'again' && error.free,
      ),
      { maxAttempts: set.retries, backoff: waits(set) },
    ).dangerouslyUnref();
    again.onRetry((event) => {
      const error = 'error' in event ? event.error : undefined;
      if (error instanceof ProviderError)
        channel.push({ type: 'retrying', failure: error.failure, afterMs: event.delay });
    });

    const once = async () => {
      within.throwIfAborted();
      for await (const event of provider.stream(sendable, within)) {
        begun ||= event.type !== 'loading' && event.type !== 'queued' && event.type !== 'retrying';
        channel.push(event);
      }
    };
    const outer = providerFuse(provider.id).policy;
    const inner = modelFuse(model.id).policy;
    const broken = () => lastFailure(inner) ?? lastFailure(outer);
    turnOf(provider.id)
      .execute(
        () => again.execute(() => outer.execute(() => inner.execute(once, within), within), within),
        within,
      )
      .then(
        () => channel.end(),
        (error) => channel.fail(signal.aborted ? signal.reason : told(error, model, broken)),
      );
    // A wait between two tries keeps the process only as long as somebody reads: a cancelled one must not.
    const reading = setInterval(() => {}, 60_000);
    try {
      yield* channel.read();
    } finally {
      clearInterval(reading);
      signal.removeEventListener('abort', stop);
      left.abort();
    }
  }

  return {
    stream,
    failing: (model) => isOpen(model.provider) || isOpen(`${model.provider}/${model.name}`),
    recovered(provider) {
      if (!isOpen(provider)) return;
      fuses.delete(provider);
      changed();
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}

/** What the server asked to wait, else twice as long each time, less up to a quarter. */
function waits(set: Required<ResilienceOptions>) {
  return new DelegateBackoff<{ readonly attempt: number; readonly result: object }>(({ attempt, result }) => {
    const error = 'error' in result ? result.error : undefined;
    const asked = error instanceof ProviderError ? error.retryAfterMs : undefined;
    const own = set.firstWaitMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 4);
    return Math.min(set.longestWaitMs, asked ?? own);
  });
}

function lastFailure(policy: CircuitBreakerPolicy): ProviderError | undefined {
  if (policy.state !== CircuitState.Open) return undefined;
  const last = policy.lastFailure;
  return last && 'error' in last && last.error instanceof ProviderError ? last.error : undefined;
}

/** Cockatiel's own errors in the provider's words. */
function told(error: unknown, model: Model, broken: () => ProviderError | undefined): unknown {
  if (error instanceof BulkheadRejectedError)
    return new ProviderError(
      model.id.provider === 'ollama'
        ? { code: 'queueFull', params: { model: model.id.name } }
        : { code: 'overloaded', params: { model: model.id.name } },
      'elsewhere',
      { cause: error, fault: 'request', free: true },
    );
  if (error instanceof BrokenCircuitError) {
    const last = broken();
    if (last)
      return new ProviderError(last.failure, 'elsewhere', { cause: error, fault: 'request', free: true });
  }
  if (error instanceof TaskCancelledError || error instanceof BrokenCircuitError)
    return new ProviderError({ code: 'stalled', params: { model: model.id.name, seconds: 0 } }, 'elsewhere', {
      cause: error,
      fault: 'request',
      free: true,
    });
  return error;
}
