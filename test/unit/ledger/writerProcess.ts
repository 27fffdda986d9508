import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A `writer.ts` that runs. */
export interface WriterProcess {
  readonly process: ChildProcess;
  /** Ids that it said were written. */
  readonly written: readonly string[];
  /** Resolves when it has loaded. */
  readonly ready: Promise<void>;
  begin(): void;
  /** Resolves when at least `count` ids were said, or it has ended. */
  said(count: number): Promise<void>;
  /** Resolves with the exit code (null when killed), after all it said was read. */
  readonly ended: Promise<number | null>;
}

export function startWriter(folder: string, name: string, count: number | 'intend'): WriterProcess {
  const program = fileURLToPath(new URL('./writer.ts', import.meta.url));
  const child = spawn(process.execPath, [program, folder, name, String(count)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Fifty starts are quick only when the sources are not compiled fifty times.
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  const written: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const one of waiting) one();
  };
  let isReady = false;
  let hasEnded = false;
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === 'ready') isReady = true;
      else written.push(line);
    }
    wake();
  });
  const ended = once(child, 'close').then(([code]) => {
    hasEnded = true;
    wake();
    return code as number | null;
  });
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds() && !hasEnded) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  child.stdin.on('error', () => undefined);
  return {
    process: child,
    written,
    ready: until(() => isReady),
    begin: () => {
      child.stdin.write('go\n');
    },
    said: (least) => until(() => written.length >= least),
    ended,
  };
}
