import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { RunAnswer, RunCommand, RunLimits, Runner } from '../../../src/vocabulary/ports.ts';

export interface ProcessRunner extends Runner {
  readonly ran: readonly RunCommand[];
  /** Of each run, whether the developer had read what it runs. */
  readonly seen: readonly boolean[];
  readonly asked: readonly Pick<RunCommand, 'argv' | 'folder'>[];
}

/** Runs commands as processes of this machine, in a copy of their folder with the overlay written over it. */
export function processRunner(): ProcessRunner {
  const ran: RunCommand[] = [];
  const saw: boolean[] = [];
  const asked: Pick<RunCommand, 'argv' | 'folder'>[] = [];
  return {
    ran,
    seen: saw,
    asked,
    async allow(command) {
      asked.push(command);
      return true;
    },
    async run(command, limits, seen) {
      ran.push(command);
      saw.push(seen);
      const copy = await mkdtemp(join(tmpdir(), 'maia-run-'));
      try {
        return await runIn(copy, command, limits);
      } finally {
        await rm(copy, { recursive: true, force: true });
      }
    },
  };
}

async function runIn(copy: string, command: RunCommand, limits: RunLimits): Promise<RunAnswer> {
  const there = (path: string) =>
    path === command.folder || path.startsWith(command.folder + sep)
      ? copy + path.slice(command.folder.length)
      : path;
  const modules = join(command.folder, 'node_modules');
  await cp(command.folder, copy, { recursive: true, filter: (path) => path !== modules });
  await symlink(modules, join(copy, 'node_modules')).catch(() => undefined);
  for (const { path, text } of command.overlay) {
    await mkdir(dirname(there(path)), { recursive: true });
    await writeFile(there(path), text);
  }
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...outer } = process.env;
  const path = [dirname(process.execPath), outer.PATH].join(delimiter);
  const [program = '', ...args] = command.argv;
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: there(command.cwd),
      env: { ...outer, ...command.env, PATH: path },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, limits.timeMs);
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const end = (exitCode: number) => {
      clearTimeout(timer);
      const ms = performance.now() - begun;
      const said = output.replaceAll(copy, command.folder).slice(0, limits.outputBytes);
      resolve(
        late ? { ran: true, stoppedBy: 'time', output: said, ms } : { ran: true, exitCode, output: said, ms },
      );
    };
    child.on('error', () => end(127));
    child.on('close', (code) => end(code ?? 137));
  });
}
