import { spawn } from 'node:child_process';
import type { Result } from '../../vocabulary/failure.ts';

/** What git wrote. */
export interface GitOutput {
  readonly text: string;
  /** There was more than was asked for. */
  readonly cut: boolean;
}

export interface GitRun {
  /** The program; `git` on the path by default. */
  readonly program?: string;
  /** Absolute path of a folder in the work tree. */
  readonly root: string;
  readonly args: readonly string[];
  /** Bytes of output at most; git is ended there. */
  readonly limitBytes: number;
}

/** No question to git takes longer, in ms. */
const longest = 15_000;
/** Nothing that a repository sets may run, be waited for, or change how git writes. */
const settings = [
  'core.fsmonitor=false',
  'core.quotePath=false',
  'color.ui=false',
  'log.showSignature=false',
];

/** Asks git something that changes nothing; an abort rejects with the signal's reason. */
export async function askGit(run: GitRun, signal: AbortSignal): Promise<Result<GitOutput>> {
  signal.throwIfAborted();
  const { program = 'git', root, args, limitBytes } = run;
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, GIT_EXTERNAL_DIFF: ____, ...env } = process.env;
  const child = spawn(program, [...settings.flatMap((one) => ['-c', one]), '--no-pager', ...args], {
    cwd: root,
    env: { ...env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal: AbortSignal.any([signal, AbortSignal.timeout(longest)]),
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  let cut = false;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const room = limitBytes - bytes;
    chunks.push(chunk.subarray(0, room));
    bytes += Math.min(room, chunk.length);
    if (chunk.length <= room) return;
    cut = true;
    child.kill();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(0, 1_000);
  });
  const ended = await new Promise<{ readonly code: number | null; readonly error?: Error }>((resolve) => {
    child.on('error', (error) => resolve({ code: null, error }));
    child.once('close', (code) => resolve({ code }));
  });
  signal.throwIfAborted();
  if (ended.error || (ended.code !== 0 && !cut)) {
    const detail = ended.error ? codeOf(ended.error) : (said.split('\n')[0] ?? '');
    return { ok: false, failure: { code: 'gitFailed', params: { detail } } };
  }
  return { ok: true, value: { text: Buffer.concat(chunks).toString('utf8'), cut } };
}

function codeOf(error: Error & { readonly code?: unknown }): string {
  return typeof error.code === 'string' ? error.code : error.name;
}
