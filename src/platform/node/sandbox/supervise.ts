import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunLimits } from '../../../vocabulary/ports.ts';

export type StoppedBy = 'time' | 'output' | 'memory' | 'processes';

/** What a run's processes take together. */
export interface Taken {
  readonly processes: number;
  readonly memoryBytes: number;
}

/** The processes of one run, however they are known. */
export interface Tree {
  /** How often it is looked at, ms. */
  readonly everyMs: number;
  /** Of all that live now; at most a little more than `most` processes are counted. */
  taken(most: number): Promise<Taken>;
  /** Ends all of them; resolves once none is left. Also right where none is. */
  end(): Promise<void>;
}

export interface Supervised {
  readonly output: string;
  readonly ms: number;
  readonly exitCode: number;
  readonly stoppedBy?: StoppedBy;
}

/**
 * Waits for a started command within its bounds, ends what it began and left, and gives back what it wrote. Throws the
 * signal's reason when it aborts; then too nothing is left.
 */
export async function supervise(
  child: ChildProcess,
  tree: Tree,
  limits: RunLimits,
  signal: AbortSignal,
): Promise<Supervised> {
  const began = performance.now();
  const chunks: Buffer[] = [];
  let bytes = 0;
  let stoppedBy: StoppedBy | undefined;
  const over = new AbortController();
  const stop = (why: StoppedBy) => {
    stoppedBy ??= why;
    over.abort();
  };
  child.stdout?.on('data', (chunk: Buffer) => {
    const left = limits.outputBytes - bytes;
    bytes += chunk.length;
    if (left > 0) chunks.push(chunk.subarray(0, left));
    if (bytes > limits.outputBytes) {
      child.stdout?.destroy();
      stop('output');
    }
  });
  const exit = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, name) => resolve(code ?? 128 + (name === 'SIGKILL' ? 9 : 15)));
  });
  const drained = new Promise<void>((resolve) => {
    child.stdout?.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const timer = setTimeout(() => stop('time'), limits.timeMs);
  const stopped = new Promise<void>((resolve) => {
    over.signal.addEventListener('abort', () => resolve(), { once: true });
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
  const watching = watch(tree, limits, stop, over.signal);
  const exitCode = await Promise.race([exit, stopped.then(() => -1)]);
  clearTimeout(timer);
  over.abort();
  await watching;
  await tree.end();
  if (exitCode !== -1) await Promise.race([drained, sleep(1000)]);
  child.stdout?.destroy();
  signal.throwIfAborted();
  return {
    output: Buffer.concat(chunks).toString('utf8'),
    ms: performance.now() - began,
    exitCode,
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
  };
}

async function watch(
  tree: Tree,
  limits: RunLimits,
  stop: (why: StoppedBy) => void,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    const { processes, memoryBytes } = await tree.taken(limits.processes);
    if (over.aborted) return;
    if (processes > limits.processes) return stop('processes');
    if (memoryBytes > limits.memoryBytes) return stop('memory');
    await sleep(tree.everyMs, undefined, { signal: over }).catch(() => undefined);
  }
}

/** Starts a command whose output is read and who has nothing to read, with a fourth descriptor for its own status. */
export function start(
  argv: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env: Readonly<Record<string, string>>;
    readonly detached?: boolean;
  },
): ChildProcess {
  const [program = '', ...rest] = argv;
  return spawn(program, rest, {
    ...options,
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    windowsHide: true,
  });
}
