import { wait } from '../wire/pace.ts';
import { goTime, WireError } from './goJson.ts';
import type { FullModel } from './modelSpec.ts';
import { detailsOf } from './modelStore.ts';

export interface SchedulerOptions {
  /** The window when nobody sets one, in tokens: 4,096 below 24 GiB of GPU memory. */
  readonly contextLength: number;
  readonly maxQueue: number;
  readonly maxLoaded: number;
  /** Bytes that models may take together. */
  readonly memoryBytes: number;
}

/** The options that a model was loaded with; another set reloads it. */
export interface LoadOptions {
  readonly numCtx: number;
  /** Nobody asked for this window: two such never differ. */
  readonly numCtxAuto: boolean;
  readonly rest: string;
}

/** A model in memory. */
export interface Runner {
  readonly model: FullModel;
  readonly options: LoadOptions;
  readonly memoryBytes: number;
  keepAliveMs: number;
  /** Put off when a request ends; 0 until the first one has. */
  expiresAt: number;
  /** Makes room for another or for a reload: takes no new requests. */
  leaving: boolean;
  /** Requests that hold it, the waiting ones included. */
  users: number;
  /** The end of the queue of requests that it answers one by one. */
  tail: Promise<void>;
  /** Tokens of the last prompt: what begins alike is not read again. */
  cache: readonly string[];
  /** Its engine died; the list still shows it, the next request loads it again. */
  crashed: AbortController;
  timer?: NodeJS.Timeout;
}

export interface Hooks {
  /** Called when a request begins to wait for a load. */
  readonly onLoad: () => Promise<void>;
}

const runnerOptions = ['num_batch', 'num_gpu', 'main_gpu', 'use_mmap', 'num_thread'] as const;

/** What of a request decides about a reload. `shift` counts, `truncate` does not. */
export function loadOptions(
  model: FullModel,
  options: Record<string, unknown>,
  shift: boolean,
  server: number,
): LoadOptions {
  for (const name of ['num_ctx', ...runnerOptions.filter((each) => each !== 'use_mmap')]) {
    const value = options[name];
    if (value !== undefined && value !== null && !Number.isInteger(value))
      throw new WireError(500, `option "${name}" must be of type integer`);
  }
  const asked = (options.num_ctx as number | undefined) ?? model.numCtx;
  const wanted = asked ?? server;
  const floor = model.capabilities.includes('vision') ? Math.max(wanted, 2048) : Math.max(wanted, 4);
  return {
    numCtx: Math.min(floor, model.contextLength),
    numCtxAuto: asked === undefined,
    rest: JSON.stringify([shift, ...runnerOptions.map((name) => options[name] ?? null)]),
  };
}

function sameOptions(a: LoadOptions, b: LoadOptions): boolean {
  return a.rest === b.rest && (a.numCtx === b.numCtx || (a.numCtxAuto && b.numCtxAuto));
}

