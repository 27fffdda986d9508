import type { ChatRequest, Ollama } from 'ollama/browser';
import { Permit } from '../privacy/permit.ts';
import type { PullProgress } from '../vocabulary/health.ts';
import type { Boundary, Model } from '../vocabulary/model.ts';
import { type GuardedFetch, guardedFetch, type Patience } from './guardedFetch.ts';
import { ollamaBody, refusesLogprobs, windowFor, withoutLogprobs } from './ollamaBody.ts';
import { type Chunk, closing, inputOf, tokensOf } from './ollamaChunk.ts';
import { cut, notOllama, type OllamaCall, ollamaError } from './ollamaErrors.ts';
import { isRemote, ollamaModel, type PsRow, type ShowAnswer, type TagsRow } from './ollamaModels.ts';
import { OllamaServer } from './ollamaServer.ts';
import { PromptCache } from './promptCache.ts';
import {
  type Call,
  type Composed,
  type LocalProvider,
  ProviderError,
  type ProviderEvent,
  type Sendable,
} from './provider.ts';
import { wholeLines } from './wholeLines.ts';

export interface OllamaOptions {
  /** What setting or environment name as the host, in any form that `resolveOllamaHost` takes; read before each call. */
  readonly address: () => string | undefined;
  /** For a host that is not loopback: the editor's own fetch, or one that knows the environment's proxy. */
  readonly fetch?: typeof fetch;
  /** For loopback; `directFetch` by default. */
  readonly loopbackFetch?: typeof fetch;
  /** For a chat; loading, queueing and reading the prompt all happen before the headers. */
  readonly patience?: Patience;
}

/** Ollama itself gives up on a load after 5 minutes without progress; a long prompt on a slow machine comes on top. */
const chatPatience: Patience = { headersMs: 15 * 60_000, idleMs: 3 * 60_000 };
const askPatience: Patience = { headersMs: 10_000, idleMs: 10_000 };
const pullPatience: Patience = { headersMs: 60_000, idleMs: 5 * 60_000 };

/** How many descriptions are asked for at once. */
const describeAtOnce = 4;

/** The models of one Ollama server. Sends to a model of boundary `machine` as composed, to any other only with a permit. */
export function createOllamaProvider(options: OllamaOptions): LocalProvider {
  return new OllamaProvider(options);
}

class OllamaProvider implements LocalProvider {
  readonly id = 'ollama';
  readonly #options: OllamaOptions;
  readonly #patience: Patience;
  #server: OllamaServer | undefined;
  /** Streams under way by model name. */
  readonly #running = new Map<string, number>();
  readonly #prompts = new PromptCache();

  constructor(options: OllamaOptions) {
    this.#options = options;
    this.#patience = options.patience ?? chatPatience;
  }

  get host(): string {
    return this.#at().host;
  }

