import { Worker } from 'node:worker_threads';
import type { Checker, CheckerAnswer, ProposedText } from '../../../vocabulary/ports.ts';
import type { FromWorker, Question } from './protocol.ts';

export interface TypeCheckerParts {
  /** The worker's program: `worker.ts` beside this file, or what it was bundled to. */
  readonly workerUrl: URL;
  /** Whether the project's own code may run. */
  readonly isTrusted: () => boolean;
  /** Unsaved texts of open files. */
  readonly open?: () => readonly { readonly path: string; readonly text: string }[];
  readonly limits?: Partial<Limits>;
}

interface Limits {
  /** Milliseconds that an answer is waited for. */
  readonly answerMs: number;
  /** Milliseconds after which the compiler is ended; its project is not asked again for a while. */
  readonly endMs: number;
  /** Milliseconds after the last question until the compiler is ended to free its memory. */
  readonly idleMs: number;
  /** MiB of the compiler's heap. */
  readonly heapMib: number;
}

const defaults: Limits = { answerMs: 10_000, endMs: 60_000, idleMs: 5 * 60_000, heapMib: 1_536 };
/** How long a project that took too long is left alone, in ms. */
const tooSlowMs = 15 * 60_000;

const languages: ReadonlySet<string> = new Set([
  'typescript',
  'typescriptreact',
  'javascript',
  'javascriptreact',
]);

interface Job {
  readonly question: Question;
  settle(answer: CheckerAnswer): void;
}

const no = (why: Extract<CheckerAnswer, { asked: false }>['why']): CheckerAnswer => ({ asked: false, why });

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** @param dist the folder of the bundle, with a slash at its end */
export function bundledTypesWorker(dist: URL): URL {
  return new URL('typesWorker.js', dist);
}

/** The project's own TypeScript, in a worker that begins with the first question. */
export function createTypeChecker(parts: TypeCheckerParts): Checker {
  const limits = { ...defaults, ...parts.limits };
  const queue: Job[] = [];
  /** Folders whose project took too long, and until when they are left alone. */
  const slow = new Map<string, number>();
  let running: Job | undefined;
  let worker: Worker | undefined;
  const processes: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let disposed = false;

  function start(): Worker {
    const { PATH, HOME, USERPROFILE, SystemRoot, TEMP, TMP } = process.env;
    const given = { PATH, HOME, USERPROFILE, SystemRoot, TEMP, TMP, GOMEMLIMIT: `${limits.heapMib}MiB` };
    const fresh = new Worker(parts.workerUrl, {
      env: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMib },
    });
    fresh.on('message', (message: FromWorker) => {
      const isCurrent = fresh === worker;
      if (message.type === 'process') {
        if (isCurrent) processes.push(message.pid);
        else endProcess(message.pid);
      } else if (isCurrent) finish(message.answer);
    });
    const gone = () => {
      if (fresh !== worker) return;
      void end();
      finish(no('failed'));
    };
    fresh.on('error', (error: NodeJS.ErrnoException) => {
      if (fresh === worker && error.code === 'ERR_WORKER_OUT_OF_MEMORY') leaveAlone();
      gone();
    });
    fresh.on('exit', gone);
    return fresh;
  }

  /** Ends the compiler with all that it began. */
  async function end(): Promise<void> {
    const last = worker;
    worker = undefined;
    for (const pid of processes.splice(0)) endProcess(pid);
    await last?.terminate();
  }

  function leaveAlone(): void {
    if (running) slow.set(running.question.folder, performance.now() + tooSlowMs);
  }

  function finish(answer: CheckerAnswer): void {
    clearTimeout(timer);
    const job = running;
    running = undefined;
    job?.settle(answer);
    next();
  }

  function next(): void {
    if (running !== undefined) return;
    running = queue.shift();
    if (running === undefined) {
      worker?.unref();
      timer = setTimeout(() => void end(), limits.idleMs);
      timer.unref();
      return;
    }
    clearTimeout(timer);
    worker ??= start();
    worker.ref();
    timer = setTimeout(() => {
      leaveAlone();
      void end();
      finish(no('tooSlow'));
    }, limits.endMs);
    worker.postMessage(running.question);
  }

  function ask(question: Question): Promise<CheckerAnswer> {
    return new Promise((settle) => {
      queue.push({ question, settle });
      next();
    });
  }

  /** Why nothing is asked at all. */
  function closed({
    folder,
    languageId,
  }: Pick<ProposedText, 'folder' | 'languageId'>): CheckerAnswer | undefined {
    if (!parts.isTrusted()) return no('untrusted');
    if (folder === undefined || !languages.has(languageId)) return no('noProject');
    if (disposed) return no('failed');
    return (slow.get(folder) ?? 0) > performance.now() ? no('tooSlow') : undefined;
  }

  const questionOf = (
    asked: Question['ask'],
    change: Omit<ProposedText, 'after'> & { after?: string },
  ): Question => ({
    ask: asked,
    path: change.path,
    languageId: change.languageId,
    folder: change.folder ?? '',
    open: [...(parts.open?.() ?? []), ...(change.beside ?? [])].filter(({ path }) => path !== change.path),
    ...(change.before === undefined ? {} : { before: change.before }),
    ...(change.after === undefined ? {} : { after: change.after }),
  });

  return {
    supports: (languageId) => languages.has(languageId),
    warm(change) {
      if (closed(change) === undefined) void ask(questionOf('warm', change));
    },
    async diagnose(change, signal) {
      signal.throwIfAborted();
      const why = closed(change);
      if (why) return why;
      // What is not waited for any more goes on: the project is ready the sooner for the next question.
      const answer = ask(questionOf('diagnose', change));
      return new Promise<CheckerAnswer>((resolve, reject) => {
        const abort = () => done(() => reject(signal.reason));
        const waiting = setTimeout(() => done(() => resolve(no('tooSlow'))), limits.answerMs);
        const done = (settle: () => void) => {
          clearTimeout(waiting);
          signal.removeEventListener('abort', abort);
          settle();
        };
        signal.addEventListener('abort', abort, { once: true });
        void answer.then((value) => done(() => resolve(value)));
      });
    },
    async dispose() {
      disposed = true;
      clearTimeout(timer);
      for (const job of [running, ...queue.splice(0)]) job?.settle(no('failed'));
      running = undefined;
      await end();
    },
  };
}