/** Loads, keeps, evicts and unloads models as Ollama's scheduler does: one load at a time, in order. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #loaded = new Map<string, Runner>();
  #waiting = 0;
  #loadTail: Promise<void> = Promise.resolve();
  #changed = Promise.withResolvers<void>();
  /** Milliseconds instead of each model's own, where set. */
  slowLoadMs: number | undefined;
  /** While set, every load fails and this is the engine's last word. */
  failLoad: string | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  get serverContext(): number {
    return this.#options.contextLength;
  }

  /** Gives a runner for the request, loading it where needed. The caller must `release` it. */
  async acquire(
    model: FullModel,
    options: LoadOptions,
    keepAliveMs: number,
    signal: AbortSignal,
    hooks: Hooks,
  ): Promise<Runner> {
    const ready = this.#usable(model, options);
    if (ready) return this.#use(ready, keepAliveMs);
    if (this.#waiting >= this.#options.maxQueue)
      throw new WireError(503, 'server busy, please try again.  maximum pending requests exceeded');
    this.#waiting += 1;
    const before = this.#loadTail;
    const mine = Promise.withResolvers<void>();
    this.#loadTail = mine.promise;
    try {
      await before;
      signal.throwIfAborted();
      return this.#use(
        this.#usable(model, options) ?? (await this.#load(model, options, keepAliveMs, signal, hooks)),
        keepAliveMs,
      );
    } finally {
      this.#waiting -= 1;
      mine.resolve();
    }
  }

  #usable(model: FullModel, options: LoadOptions): Runner | undefined {
    const runner = this.#loaded.get(model.name);
    if (!runner || runner.crashed.signal.aborted || runner.leaving) return undefined;
    return sameOptions(runner.options, options) ? runner : undefined;
  }

  #use(runner: Runner, keepAliveMs: number): Runner {
    clearTimeout(runner.timer);
    runner.users += 1;
    runner.keepAliveMs = keepAliveMs;
    return runner;
  }

  async #load(
    model: FullModel,
    options: LoadOptions,
    keepAliveMs: number,
    signal: AbortSignal,
    hooks: Hooks,
  ): Promise<Runner> {
    const old = this.#loaded.get(model.name);
    if (old) await this.#evict(old, signal);
    const memoryBytes = Math.round(model.sizeBytes * 1.05 + options.numCtx * 27_000);
    while (!this.#fits(memoryBytes)) {
      const all = [...this.#loaded.values()];
      const idle = all.find((runner) => runner.users === 0) ?? all[0]!;
      await this.#evict(idle, signal);
    }
    await hooks.onLoad();
    if (this.failLoad === undefined) await wait(this.slowLoadMs ?? model.loadMs, signal);
    if (this.failLoad !== undefined) {
      const known = /error:|CUDA error|GGML_ASSERT|not enough memory/.test(this.failLoad);
      throw new WireError(
        500,
        `llama-server process has terminated: exit status 1${known ? `: ${this.failLoad.trim()}` : ''}`,
      );
    }
    const runner: Runner = {
      model,
      options,
      memoryBytes,
      keepAliveMs,
      expiresAt: 0,
      leaving: false,
      users: 0,
      tail: Promise.resolve(),
      cache: [],
      crashed: new AbortController(),
    };
    this.#loaded.set(model.name, runner);
    return runner;
  }

  #fits(memoryBytes: number): boolean {
    const used = [...this.#loaded.values()].reduce((sum, runner) => sum + runner.memoryBytes, 0);
    if (this.#loaded.size === 0) return true;
    return this.#loaded.size < this.#options.maxLoaded && used + memoryBytes <= this.#options.memoryBytes;
  }

  /** Takes a runner out of memory once nobody uses it. */
  async #evict(runner: Runner, signal: AbortSignal): Promise<void> {
    runner.leaving = true;
    if (runner.users === 0 || runner.crashed.signal.aborted) this.#drop(runner);
    while (this.#loaded.get(runner.model.name) === runner) {
      await Promise.race([
        this.#changed.promise,
        new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
      ]);
      signal.throwIfAborted();
    }
  }

  #drop(runner: Runner): void {
    clearTimeout(runner.timer);
    if (this.#loaded.get(runner.model.name) === runner) this.#loaded.delete(runner.model.name);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  release(runner: Runner): void {
    runner.users -= 1;
    if (runner.users > 0 || this.#loaded.get(runner.model.name) !== runner) return;
    runner.expiresAt = Date.now() + runner.keepAliveMs;
    if (runner.keepAliveMs === 0 || runner.leaving) this.#drop(runner);
    else if (runner.keepAliveMs < 2 ** 31)
      runner.timer = setTimeout(() => this.#drop(runner), runner.keepAliveMs).unref();
  }

  /** Waits for the runner's other requests (parallel 1); the caller must call what it gets when it is done. */
  async turn(runner: Runner, signal: AbortSignal): Promise<() => void> {
    const before = runner.tail;
    const mine = Promise.withResolvers<void>();
    runner.tail = before.then(() => mine.promise);
    await Promise.race([
      before,
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    ]);
    if (signal.aborted) mine.resolve();
    signal.throwIfAborted();
    return mine.resolve;
  }

  /** Unloads at once where idle, else after the running requests. */
  expire(name: string): void {
    const runner = this.#loaded.get(name);
    if (!runner) return;
    runner.keepAliveMs = 0;
    if (runner.users === 0) this.#drop(runner);
  }

  /** The engine process of a model (of all models) dies. */
  crashEngines(name?: string): void {
    for (const runner of this.#loaded.values())
      if (name === undefined || runner.model.name === name) runner.crashed.abort();
  }

  clear(): void {
    for (const runner of [...this.#loaded.values()]) {
      runner.crashed.abort();
      this.#drop(runner);
    }
  }

  /** `/api/ps`: what is loaded, the longest stay first; a model that is still loading is not in it. */
  list() {
    return [...this.#loaded.values()]
      .map((runner) => ({ runner, expiresAt: runner.expiresAt || Date.now() + runner.keepAliveMs }))
      .sort((a, b) => b.expiresAt - a.expiresAt)
      .map(({ runner, expiresAt }) => ({
        name: runner.model.name,
        model: runner.model.name,
        size: runner.memoryBytes,
        digest: runner.model.digest,
        details: detailsOf(runner.model),
        expires_at: goTime(expiresAt),
        size_vram: Math.min(runner.model.gpuBytes, runner.memoryBytes),
        context_length: runner.options.numCtx,
      }));
  }
}
