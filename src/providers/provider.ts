import type { Permit } from '../privacy/permit.ts';
import type { Usage } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { PullProgress } from '../vocabulary/health.ts';
import type { Model, ProviderId } from '../vocabulary/model.ts';
import type { Message, Tool } from '../vocabulary/request.ts';

/** One call of one model, before it has the wire's form. */
export interface Call {
  readonly model: Model;
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly toolChoice: 'auto' | 'required';
  /** Tokens that the window has to hold: prompt and answer. */
  readonly windowTokens: number;
  /** Thinking included: leave Claude at least 1,024 tokens beyond the answer. */
  readonly maxOutputTokens: number;
  readonly think: boolean;
  /** Claude only: how much it thinks. */
  readonly effort: 'low' | 'medium' | 'high';
  /** Ollama only: the same answer each time, as far as it can be. */
  readonly fixed?: true;
  /** Asks how likely each token of the answer is, where the provider can tell. */
  readonly logprobs?: true;
  /** Ollama only, its own form; absent = the server's. */
  readonly keepAlive?: string;
}

/** The very text that would go over the wire. */
export interface Composed {
  readonly model: Model;
  /** Host and port that it would go to. */
  readonly host: string;
  readonly body: string;
}

/** What may be sent: to this machine as composed, anywhere else only with a permit for these bytes. */
export type Sendable = { readonly boundary: 'machine'; readonly composed: Composed } | Permit;

/** A token of an answer and how likely it was. */
export interface TokenLogprob {
  readonly text: string;
  /** Natural, <= 0. */
  readonly logprob: number;
}

export type ProviderEvent =
  /** No headers yet and the model is not in memory. */
  | { readonly type: 'loading'; readonly bytes?: number }
  /** No headers yet and the model serves somebody else. */
  | { readonly type: 'queued' }
  /** The call failed before its first byte, without cost, and is asked again after `afterMs`. */
  | { readonly type: 'retrying'; readonly failure: Failure; readonly afterMs: number }
  | { readonly type: 'text'; readonly text: string; readonly tokens?: readonly TokenLogprob[] }
  | { readonly type: 'thinking'; readonly text: string }
  | { readonly type: 'toolCall'; readonly callId: string; readonly name: string; readonly input: object }
  /** As reported so far; the last one counts. `final` once the provider has closed its account. */
  | { readonly type: 'usage'; readonly usage: Usage; readonly final: boolean }
  | {
      readonly type: 'end';
      readonly end: 'complete' | 'length' | 'toolCalls' | 'refused';
      readonly loadMs?: number;
      readonly generateMs?: number;
      readonly promptMs?: number;
      /** Tokens of the prompt that were read: all but what was still there from the prompt before. */
      readonly promptTokensRead?: number;
    };

/** `again`: the same model may answer a quick retry; `elsewhere`: another model; `never`: the request itself is at fault. */
export type Remedy = 'again' | 'elsewhere' | 'never';

/**
 * Who is to blame, and so which circuit breaker counts it: the provider's, the model's, or none (the request, or the
 * user's account).
 */
export type Fault = 'provider' | 'model' | 'request' | 'account';

export interface ProviderErrorDetails {
  readonly cause?: unknown;
  readonly fault?: Fault;
  /** The provider said that nothing was computed, or it never got the request: asking again costs nothing twice. */
  readonly free?: boolean;
  /** What the provider asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Thrown by every call of a provider; an abort throws the signal's reason instead. */
export class ProviderError extends Error {
  readonly failure: Failure;
  readonly remedy: Remedy;
  readonly fault: Fault;
  readonly free: boolean;
  readonly retryAfterMs: number | undefined;
  constructor(failure: Failure, remedy: Remedy, details: ProviderErrorDetails = {}) {
    super(failure.code, { cause: details.cause });
    this.name = 'ProviderError';
    this.failure = failure;
    this.remedy = remedy;
    this.fault = details.fault ?? 'provider';
    this.free = details.free ?? false;
    this.retryAfterMs = details.retryAfterMs;
  }
}

export interface Provider {
  readonly id: ProviderId;
  /** Host and port that it talks to. */
  readonly host: string;
  /** Installed or available models, with what is loaded. Throws ProviderError. */
  models(signal: AbortSignal): Promise<readonly Model[]>;
  /** The wire's form of a call; sends nothing. */
  compose(call: Call): Composed;
  /** Ends after one `end` event; throws ProviderError, or the signal's reason. Closes the connection in every case. */
  stream(sendable: Sendable, signal: AbortSignal): AsyncIterable<ProviderEvent>;
}

/** What Ollama can do besides answering. */
export interface LocalProvider extends Provider {
  /** The cheapest question there is: whether the server answers, and as what version. Throws ProviderError. */
  version(signal: AbortSignal): Promise<string>;
  pull(name: string, signal: AbortSignal): AsyncIterable<PullProgress>;
  /** Frees the model's memory. */
  unload(name: string, signal: AbortSignal): Promise<void>;
  /** Loads without asking anything. */
  load(name: string, signal: AbortSignal): Promise<void>;
}
