import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { answer as answerCode } from '../../src/code/answer.ts';
import { type Forest, plantForest } from '../../src/code/forest.ts';
import { grammarOf } from '../../src/code/grammars.ts';
import { sourcePaths } from '../../src/code/paths.ts';
import type { Question } from '../../src/code/protocol.ts';
import type { ToWorker, WorkerSetup } from '../../src/ledger/messages.ts';
import { serveLedger } from '../../src/ledger/serve.ts';
import type { Disk } from '../../src/privacy/disk.ts';
import { Finder } from '../../src/privacy/find.ts';
import type { Job } from '../../src/privacy/job.ts';

/** What happens to one message on its way to a worker. */
export type Mishap = 'none' | 'hang' | 'crash' | { readonly lateMs: number };

type Post = (message: unknown) => void;
/** A worker's own program: takes messages, posts answers. */
type Program = (post: Post, end: () => void) => (message: never) => void | Promise<void>;

/**
 * A worker in this very thread, on simulated time: the worker's real program behind the real client. `EventEmitter`
 * plays as much of `Worker` as the clients use.
 */
class InProcessWorker extends EventEmitter {
  readonly #take: ReturnType<Program>;
  readonly #mishap: () => Mishap;
  #gone = false;
  #before: Promise<void> = Promise.resolve();

  constructor(program: Program, mishap: () => Mishap, greeting?: unknown) {
    super();
    this.#mishap = mishap;
    const post: Post = (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => {
        if (!this.#gone) this.emit('message', copy);
      });
    };
    this.#take = program(post, () => void this.terminate());
    if (greeting) post(greeting);
  }

  ref(): void {}
  unref(): void {}

  async terminate(): Promise<number> {
    if (!this.#gone) {
      this.#gone = true;
      queueMicrotask(() => this.emit('exit', 0));
    }
    return 0;
  }

  postMessage(message: unknown): void {
    const copy = structuredClone(message);
    const mishap = this.#mishap();
    // One message after the other, as a real thread takes them.
    this.#before = this.#before.then(() => this.#serve(copy, mishap));
  }

  async #serve(message: unknown, mishap: Mishap): Promise<void> {
    if (mishap === 'hang') return new Promise(() => undefined);
    if (typeof mishap === 'object') await new Promise((resolve) => setTimeout(resolve, mishap.lateMs));
    if (this.#gone) return;
    if (mishap === 'crash') return this.#crash(new Error('the thread died'));
    try {
      await this.#take(message as never);
    } catch (error) {
      this.#crash(error);
    }
  }

  #crash(error: unknown): void {
    this.emit('error', error);
    void this.terminate();
  }
}

const grammars = sourcePaths();
let forest: Forest | undefined;

/** Loads a grammar before time is simulated: from then on nothing of a parse is waited for. */
export async function prepareGrammars(languages: readonly string[]): Promise<void> {
  forest ??= plantForest(decodeURIComponent(grammars.grammars.pathname), grammars.wasm.pathname);
  for (const language of languages) await forest.prepare(grammarOf(language) ?? language);
}

const programs = {
  privacy: (disk: Disk) => (post: Post) => {
    const finder = new Finder(disk);
    return async (message: { readonly id: number; readonly job: Job }) => {
      try {
        post({ type: 'found', id: message.id, found: await finder.find(message.job) });
      } catch {
        post({ type: 'failed', id: message.id });
      }
    };
  },
  code: (post: Post) => (question: Question) => {
    if (!forest) throw new Error('No grammar was prepared');
    post({ type: 'loaded' });
    post({ type: 'answer', result: answerCode(question, forest) });
  },
} as const;

type Start = (program: URL, options: { readonly workerData?: unknown }) => Worker;

export function startPrivacyWorker(mishap: () => Mishap, disk: Disk): Start {
  return () =>
    new InProcessWorker(programs.privacy(disk) as Program, mishap, { type: 'ready' }) as unknown as Worker;
}

export function startCodeWorker(mishap: () => Mishap): Start {
  return () => new InProcessWorker(programs.code as Program, mishap) as unknown as Worker;
}

/** @param seen told of each message before it is done, and gives the one to do: a disk may fail in between */
export function startLedgerWorker(
  mishap: () => Mishap,
  seen: (message: ToWorker) => ToWorker | undefined,
): Start {
  return (_program, options) => {
    const program: Program = (post, end) => {
      const take = serveLedger({ postMessage: post, close: end }, options.workerData as WorkerSetup);
      return (message: ToWorker) => {
        const wanted = seen(message);
        if (wanted) take(wanted);
        else if (message.type === 'call') post({ type: 'done', id: message.id, value: undefined });
      };
    };
    return new InProcessWorker(program, mishap) as unknown as Worker;
  };
}
