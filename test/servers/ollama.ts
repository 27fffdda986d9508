import type { ServerResponse } from 'node:http';
import { pathToFileURL } from 'node:url';
import type { Prompt } from './answers/prompt.ts';
import { type ChatServer, chat, complete } from './ollama/chat.ts';
import { parseBody, sendEngineError, sendJson, sendText, WireError } from './ollama/goJson.ts';
import type { ModelSpec } from './ollama/modelSpec.ts';
import { ModelStore, showOf, tagOf } from './ollama/modelStore.ts';
import { Pulls } from './ollama/pull.ts';
import { Scheduler } from './ollama/scheduler.ts';
import { type Arrival, type Arrivals, askedModel } from './wire/arrivals.ts';
import { type Fault, type FaultHandle, Faults, type FaultTarget, gone, holdAt } from './wire/faults.ts';
import { type Handler, LoopbackServer, sendWhole, type Transport } from './wire/loopbackServer.ts';

export interface OllamaOptions {
  /** What is installed; a name is enough. `codellama:13b` and `llama3.2:3b` by default. */
  readonly models?: readonly (ModelSpec | string)[];
  /** What there is to pull. */
  readonly registry?: readonly (ModelSpec | string)[];
  /** For every model that does not say otherwise: as fast as can be and no load time by default. */
  readonly defaults?: Partial<ModelSpec>;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** `OLLAMA_CONTEXT_LENGTH`; 4,096 by default. */
  readonly contextLength?: number;
  /** `OLLAMA_MAX_QUEUE`; 512 by default. */
  readonly maxQueue?: number;
  /** `OLLAMA_MAX_LOADED_MODELS`; 3 by default. */
  readonly maxLoaded?: number;
  /** Bytes that models may take together; 64 GiB by default. */
  readonly memoryBytes?: number;
  /** `OLLAMA_KEEP_ALIVE` in milliseconds; 5 minutes by default. */
  readonly keepAliveMs?: number;
  /** Whether cloud models answer; else they are 401. */
  readonly signedIn?: boolean;
  /** What it listens on; 127.0.0.1 by default. */
  readonly transport?: (handler: Handler) => Transport;
  /** What its models say, in place of what a prompt leads to; undefined leaves that one to the prompt. */
  readonly says?: (prompt: Prompt) => string | undefined;
  /** Milliseconds between two reports of a pull; 0 by default. */
  readonly pullReportMs?: number;
}

export interface OllamaServer {
  readonly url: string;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly Arrival[];
  readonly arrivals: Arrivals;
  /** Lets the next call (of `/api/chat`, unless told otherwise) go wrong. */
  fail(fault: Fault, target?: FaultTarget): FaultHandle;
  /** Lets the next call stand still at a point until it is released. */
  hold(
    at: Extract<Fault, { how: 'hold' }>['at'],
    target?: FaultTarget & { afterTokens?: number },
  ): FaultHandle;
  /** All loads take this long from now on; undefined gives each model its own time again. */
  slowLoads(ms: number | undefined): void;
  /** All loads fail with this last word of the engine; undefined ends it. */
  failLoads(lastWord: string | undefined): void;
  /** The engine of a model (of all) dies, as when its process is killed. */
  crashEngine(model?: string): void;
  /** The server dies: connections drop, the port refuses, memory is free. */
  crash(): Promise<void>;
  /** Comes back on its port after `crash`. */
  restart(): Promise<void>;
  install(model: ModelSpec | string): void;
  remove(model: string): void;
  /** Names of the models in memory. */
  loaded(): string[];
  /** Bytes of a model's large layer that pulls have fetched so far. */
  pulled(model: string): number;
  close(): Promise<void>;
}

const asSpec = (model: ModelSpec | string): ModelSpec =>
  typeof model === 'string' ? { name: model } : model;

/** The texts of Ollama 0.33 for what goes wrong outside of a model. */
export const ollamaFaults = {
  queueFull: (): Fault => ({
    how: 'status',
    status: 503,
    body: { error: 'server busy, please try again.  maximum pending requests exceeded' },
  }),
  loadFails: (lastWord = ''): Fault => ({
    how: 'status',
    status: 500,
    body: { error: `llama-server process has terminated: exit status 1${lastWord ? `: ${lastWord}` : ''}` },
  }),
  engineCrash: (afterTokens: number): Fault => ({
    how: 'error',
    afterTokens,
    message: 'an error was encountered while running the model: unexpected EOF',
  }),
  redirect: (location: string): Fault => ({
    how: 'status',
    status: 307,
    body: '',
    headers: { Location: location },
  }),
  notOllama: (): Fault => ({
    how: 'status',
    status: 200,
    body: '<!doctype html><title>It works</title>',
    headers: { 'Content-Type': 'text/html' },
  }),
} as const;

const getOnly = new Set(['/', '/api/version', '/api/tags', '/api/ps']);
const postOnly = new Set(['/api/show', '/api/chat', '/api/generate', '/api/pull', '/api/copy', '/api/embed']);

