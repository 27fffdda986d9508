import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Found, Job, WorkerMessage } from './job.ts';

export interface ScannerOptions {
  readonly workerUrl: URL;
  /** The most milliseconds that one job may take once the worker runs; one more for each 1,000 units of text. */
  readonly timeoutMs: number;
  /** The most milliseconds that the worker may take to start. */
  readonly startMs: number;
  /** UTF-16 units of all texts of one job; more is not looked at and counts as failed. */
  readonly limit: number;
  /** Starts the worker; a thread by default. */
  readonly startWorker?: (program: URL, options: WorkerOptions) => Worker;
}

interface Waiting {
  readonly id: number;
  readonly job: Job;
  readonly size: number;
  readonly settle: (found: Found | undefined) => void;
}

/**
 * One worker that looks at texts and paths, one job after another. Whatever goes wrong (time, crash, size, a file
 * that is not there) resolves to undefined, which its caller takes for "protected"; the worker is then replaced.
 */
export class Scanner {
  readonly #options: ScannerOptions;
  readonly #queue: Waiting[] = [];
  #active: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  #worker: Worker | undefined;
  #ready = false;
  #nextId = 1;
  #disposed = false;

  constructor(options: ScannerOptions) {
    this.#options = options;
  }

  /** Throws the signal's reason when it aborts; otherwise never throws. */
  async scan(job: Job, signal: AbortSignal): Promise<Found | undefined> {
    signal.throwIfAborted();
    const size = job.texts.reduce((sum, text) => sum + text.length, job.body?.length ?? 0);
    if (this.#disposed || size > this.#options.limit) return undefined;
    return new Promise<Found | undefined>((resolve, reject) => {
      const onAbort = () => {
        const place = this.#queue.indexOf(waiting);
        if (place >= 0) this.#queue.splice(place, 1);
        reject(signal.reason);
      };
      const settle = (found: Found | undefined) => {
        signal.removeEventListener('abort', onAbort);
        resolve(found);
      };
      const waiting: Waiting = { id: this.#nextId++, job, size, settle };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(waiting);
      this.#next();
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const left = [...(this.#active ? [this.#active] : []), ...this.#queue.splice(0)];
    this.#active = undefined;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    for (const waiting of left) waiting.settle(undefined);
    await worker?.terminate();
  }

  #next(): void {
    if (this.#active || this.#disposed) return;
    const waiting = this.#queue.shift();
    if (!waiting) {
      // An idle worker keeps nobody's process alive.
      this.#worker?.unref();
      return;
    }
    this.#active = waiting;
    try {
      const worker = this.#worker ?? this.#start();
      worker.ref();
      this.#arm(this.#ready ? this.#timeFor(waiting) : this.#options.startMs);
      worker.postMessage({ id: waiting.id, job: waiting.job });
    } catch {
      this.#giveUp();
    }
  }

  #start(): Worker {
    // No environment: DEBUG would make the scanner's library print what it reads.
    const start = this.#options.startWorker ?? ((program, how) => new Worker(program, how));
    const worker = start(this.#options.workerUrl, {
      env: {},
      execArgv: [],
      name: 'maia-privacy',
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    this.#worker = worker;
    this.#ready = false;
    worker.on('message', (message: WorkerMessage) => {
      if (this.#worker === worker) this.#receive(message);
    });
    const gone = () => {
      if (this.#worker === worker) this.#giveUp();
    };
    worker.on('error', gone);
    worker.on('messageerror', gone);
    worker.on('exit', gone);
    return worker;
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'ready') {
      this.#ready = true;
      if (this.#active) this.#arm(this.#timeFor(this.#active));
      return;
    }
    const active = this.#active;
    if (active?.id !== message.id) return;
    clearTimeout(this.#timer);
    this.#active = undefined;
    active.settle(message.type === 'found' ? message.found : undefined);
    this.#next();
  }

  #timeFor({ size, job }: Waiting): number {
    return this.#options.timeoutMs + size / 1000 + (job.lines ? job.lines.waitMs + job.lines.readMs : 0);
  }

  #arm(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp(), ms);
  }

  #giveUp(): void {
    clearTimeout(this.#timer);
    const active = this.#active;
    const worker = this.#worker;
    this.#active = undefined;
    this.#worker = undefined;
    void worker?.terminate();
    active?.settle(undefined);
    this.#next();
  }
}
