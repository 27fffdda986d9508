import { fileURLToPath } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Code, CodeResult, Source } from './code.ts';
import { grammarOf } from './grammars.ts';
import type { FromWorker, Question, WorkerData } from './protocol.ts';

/** Above it nothing is parsed: a 5 MB file takes 3 s and 450 MB. In UTF-8 bytes. */
const MOST_BYTES = 1024 * 1024;
/** Milliseconds that one text may take. */
const ANSWER_MS = 5_000;
/** Milliseconds that the thread, the engine and a grammar may take to be there. */
const LOAD_MS = 30_000;
/** MiB of the thread's own heap; the engine's memory has its bound in the thread. */
const HEAP_MIB = 512;

export interface CodePaths {
  /** The worker's program: `src/code/worker.ts`, or what it was bundled to. */
  readonly workerUrl: URL;
  /** The folder of `tree-sitter-<language>.wasm`, with a slash at its end. */
  readonly grammars: URL;
  /** `web-tree-sitter.wasm` */
  readonly wasm: URL;
  /** Milliseconds that each text of a question may take once its grammar is loaded; 5 s unless told. */
  readonly deadlineMs?: number;
  /** Starts the worker; a thread by default. */
  readonly startWorker?: (program: URL, options: WorkerOptions) => Worker;
}

interface Job {
  readonly question: Question;
  settle(result: CodeResult<unknown>): void;
}

const failed = { ok: false, problem: 'failed' } as const;

/** Starts nothing yet: the worker begins with the first question, and again after it had to be ended. */
export function startCode(paths: CodePaths): Code {
  const deadlineMs = paths.deadlineMs ?? ANSWER_MS;
  const startWorker = paths.startWorker ?? ((program, options) => new Worker(program, options));
  const queue: Job[] = [];
  let running: Job | undefined;
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;

  function start(): Worker {
    const workerData: WorkerData = {
      grammars: fileURLToPath(paths.grammars),
      engine: fileURLToPath(paths.wasm),
    };
    const fresh = startWorker(paths.workerUrl, {
      workerData,
      env: {},
      execArgv: [],
      // The engine has things to say when it breaks; a command line's own output is not the place.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB },
    });
    fresh.on('message', (message: FromWorker) => {
      if (fresh !== worker) return;
      if (message.type === 'answer') finish(message.result);
      else limit(running?.question.ask === 'sameProgram' ? 2 * deadlineMs : deadlineMs);
    });
    const gone = () => {
      if (fresh !== worker) return;
      worker = undefined;
      finish(failed);
    };
    fresh.on('error', gone);
    fresh.on('exit', gone);
    return fresh;
  }

  function limit(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const late = worker;
      worker = undefined;
      void late?.terminate();
      finish(failed);
    }, ms);
  }

  function finish(result: CodeResult<unknown>): void {
    clearTimeout(timer);
    const job = running;
    running = undefined;
    job?.settle(result);
    next();
  }

  function next(): void {
    if (running !== undefined) return;
    running = queue.shift();
    if (running === undefined) {
      // An idle thread keeps no process alive.
      worker?.unref();
      return;
    }
    worker ??= start();
    worker.ref();
    limit(LOAD_MS);
    worker.postMessage(running.question);
  }

  function ask<T>(question: Question, signal: AbortSignal, ...sources: Source[]): Promise<CodeResult<T>> {
    if (signal.aborted) return Promise.reject(signal.reason);
    for (const { languageId, text } of sources) {
      if (grammarOf(languageId) === undefined) return Promise.resolve({ ok: false, problem: 'noGrammar' });
      if (text.length > MOST_BYTES || Buffer.byteLength(text) > MOST_BYTES)
        return Promise.resolve({ ok: false, problem: 'tooLarge' });
    }
    if (disposed) return Promise.resolve(failed);
    return new Promise((resolve, reject) => {
      const abort = () => {
        // One that runs already goes on to its end, for nobody: it is short, and its tree may be of use.
        const index = queue.indexOf(job);
        if (index >= 0) queue.splice(index, 1);
        reject(signal.reason);
      };
      const job: Job = {
        question,
        settle(result) {
          signal.removeEventListener('abort', abort);
          resolve(result as CodeResult<T>);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      queue.push(job);
      next();
    });
  }

  return {
    supports: (languageId) => grammarOf(languageId) !== undefined,
    unitAt: (source, at, signal) => ask({ ask: 'unitAt', source, at }, signal, source),
    units: (source, signal) => ask({ ask: 'units', source }, signal, source),
    parse: (source, signal) => ask({ ask: 'parse', source }, signal, source),
    sameProgram: (before, after, signal) => ask({ ask: 'sameProgram', before, after }, signal, before, after),
    tokens: (source, signal) => ask({ ask: 'tokens', source }, signal, source),
    undeclared: (source, at, known, signal) => ask({ ask: 'undeclared', source, at, known }, signal, source),
    mutants: (source, at, most, signal) => ask({ ask: 'mutants', source, at, most }, signal, source),
    calledNames: (source, signal) => ask({ ask: 'calledNames', source }, signal, source),
    testCases: (source, signal) => ask({ ask: 'testCases', source }, signal, source),
    imports: (source, signal) => ask({ ask: 'imports', source }, signal, source),
    async dispose() {
      disposed = true;
      clearTimeout(timer);
      const last = worker;
      worker = undefined;
      for (const job of [running, ...queue.splice(0)]) job?.settle(failed);
      running = undefined;
      await last?.terminate();
    },
  };
}
