import { hostname } from 'node:os';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Log } from '../vocabulary/ports.ts';
import type { Ledger } from './ledger.ts';
import type {
  Answers,
  FromWorker,
  Read,
  RecordedOutcome,
  ToWorker,
  WorkerSetup,
  Write,
  Written,
} from './messages.ts';
import type { PriceOverrides } from './prices.ts';
import { LedgerError, unavailable } from './sqliteError.ts';

export interface LedgerOptions {
  /** The user's Maia folder, absolute; made (0700) at the first call. */
  readonly folder: string;
  /** Practice has a file of its own, so that its rows never mix with real ones. */
  readonly practice: boolean;
  /** The worker's program: `src/ledger/worker.ts`, or its bundle. */
  readonly workerUrl: URL;
  readonly log?: Log;
  /** Told what the user should hear once: that a damaged ledger was set aside. */
  readonly onNotice?: (failure: Failure) => void;
  /** The user's own prices, read at each call. */
  readonly overrides?: () => PriceOverrides;
  /** Model id of the baseline, read at each summary. */
  readonly baselineModel: () => string;
  /** Times in ms, for tests; what is left out has its default. */
  readonly limits?: Partial<LedgerLimits>;
  /** Starts the worker; a thread by default. */
  readonly startWorker?: (program: URL, options: WorkerOptions) => Worker;
}

export interface LedgerLimits {
  /** A call that takes longer is given up: the answer goes on. */
  readonly callMs: number;
  /** How long SQLite waits for another process that writes. */
  readonly busyMs: number;
  /** How often another process's writes are looked for, while somebody listens. */
  readonly watchMs: number;
  /** When after the first call the whole file is checked. */
  readonly checkAfterMs: number;
  /** After a worker that failed to start, the next try waits this long. */
  readonly restartMs: number;
  /** `close` ends the worker by force after this. */
  readonly closeMs: number;
  /** Upper limit of the file in pages of 4,096 bytes; 0 = none. */
  readonly maxPages: number;
}

const defaults: LedgerLimits = {
  callMs: 5_000,
  busyMs: 2_000,
  watchMs: 500,
  checkAfterMs: 10_000,
  restartMs: 5_000,
  closeMs: 1_500,
  maxPages: 0,
};

/** How long a change waits for others, ms. */
const tellAfterMs = 50;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: LedgerError) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The ledger, kept by a worker that starts at the first call: nothing here reads a file or loads SQLite. Calls are
 * done in the order in which they were made, and reject with a `LedgerError` whose `failure` says why. A process
 * that only listens is not kept alive by it.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const client = new LedgerClient(options);
  const overrides = (): PriceOverrides => options.overrides?.() ?? {};
  return {
    decided: (row) => client.write({ call: 'decided', row }).then(nothing),
    undecided: (row) => client.write({ call: 'undecided', row }).then(nothing),
    intend: (row) => client.write({ call: 'intend', row, overrides: overrides() }),
    attempted: (requestId, attempt) =>
      client
        .write({ call: 'attempted', requestId, attempt: unnamed(attempt), overrides: overrides() })
        .then(nothing),
    finished: (outcome, at) =>
      client
        .write({ call: 'finished', outcome: recorded(outcome), at, overrides: overrides() })
        .then(nothing),
    feedback: (requestId, feedback, at) =>
      client.write({ call: 'feedback', requestId, feedback, at }).then(nothing),
    mark: (conversation, at, cause) => client.write({ call: 'mark', conversation, at, cause }).then(nothing),
    marked: (conversation) => client.read({ call: 'marked', conversation }),
    egress: (row) => client.write({ call: 'egress', row }).then(nothing),
    left: (period, now) => client.read({ call: 'left', period, now }),
    measured: (reading) => client.write({ call: 'measured', reading }).then(nothing),
    probed: (result) => client.write({ call: 'probed', result }).then(nothing),
    machine: () => client.read({ call: 'machine' }),
    lastTurn: (conversation) => client.read({ call: 'lastTurn', conversation }),
    summary: (period, now) =>
      client.read({ call: 'summary', period, now, baselineModel: options.baselineModel() }),
    servedToday: (now) => client.read({ call: 'servedToday', now }),
    decisionOf: (requestId) => client.read({ call: 'decisionOf', requestId }),
    undecidedOf: (requestId) => client.read({ call: 'undecidedOf', requestId }),
    decisionInput: (requestId) => client.read({ call: 'decisionInput', requestId }),
    recall: (about) => client.read({ call: 'recall', ...about }),
    forgetLessons: (model) =>
      client.write({ call: 'forgetLessons', ...(model !== undefined && { model }) }).then(nothing),
    onDidChange: (listener) => client.listen(listener),
    close: () => client.close(),
  };
}

const nothing = (): void => undefined;

/** The answer's text and the proposal never reach the worker. */
function recorded(outcome: Outcome): RecordedOutcome {
  const { text: _text, proposal: _proposal, ...rest } = outcome;
  return { ...rest, attempts: rest.attempts.map(unnamed) };
}

