import type Anthropic from '@anthropic-ai/sdk';
import type {
  MessageCreateParamsStreaming,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { Permit } from '../privacy/permit.ts';
import type { Usage } from '../vocabulary/attempt.ts';
import type { Model, Tier } from '../vocabulary/model.ts';
import { claudeBody } from './claudeBody.ts';
import { type ClaudeCall, claudeError, claudeUnreachable } from './claudeErrors.ts';
import { claudeModels, type ListedModel } from './claudeModels.ts';
import { directFetch } from './directFetch.ts';
import { type Guard, type GuardedFetch, guardedFetch, type Patience } from './guardedFetch.ts';
import { hostOf, isLoopback } from './hostName.ts';
import {
  type Call,
  type Composed,
  type Provider,
  ProviderError,
  type ProviderEvent,
  type Sendable,
} from './provider.ts';

export interface ClaudeOptions {
  /** Asked before each call, so that a key that was replaced or removed counts at once. */
  readonly apiKey: () => Promise<string | undefined>;
  /** Read before each call, as are the tiers: settings change while Maia runs. */
  readonly baseUrl: () => string;
  /** The id that stands for each tier. */
  readonly tiers: () => Readonly<Record<Tier, string>>;
  /** The editor's own fetch, or one that knows the environment's proxy. A base URL on loopback is asked directly. */
  readonly fetch?: typeof fetch;
  /** For a base URL on loopback; `directFetch` by default. */
  readonly loopbackFetch?: typeof fetch;
  readonly patience?: Patience;
}

export interface ClaudeProvider extends Provider {
  /** The three tiers as far as they are known; asks nobody. */
  known(): readonly Model[];
}

/** A prompt of a million tokens is read before the headers; pings keep a thinking stream from being silent. */
const messagePatience: Patience = { headersMs: 120_000, idleMs: 90_000 };
const listPatience: Patience = { headersMs: 10_000, idleMs: 10_000 };

/**
 * Claude through Anthropic's own SDK. Sends with a permit alone, and exactly the permit's bytes. `host` throws a
 * TypeError where the base URL is none.
 */
export function createClaudeProvider(options: ClaudeOptions): ClaudeProvider {
  return new Claude(options);
}

class Claude implements ClaudeProvider {
  readonly id = 'claude';
  readonly #options: ClaudeOptions;
  #listed: readonly ListedModel[] = [];

  constructor(options: ClaudeOptions) {
    this.#options = options;
  }

  get host(): string {
    return hostOf(this.#options.baseUrl());
  }

  known(): readonly Model[] {
    return claudeModels(this.#options.tiers(), this.#listed);
  }

  /**
   * The three tiers, their limits as Anthropic lists them for this key.
   *
   * @throws {ProviderError} `noKey`, or why the list could not be read; what is known without it is in `known()`.
   */
  async models(signal: AbortSignal): Promise<readonly Model[]> {
    signal.throwIfAborted();
    const baseUrl = this.#options.baseUrl();
    const guarded = this.#guard(baseUrl, { model: '', signal, patience: listPatience });
    try {
      const client = await this.#client(guarded, baseUrl);
      const page = await client.models.list({ limit: 100 }, { signal });
      // A gateway at the base URL may have no list: then the table holds.
      const rows: unknown = page.data;
      if (Array.isArray(rows)) this.#listed = rows as ListedModel[];
      return this.known();
    } catch (error) {
      throw failed(error, guarded, signal, { host: hostOf(baseUrl), model: '', begun: false });
    } finally {
      guarded.close();
    }
  }

  compose(call: Call): Composed {
    return { model: call.model, host: this.host, body: claudeBody(call) };
  }

  async *stream(sendable: Sendable, signal: AbortSignal): AsyncGenerator<ProviderEvent, void, undefined> {
    signal.throwIfAborted();
    // One address from here on: the setting may name another one before the first byte leaves.
    const baseUrl = this.#options.baseUrl();
    const host = hostOf(baseUrl);
    const { composed } = admitted(sendable, host);
    const model = composed.model.id.name;
    let begun = false;
    const guarded = this.#guard(baseUrl, {
      model,
      signal,
      patience: this.#options.patience ?? messagePatience,
      body: composed.body,
      onHeaders: (headers) => {
        const type = headers.get('content-type') ?? '';
        if (!type.startsWith('text/event-stream')) return claudeUnreachable(host);
        begun = true;
        return undefined;
      },
    });
    try {
      const client = await this.#client(guarded, baseUrl);
      const params = JSON.parse(composed.body) as MessageCreateParamsStreaming;
      const events = await client.messages.create(params, { signal });
      yield* answer(events, model);
    } catch (error) {
      throw failed(error, guarded, signal, { host, model, begun });
    } finally {
      guarded.close();
    }
  }

  #guard(baseUrl: string, guard: Omit<Guard, 'host' | 'throwStatus'>): GuardedFetch {
    const { fetch: editorFetch = fetch, loopbackFetch = directFetch } = this.#options;
    const base = isLoopback(baseUrl) ? loopbackFetch : editorFetch;
    return guardedFetch(base, { ...guard, host: hostOf(baseUrl), throwStatus: true });
  }

  async #client(guarded: GuardedFetch, baseURL: string): Promise<Anthropic> {
    const apiKey = (await this.#options.apiKey())?.trim();
    // Without a key the SDK would look for a login on disk that was never meant for Maia.
    if (!apiKey)
      throw new ProviderError({ code: 'noKey', params: {} }, 'elsewhere', { fault: 'account', free: true });
    // No header can carry it, so nobody has issued it: a key that was pasted with something around it.
    if (!/^[\x21-\x7e]+$/.test(apiKey))
      throw new ProviderError({ code: 'badKey', params: {} }, 'elsewhere', { fault: 'account', free: true });
    const { default: Client } = await import('@anthropic-ai/sdk');
    return withoutCustomHeaders(
      () =>
        new Client({
          apiKey,
          baseURL,
          fetch: guarded.fetch,
          maxRetries: 0,
          timeout: 24 * 3_600_000,
          logLevel: 'off',
          // Spans could carry prompts to whoever collects them.
          openTelemetry: false,
        }),
    );
  }
}

