import { join } from 'node:path';
import type { RunAnswer, RunCommand, RunLimits, Runner } from '../../../vocabulary/ports.ts';
import { findSandbox, type Sandbox } from './findSandbox.ts';
import { type Hidden, runInBubblewrap } from './linuxSandbox.ts';
import { makeScratch, removeLeftScratch, removeScratch } from './scratchFolder.ts';
import { runInSeatbelt } from './seatbeltRun.ts';
import type { Supervised } from './supervise.ts';
import { runUnsandboxed } from './unsandboxed.ts';

export interface SandboxRunnerOptions {
  /** Files of a folder that no command may read; undefined where that can't be told, and then nothing runs. */
  readonly hiddenFiles: (folder: string, signal: AbortSignal) => Promise<readonly string[] | undefined>;
  /** Folders that no command may read: Maia's own. */
  readonly hiddenFolders: readonly string[];
  /** What this machine has; tried once by default. */
  readonly sandbox?: () => Promise<Sandbox>;
}

/** Runs commands of the project in the system's sandbox; see `Runner.run` for what it promises. */
export function createSandboxRunner(options: SandboxRunnerOptions): Pick<Runner, 'run'> {
  const sandbox = options.sandbox ?? findSandbox;
  let swept: Promise<void> | undefined;
  return {
    async run(command, limits, seen, signal) {
      signal.throwIfAborted();
      const found = await sandbox();
      if (found.kind === 'none' && !seen) return { ran: false, why: 'noSandbox' };
      swept ??= removeLeftScratch();
      await swept;
      const scratch = await makeScratch();
      try {
        const hidden = await hiddenOf(options, command, signal);
        if (!hidden) return { ran: false, why: 'failed' };
        const done = await runWith(found, command, limits, hidden, scratch, seen, signal);
        return done ? answerOf(done) : { ran: false, why: 'noSandbox' };
      } catch (error) {
        signal.throwIfAborted();
        // The disk refused, or the project is not one that can be laid over.
        if (error instanceof RangeError || isSystemError(error)) return { ran: false, why: 'failed' };
        throw error;
      } finally {
        await removeScratch(scratch);
      }
    },
  };
}

async function runWith(
  sandbox: Sandbox,
  command: RunCommand,
  limits: RunLimits,
  hidden: Hidden,
  scratch: string,
  seen: boolean,
  signal: AbortSignal,
): Promise<Supervised | undefined> {
  if (sandbox.kind === 'none') return seen ? runUnsandboxed(command, limits, scratch, signal) : undefined;
  if (sandbox.kind === 'seatbelt') return runInSeatbelt(command, limits, hidden, scratch, signal);
  const done = await runInBubblewrap(sandbox, command, limits, hidden, join(scratch, 'first'), signal);
  if (done) return done;
  // Not every file system takes a layer.
  const plain = { ...sandbox, kind: 'plain' } as const;
  const second =
    sandbox.kind === 'plain'
      ? undefined
      : await runInBubblewrap(plain, command, limits, hidden, join(scratch, 'second'), signal);
  return second ?? (seen ? runUnsandboxed(command, limits, join(scratch, 'last'), signal) : undefined);
}

async function hiddenOf(
  { hiddenFiles, hiddenFolders }: SandboxRunnerOptions,
  { folder }: RunCommand,
  signal: AbortSignal,
): Promise<Hidden | undefined> {
  const files = await hiddenFiles(folder, signal);
  // Git's own may hold a token in the address of a remote.
  const git = ['.git/config', '.git/config.worktree'].map((name) => join(folder, name));
  return files && { files: [...files, ...git], folders: [...hiddenFolders, join(folder, '.git/modules')] };
}

function answerOf({ output, ms, exitCode, stoppedBy }: Supervised): RunAnswer {
  return stoppedBy === undefined ? { ran: true, exitCode, output, ms } : { ran: true, stoppedBy, output, ms };
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