/** Starts an Ollama 0.33 on loopback that answers from the prompts it gets. */
export async function startOllama(options: OllamaOptions = {}): Promise<OllamaServer> {
  const store = new ModelStore(
    (options.models ?? ['codellama:13b', 'llama3.2:3b']).map(asSpec),
    (options.registry ?? []).map(asSpec),
    options.defaults ?? {},
  );
  const scheduler = new Scheduler({
    contextLength: options.contextLength ?? 4096,
    maxQueue: options.maxQueue ?? 512,
    maxLoaded: options.maxLoaded ?? 3,
    memoryBytes: options.memoryBytes ?? 64 * 2 ** 30,
  });
  const pulls = new Pulls(store, options.pullReportMs ?? 0);
  const faults = new Faults('/api/chat');
  const server: ChatServer = {
    store,
    scheduler,
    keepAliveMs: options.keepAliveMs ?? 300_000,
    signedIn: options.signedIn ?? false,
    says: options.says,
  };

  async function serve(arrival: Arrival, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const path = arrival.path.split('?')[0]!;
    const body = () => parseBody(arrival.body);
    const fault = faults.take(path, askedModel(arrival));
    await holdAt(fault, 'arrival', arrival, signal);
    if (fault?.fault.how === 'status') {
      fault.reach(arrival);
      const { status, body: text, headers } = fault.fault;
      if (typeof text === 'string') sendWhole(response, status, { ...headers }, text);
      else sendJson(response, status, text);
      return;
    }
    const method = arrival.method === 'HEAD' ? 'GET' : arrival.method;
    if ((getOnly.has(path) && method !== 'GET') || (postOnly.has(path) && method !== 'POST')) {
      response.setHeader('Allow', getOnly.has(path) ? 'HEAD, GET' : 'POST');
      return sendText(response, 405, '405 method not allowed');
    }
    switch (path) {
      case '/':
        return sendText(response, 200, 'Ollama is running', 'text/plain; charset=utf-8');
      case '/api/version':
        return sendJson(response, 200, { version: '0.33.0' });
      case '/api/tags':
        return sendJson(response, 200, { models: store.list().map(tagOf) });
      case '/api/ps':
        return sendJson(response, 200, { models: scheduler.list() });
      case '/api/show': {
        const asked = body();
        const name = store.checkName(asked.model ?? asked.name);
        const found = store.get(name);
        if (!found)
          throw new WireError(404, `model '${name.includes(':') ? name : `${name}:latest`}' not found`);
        return sendJson(response, 200, showOf(found));
      }
      case '/api/chat':
        return chat(server, { arrival, response, signal, body: body(), fault });
      case '/api/generate':
        return complete(server, { arrival, response, signal, body: body(), fault });
      case '/api/pull':
        return pulls.pull(body(), response, signal);
      case '/api/copy': {
        const { source = '', destination = '' } = body();
        for (const [end, name] of Object.entries({ source, destination }))
          if (!store.isName(name)) throw new WireError(400, `${end} ${JSON.stringify(name)} is invalid`);
        if (!store.copy(String(source), String(destination)))
          throw new WireError(404, `model "${source}" not found`);
        return void response.writeHead(200, { 'Content-Length': 0 }).end();
      }
      case '/api/delete': {
        const asked = body();
        const name = asked.model || asked.name;
        if (!name) throw new WireError(400, 'model is required');
        if (!store.isName(name)) throw new WireError(400, `name ${JSON.stringify(name)} is invalid`);
        if (!store.remove(name)) throw new WireError(404, `model '${name}' not found`);
        return void response.writeHead(200, { 'Content-Length': 0 }).end();
      }
      case '/api/embed':
        throw new WireError(501, 'This server does not support embeddings. Start it with `--embeddings`');
      default:
        return sendText(response, 404, '404 page not found');
    }
  }

  const handler: Handler = async (arrival, response, signal) => {
    try {
      await serve(arrival, response, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof WireError)) throw error;
      if (error.engine) sendEngineError(response, error.status, error.message);
      else sendJson(response, error.status, { error: error.message });
    }
  };
  const loopback = options.transport?.(handler) ?? new LoopbackServer(handler);
  await loopback.listen(options.port);

  return {
    get url() {
      return loopback.url;
    },
    requests: loopback.arrivals.list,
    arrivals: loopback.arrivals,
    fail: (fault, target) => faults.add(fault, target),
    hold: (at, target) => faults.add({ how: 'hold', at, afterTokens: target?.afterTokens }, target),
    slowLoads: (ms) => {
      scheduler.slowLoadMs = ms;
    },
    failLoads: (lastWord) => {
      scheduler.failLoad = lastWord;
    },
    crashEngine: (model) => scheduler.crashEngines(model),
    crash: async () => {
      await loopback.crash();
      scheduler.clear();
    },
    restart: () => loopback.listen(),
    install: (model) => void store.install(asSpec(model)),
    remove: (model) => void store.remove(model),
    loaded: () => scheduler.list().map(({ name }) => name),
    pulled: (model) => pulls.fetched(model),
    close: async () => {
      await loopback.close();
      scheduler.clear();
    },
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const models = process.argv.slice(2);
  const ollama = await startOllama({ models: models.length > 0 ? models : undefined });
  console.log(JSON.stringify({ ollama: ollama.url }));
  const end = new AbortController();
  process.once('SIGTERM', () => end.abort());
  process.once('SIGINT', () => end.abort());
  await gone(end.signal);
  await ollama.close();
}