function failed(error: unknown, guarded: GuardedFetch, signal: AbortSignal, call: ClaudeCall): unknown {
  return signal.aborted ? signal.reason : claudeError(guarded.thrown() ?? error, call);
}

const customHeaders = 'ANTHROPIC_CUSTOM_HEADERS';

/**
 * The SDK sends whatever headers this variable of the user's shell names, with every client. It is read in the
 * constructor alone; setting a header to null instead would also remove Maia's own of the same name.
 */
function withoutCustomHeaders<T>(construct: () => T): T {
  const { [customHeaders]: saved } = process.env;
  if (saved === undefined) return construct();
  delete process.env[customHeaders];
  try {
    return construct();
  } finally {
    process.env[customHeaders] = saved;
  }
}

/** The permit, if it is one, and for this very host. */
function admitted(sendable: Sendable, host: string): Permit {
  const refuse = (detail: string): never => {
    throw new ProviderError({ code: 'unexpected', params: { detail } }, 'never', {
      fault: 'request',
      free: true,
    });
  };
  if (!(sendable instanceof Permit)) return refuse('no permit for the cloud');
  if (sendable.boundary !== 'cloud') return refuse('permit for another boundary');
  // The setting was changed after the permit had been issued.
  if (sendable.composed.host !== host)
    throw new ProviderError(
      { code: 'claudeUnreachable', params: { host: sendable.composed.host } },
      'elsewhere',
      {
        fault: 'request',
        free: true,
      },
    );
  const said = (JSON.parse(sendable.composed.body) as { model?: unknown }).model;
  if (said !== sendable.composed.model.id.name) return refuse('permit for another model');
  return sendable;
}