/** A name that a model wrote is of its answer: only its place and its likelihood are kept. */
function unnamed(attempt: Attempt): Attempt {
  const weakest = attempt.confidence?.weakest;
  if (!attempt.confidence || !weakest) return attempt;
  const { logprob, token } = weakest;
  return { ...attempt, confidence: { ...attempt.confidence, weakest: { logprob, token } } };
}

class LedgerClient {
  readonly #options: LedgerOptions;
  readonly #limits: LedgerLimits;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  #worker: Worker | undefined;
  #lastId = 0;
  #failedAt = Number.NEGATIVE_INFINITY;
  #closed: Promise<void> | undefined;
  #telling: NodeJS.Timeout | undefined;
  #lastEnd = 'its worker does not start';

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#limits = { ...defaults, ...options.limits };
  }

  async write(message: Write): Promise<Written> {
    return (await this.#call(message)) as Written;
  }

  async read<Call extends Read['call']>(message: Extract<Read, { call: Call }>): Promise<Answers[Call]> {
    return (await this.#call(message)) as Answers[Call];
  }

  listen(listener: () => void): { dispose(): void } {
    const own = (): void => listener();
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#send({ type: 'watch', on: true });
    return {
      dispose: () => {
        if (this.#listeners.delete(own) && this.#listeners.size === 0)
          this.#send({ type: 'watch', on: false });
      },
    };
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  #call(body: Write | Read): Promise<unknown> {
    if (this.#closed) return Promise.reject(new LedgerError(unavailable('it was closed')));
    return new Promise((resolve, reject) => {
      const worker = this.#started();
      if (!worker) {
        reject(new LedgerError(unavailable(this.#lastEnd)));
        return;
      }
      const id = ++this.#lastId;
      const giveUp = (): void =>
        this.#settle(id, (one) => one.reject(new LedgerError(unavailable('no answer'))));
      this.#waiting.set(id, { resolve, reject, timer: setTimeout(giveUp, this.#limits.callMs) });
      worker.ref();
      try {
        worker.postMessage({ type: 'call', id, body } satisfies ToWorker);
      } catch {
        this.#settle(id, (one) => one.reject(new LedgerError(unavailable('not cloneable'))));
      }
    });
  }

  #started(): Worker | undefined {
    if (this.#worker) return this.#worker;
    if (performance.now() - this.#failedAt < this.#limits.restartMs) return undefined;
    const start = this.#options.startWorker ?? ((program, how) => new Worker(program, how));
    const worker = start(this.#options.workerUrl, { name: 'maia-ledger', workerData: this.#setup() });
    this.#worker = worker;
    worker.on('message', (message: FromWorker) => this.#heard(message));
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker));
    worker.unref();
    if (this.#listeners.size > 0) this.#send({ type: 'watch', on: true });
    return worker;
  }

  #setup(): WorkerSetup {
    const { folder, practice } = this.#options;
    const { busyMs, watchMs, checkAfterMs, maxPages } = this.#limits;
    const started = Math.round(Date.now() / 1000 - process.uptime());
    const owner = { host: hostname(), pid: process.pid, started };
    return { folder, practice, owner, busyMs, watchMs, checkAfterMs, ...(maxPages > 0 && { maxPages }) };
  }

  #heard(message: FromWorker): void {
    switch (message.type) {
      case 'done':
        this.#settle(message.id, (one) => one.resolve(message.value));
        break;
      case 'failed':
        this.#settle(message.id, (one) => one.reject(new LedgerError(message.failure)));
        break;
      case 'changed':
        this.#changed();
        break;
      case 'notice':
        this.#options.onNotice?.(message.failure);
        break;
      case 'log':
        this.#options.log?.[message.level](message.line);
    }
  }

  /** A request is several writes: listeners hear of them together. */
  #changed(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      for (const listener of this.#listeners) listener();
    }, tellAfterMs).unref();
  }

  /** The worker ended or never began: everybody who waits hears it, and a later call starts another. */
  #lost(worker: Worker, error?: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    if (error) {
      this.#failedAt = performance.now();
      const code = (error as { code?: unknown }).code;
      this.#lastEnd = code === 'ERR_UNKNOWN_BUILTIN_MODULE' ? 'this Node has no SQLite' : 'its worker ended';
      this.#options.log?.warn(`ledger worker ended: ${typeof code === 'string' ? code : 'unexpected error'}`);
    }
    for (const id of [...this.#waiting.keys()])
      this.#settle(id, (one) => one.reject(new LedgerError(unavailable(this.#lastEnd))));
  }

  #settle(id: number, how: (one: Waiting) => void): void {
    const one = this.#waiting.get(id);
    if (!one) return;
    this.#waiting.delete(id);
    clearTimeout(one.timer);
    if (this.#waiting.size === 0) this.#worker?.unref();
    how(one);
  }

  #send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#listeners.clear();
    clearTimeout(this.#telling);
    if (!worker) return;
    worker.ref();
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage({ type: 'close' } satisfies ToWorker);
    const timer = setTimeout(() => void worker.terminate(), this.#limits.closeMs);
    await exited;
    clearTimeout(timer);
  }
}
