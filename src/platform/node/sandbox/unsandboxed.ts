import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunCommand, RunLimits } from '../../../vocabulary/ports.ts';
import { copyProject } from './copyProject.ts';
import { commandEnvironment } from './environment.ts';
import { MarkedTree } from './markedTree.ts';
import { type Supervised, start, supervise } from './supervise.ts';

/**
 * A watcher on the fourth descriptor, which the editor holds: when it closes without a word, the editor is gone, and
 * the watcher ends what carries the mark and then the whole process group. The command itself does not get it.
 */
const watchedScript = `(
  trap '' HUP
  self=$(/bin/sh -c 'echo "$PPID"')
  cat <&3 >/dev/null
  for e in /proc/[0-9]*/environ; do
    p=\${e#/proc/}; p=\${p%/environ}
    [ "$p" != "$self" ] && grep -q "$MAIA_RUN" "$e" 2>/dev/null && kill -9 "$p" 2>/dev/null
  done
  kill -9 -$$
) >/dev/null 2>&1 &
exec 3<&- "$@" 2>&1`;

/** The watcher's own: a shell and its `cat`. */
const watchers = 2;

/**
 * Runs a command that the developer has seen with no sandbox around it. In the project itself where the overlay says
 * what the files hold already, else in a copy of it, so that nothing is written which was not accepted. Undefined where
 * neither can be.
 */
export async function runUnsandboxed(
  command: RunCommand,
  limits: RunLimits,
  scratch: string,
  signal: AbortSignal,
): Promise<Supervised | undefined> {
  // Without process groups nobody could promise that all of it ends.
  if (process.platform === 'win32') return undefined;
  const there = await Promise.all(
    command.overlay.map(
      async ({ path, text }) => (await readFile(path, 'utf8').catch(() => undefined)) === text,
    ),
  );
  if (there.every(Boolean)) return runMarked(command, limits, [], signal);
  const copy = join(scratch, 'project');
  await copyProject(command.folder, copy, command.overlay, signal);
  const moved = (text: string) =>
    text === command.folder ? copy : text.replaceAll(`${command.folder}/`, `${copy}/`);
  const env = Object.fromEntries(
    Object.entries(command.env ?? {}).map(([name, text]) => [name, moved(text)]),
  );
  const inCopy = { argv: command.argv.map(moved), cwd: moved(command.cwd), env };
  const done = await runMarked(inCopy, limits, [], signal);
  return { ...done, output: done.output.replaceAll(copy, command.folder) };
}

/**
 * Starts a command with a mark in its environment, so that its processes are found wherever they hang.
 *
 * @param before what stands before the command: a sandbox that makes no namespace
 */
export async function runMarked(
  command: Pick<RunCommand, 'argv' | 'cwd' | 'env'>,
  limits: RunLimits,
  before: readonly string[],
  signal: AbortSignal,
): Promise<Supervised> {
  signal.throwIfAborted();
  const mark = randomUUID();
  // Toolchains are found through the home folder; the sandboxes give another one.
  const env = commandEnvironment(process.env, {
    HOME: process.env.HOME ?? '',
    ...command.env,
    MAIA_RUN: mark,
  });
  const argv = ['/bin/sh', '-c', watchedScript, 'sh', ...before, ...command.argv];
  const child = start(argv, { cwd: command.cwd, env, detached: true });
  const tree = new MarkedTree(child.pid ?? 0, `MAIA_RUN=${mark}`);
  return supervise(child, tree, { ...limits, processes: limits.processes + watchers }, signal);
}