/** What a tool call has come to while its input streams. */
interface OpenCall {
  readonly callId: string;
  readonly name: string;
  json: string;
}

/** Reads Anthropic's events by their block's type; ends only where a stop reason came. */
async function* answer(
  events: AsyncIterable<RawMessageStreamEvent>,
  model: string,
): AsyncGenerator<ProviderEvent, void, undefined> {
  const open = new Map<number, OpenCall>();
  const calls: Extract<ProviderEvent, { type: 'toolCall' }>[] = [];
  let usage: Usage = {
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    cacheWrite1hTokens: 0,
  };
  let stop: string | undefined;
  let brokenCall = false;
  for await (const event of events) {
    switch (event.type) {
      case 'message_start':
        usage = merged(usage, event.message.usage);
        yield { type: 'usage', usage, final: false };
        break;
      case 'content_block_start': {
        const block = event.content_block;
        if (block.type === 'tool_use')
          open.set(event.index, { callId: block.id, name: block.name, json: '' });
        else if (block.type === 'text' && block.text) yield { type: 'text', text: block.text };
        break;
      }
      case 'content_block_delta': {
        const { delta } = event;
        const call = open.get(event.index);
        if (delta.type === 'text_delta' && delta.text) yield { type: 'text', text: delta.text };
        else if (delta.type === 'thinking_delta' && delta.thinking)
          yield { type: 'thinking', text: delta.thinking };
        else if (delta.type === 'input_json_delta' && call) call.json += delta.partial_json;
        break;
      }
      case 'content_block_stop': {
        const call = open.get(event.index);
        open.delete(event.index);
        if (!call) break;
        const input = toolInput(call.json);
        if (input) calls.push({ type: 'toolCall', callId: call.callId, name: call.name, input });
        else brokenCall = true;
        break;
      }
      case 'message_delta':
        usage = merged(usage, event.usage);
        stop = event.delta.stop_reason ?? stop;
        yield { type: 'usage', usage, final: stop !== undefined };
        break;
      case 'message_stop':
        break;
    }
  }
  const cutShort = { code: 'answerCut', params: { model } } as const;
  if (stop === undefined) throw new ProviderError(cutShort, 'again');
  if (stop === 'tool_use') {
    // A call that can't be read is no call: nothing may act on half of its input.
    if (brokenCall || calls.length === 0) throw new ProviderError(cutShort, 'again', { fault: 'request' });
    yield* calls;
  }
  yield { type: 'end', end: endOf(stop) };
}

function endOf(stop: string): Extract<ProviderEvent, { type: 'end' }>['end'] {
  switch (stop) {
    case 'refusal':
      return 'refused';
    case 'tool_use':
      return 'toolCalls';
    // `pause_turn` stops in the middle of server tools, which Maia does not offer: whatever came is not whole.
    case 'max_tokens':
    case 'model_context_window_exceeded':
    case 'pause_turn':
      return 'length';
    default:
      return 'complete';
  }
}

function toolInput(json: string): object | undefined {
  if (json === '') return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Usage fields of `message_start` and `message_delta`; a field that is missing or null leaves what was known. */
interface WireUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_creation?: {
    readonly ephemeral_5m_input_tokens?: number | null;
    readonly ephemeral_1h_input_tokens?: number | null;
  } | null;
}

function merged(before: Usage, said: WireUsage | undefined): Usage {
  if (!said) return before;
  const hour = said.cache_creation?.ephemeral_1h_input_tokens ?? before.cacheWrite1hTokens;
  const written = said.cache_creation_input_tokens;
  return {
    inputTokens: said.input_tokens ?? before.inputTokens,
    outputTokens: said.output_tokens ?? before.outputTokens,
    cacheReadTokens: said.cache_read_input_tokens ?? before.cacheReadTokens,
    cacheWriteTokens:
      said.cache_creation?.ephemeral_5m_input_tokens ??
      (written === undefined || written === null ? before.cacheWriteTokens : Math.max(0, written - hour)),
    cacheWrite1hTokens: hour,
  };
}