  /** The server as it is named now; what was learnt of another one is forgotten. */
  #at(): OllamaServer {
    const address = this.#options.address() ?? '';
    if (this.#server?.address !== address) {
      const { fetch: editorFetch, loopbackFetch } = this.#options;
      this.#server = new OllamaServer(address, editorFetch, loopbackFetch);
    }
    return this.#server;
  }

  async models(signal: AbortSignal): Promise<readonly Model[]> {
    const server = this.#at();
    const [tags, loaded] = await Promise.all([
      this.#ask<{ models?: unknown }>('', signal, (client) => client.list(), askPatience, server),
      this.#loaded(signal, server),
    ]);
    if (!Array.isArray(tags.models)) throw notOllama(this.#call(''));
    // By name: the server's own order changes with its clock.
    const rows = (tags.models as TagsRow[]).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    const shows = await this.#describe(rows, server, signal);
    server.remote.clear();
    const models = rows.map((row, at) => {
      const name = nameOf(row);
      const model = { ...ollamaModel(row, shows[at], loaded.get(name), server.boundary), host: server.host };
      server.remote.set(name, model.boundary === 'cloud');
      return model;
    });
    server.listed = models;
    return models;
  }

  async version(signal: AbortSignal): Promise<string> {
    const { version } = await this.#ask<{ version?: unknown }>('', signal, (client) => client.version());
    if (typeof version !== 'string') throw notOllama(this.#call(''));
    return version;
  }

  compose(call: Call): Composed {
    const { logprobs, ...plain } = call;
    const asked = logprobs && !this.#at().refusesLogprobs ? call : plain;
    // The model's own host: the setting may have changed since it was chosen.
    return { model: call.model, host: call.model.host ?? this.host, body: ollamaBody(asked) };
  }

  async *stream(sendable: Sendable, signal: AbortSignal): AsyncGenerator<ProviderEvent, void, undefined> {
    signal.throwIfAborted();
    // One server from here on: the setting may name another one before the first byte leaves.
    const server = this.#at();
    const composed = await this.#admit(sendable, server, signal);
    const name = composed.model.id.name;
    const request = JSON.parse(composed.body) as ChatRequest & { stream: true };
    const windowTokens = request.options?.num_ctx ?? 0;
    let begun = false;
    let unasked: Composed | undefined;
    const guarded = guardedFetch(server.fetch, {
      host: server.host,
      model: name,
      signal,
      patience: this.#patience,
      body: composed.body,
      throwStatus: true,
      through: () =>
        wholeLines((seen) => {
          const call = { ...this.#call(name, server), begun: seen > 0 };
          return seen > 0 ? cut(call) : notOllama(call);
        }),
    });
    const readShare = this.#prompts.readShare(name, JSON.stringify([request.tools, request.messages]));
    const before = this.#running.get(name) ?? 0;
    this.#running.set(name, before + 1);
    try {
      const client = await this.#client(guarded, server);
      const answering = client.chat(request);
      answering.catch(() => {});
      const early = await Promise.race([
        answering.then(
          () => undefined,
          () => undefined,
        ),
        this.#waitingFor(composed.model, server, windowTokens, before > 0, signal),
      ]);
      if (early) yield early;
      let calls = 0;
      for await (const raw of await answering) {
        begun = true;
        const chunk = raw as Chunk;
        const { content, thinking, tool_calls } = chunk.message ?? {};
        if (thinking) yield { type: 'thinking', text: thinking };
        if (content) {
          const tokens = tokensOf(chunk);
          yield { type: 'text', text: content, ...(tokens ? { tokens } : {}) };
        }
        for (const called of tool_calls ?? []) {
          const tool = called.function?.name;
          if (!tool) continue;
          calls += 1;
          const callId = called.id ?? `call_${calls}`;
          yield { type: 'toolCall', callId, name: tool, input: inputOf(called.function?.arguments) };
        }
        if (chunk.done) yield* closing(chunk, calls, readShare);
      }
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const failed = ollamaError(guarded.thrown() ?? error, {
        ...this.#call(name, server),
        windowTokens,
        begun,
      });
      if (!refusesLogprobs(failed, composed)) throw failed;
      server.refusesLogprobs = true;
      // Other bytes than these need another permit.
      if (sendable instanceof Permit) throw failed;
      unasked = withoutLogprobs(composed);
    } finally {
      guarded.close();
      this.#running.set(name, (this.#running.get(name) ?? 1) - 1);
    }
    if (unasked) yield* this.stream({ boundary: 'machine', composed: unasked }, signal);
  }

  async *pull(name: string, signal: AbortSignal): AsyncGenerator<PullProgress, void, undefined> {
    signal.throwIfAborted();
    const guarded = guardedFetch(this.#at().fetch, {
      host: this.host,
      model: name,
      signal,
      patience: pullPatience,
      throwStatus: true,
      through: () => wholeLines((seen) => (seen > 0 ? cut(this.#call(name)) : notOllama(this.#call(name)))),
    });
    try {
      const client = await this.#client(guarded);
      for await (const step of await client.pull({ model: name, stream: true }))
        yield {
          status: step.status,
          ...(step.completed === undefined ? {} : { completedBytes: step.completed }),
          ...(step.total === undefined ? {} : { totalBytes: step.total }),
        };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      const thrown = guarded.thrown() ?? error;
      if (thrown instanceof Error && /file does not exist|invalid model name/.test(thrown.message))
        throw new ProviderError({ code: 'modelMissing', params: { model: name } }, 'never', {
          cause: thrown,
          fault: 'request',
          free: true,
        });
      throw ollamaError(thrown, this.#call(name));
    } finally {
      guarded.close();
    }
  }

  async unload(name: string, signal: AbortSignal): Promise<void> {
    await this.#ask(name, signal, (client) => client.chat({ model: name, messages: [], keep_alive: 0 }));
  }

  async load(name: string, signal: AbortSignal): Promise<void> {
    const model = this.#at().listed.find((listed) => listed.id.name === name);
    const options = model ? { num_ctx: windowFor(model, 0) } : {};
    const request = { model: name, messages: [], options };
    await this.#ask(name, signal, (client) => client.chat(request), this.#patience);
  }

  #call(model: string, { host } = this.#at()): OllamaCall {
    return { host, model, windowTokens: 0, begun: false };
  }

  async #client(guarded: GuardedFetch, { url, host } = this.#at()): Promise<Ollama> {
    // The package's browser half: its Node half reads an image's text from disk where a file is named so.
    const { Ollama } = await import('ollama/browser');
    if (url === '')
      throw new ProviderError({ code: 'ollamaUnreachable', params: { host } }, 'elsewhere', { free: true });
    return new Ollama({ host: url, fetch: guarded.fetch });
  }

  /** One question with one answer. */
  async #ask<T>(
    model: string,
    signal: AbortSignal,
    question: (client: Ollama) => Promise<unknown>,
    patience = askPatience,
    server = this.#at(),
  ): Promise<T> {
    signal.throwIfAborted();
    const guarded = guardedFetch(server.fetch, {
      host: server.host,
      model,
      signal,
      patience,
      throwStatus: true,
    });
    try {
      const answer = await question(await this.#client(guarded, server));
      if (typeof answer !== 'object' || answer === null) throw notOllama(this.#call(model, server));
      return answer as T;
    } catch (error) {
      guarded.close();
      if (signal.aborted) throw signal.reason;
      const thrown = guarded.thrown() ?? error;
      // Nothing but a model's own answer may blame a model: a silent server is not reached.
      if (model === '' && thrown instanceof ProviderError && thrown.failure.code === 'stalled')
        throw new ProviderError({ code: 'ollamaUnreachable', params: { host: server.host } }, 'elsewhere', {
          cause: thrown,
          free: true,
        });
      throw ollamaError(thrown, this.#call(model, server));
    }
  }

  async #loaded(signal: AbortSignal, server = this.#at()): Promise<Map<string, PsRow>> {
    const ask = (client: Ollama) => client.ps();
    const { models } = await this.#ask<{ models?: unknown }>('', signal, ask, askPatience, server);
    const rows = Array.isArray(models) ? (models as PsRow[]) : [];
    return new Map(rows.map((row) => [nameOf(row), row]));
  }

  async #describe(
    rows: readonly TagsRow[],
    server: OllamaServer,
    signal: AbortSignal,
  ): Promise<(ShowAnswer | undefined)[]> {
    const found: (ShowAnswer | undefined)[] = rows.map((row) => server.shown.get(row.digest ?? ''));
    const missing = rows.flatMap((row, at) => {
      const name = nameOf(row);
      return found[at] || isRemote(name, row, undefined) ? [] : [{ row, at, name }];
    });
    const worker = async () => {
      for (let next = missing.shift(); next; next = missing.shift()) {
        try {
          const show = await this.#show(next.name, server, signal);
          found[next.at] = show;
          if (next.row.digest) server.shown.set(next.row.digest, show);
        } catch (error) {
          // Deleted meanwhile, or not describable: the list's own fields have to do.
          if (signal.aborted) throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: describeAtOnce }, worker));
    return found;
  }

  async #show(name: string, server: OllamaServer, signal: AbortSignal): Promise<ShowAnswer> {
    const ask = (client: Ollama) => client.show({ model: name });
    return await this.#ask<ShowAnswer>(name, signal, ask, askPatience, server);
  }

  /** The composed request, if it may go to this server as it is. */
  async #admit(sendable: Sendable, server: OllamaServer, signal: AbortSignal): Promise<Composed> {
    const { composed } = sendable;
    const { model } = composed;
    const name = model.id.name;
    const refuse = (detail: string): never => {
      throw new ProviderError({ code: 'unexpected', params: { detail } }, 'never', {
        fault: 'request',
        free: true,
      });
    };
    // The setting was changed after the request had been decided: the host that it was meant for is not there any more.
    if (composed.host !== server.host)
      throw new ProviderError({ code: 'ollamaUnreachable', params: { host: composed.host } }, 'elsewhere', {
        fault: 'request',
        free: true,
      });
    if ((JSON.parse(composed.body) as { model?: unknown }).model !== name)
      refuse('composed for another model');
    const remote =
      server.remote.get(name) ?? isRemote(name, undefined, await this.#show(name, server, signal));
    const actual: Boundary = remote ? 'cloud' : server.boundary;
    if (sendable instanceof Permit) {
      if (sendable.boundary !== actual || model.boundary !== actual) refuse('permit for another boundary');
      return composed;
    }
    if (actual !== 'machine' || model.boundary !== 'machine' || sendable.boundary !== 'machine') {
      const reason = { code: 'cloudBehindOllama', params: { model: name } } as const;
      if (remote)
        throw new ProviderError({ code: 'noPermit', params: { reason } }, 'never', {
          fault: 'request',
          free: true,
        });
      refuse('no permit for a host that is not this machine');
    }
    return composed;
  }

  /** Why no headers have come yet; undefined where nothing tells. */
  async #waitingFor(
    model: Model,
    server: OllamaServer,
    windowTokens: number,
    othersRun: boolean,
    signal: AbortSignal,
  ): Promise<ProviderEvent | undefined> {
    try {
      const row = (await this.#loaded(signal, server)).get(model.id.name);
      const reloads = row?.context_length !== undefined && row.context_length !== windowTokens;
      if (!row || reloads)
        return { type: 'loading', ...(model.sizeBytes === undefined ? {} : { bytes: model.sizeBytes }) };
      return othersRun ? { type: 'queued' } : undefined;
    } catch {
      return undefined;
    }
  }
}

function nameOf(row: TagsRow | PsRow): string {
  return row.name ?? row.model ?? '';
}
