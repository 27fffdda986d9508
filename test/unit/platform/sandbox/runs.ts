import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findSandbox, type Sandbox } from '../../../../src/platform/node/sandbox/findSandbox.ts';
import { createSandboxRunner } from '../../../../src/platform/node/sandbox/sandboxRunner.ts';
import type { RunAnswer, RunCommand, RunLimits } from '../../../../src/vocabulary/ports.ts';

export const limits: RunLimits = {
  timeMs: 30_000,
  outputBytes: 64 * 1024,
  memoryBytes: 256 * 1024 * 1024,
  processes: 40,
};

/** What this machine has, and what it would have with less; each must hold what it promises. */
export async function sandboxes(): Promise<{ readonly name: string; readonly sandbox: Sandbox }[]> {
  const found = await findSandbox();
  const none = { name: 'without a sandbox', sandbox: { kind: 'none' } as const };
  if (found.kind === 'none' || found.kind === 'seatbelt') return [none];
  const plain = { name: 'in bubblewrap', sandbox: { ...found, kind: 'plain' } as const };
  return found.kind === 'plain'
    ? [plain, none]
    : [{ name: 'in bubblewrap with layers', sandbox: found }, plain, none];
}

/** A project of one test's own, whose processes can be told from all others. */
export class Run {
  readonly folder: string;
  readonly #sandbox: Sandbox;
  readonly #mark = `mark-${randomUUID()}`;
  /** An argument of `sleep` that no other process has. */
  readonly seconds = `9${String(Math.random()).slice(2, 10)}`;
  hidden: readonly string[] | undefined = [];

  private constructor(folder: string, sandbox: Sandbox) {
    this.folder = folder;
    this.#sandbox = sandbox;
  }

  static async in(sandbox: Sandbox, files: Readonly<Record<string, string>> = {}): Promise<Run> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'maia-sandbox-')));
    const run = new Run(folder, sandbox);
    for (const [name, text] of Object.entries({ 'src/sum.js': 'sum', ...files })) await run.write(name, text);
    return run;
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, name)), { recursive: true });
    await writeFile(join(this.folder, name), text);
  }

  /** Runs a shell script in the project, seen by the developer. */
  async sh(
    script: string,
    options: {
      readonly limits?: Partial<RunLimits>;
      readonly overlay?: RunCommand['overlay'];
      readonly signal?: AbortSignal;
      readonly seen?: boolean;
      readonly shell?: string;
      /** The workspace folder, below the run's own. */
      readonly inside?: string;
    } = {},
  ): Promise<RunAnswer> {
    const folder = join(this.folder, options.inside ?? '');
    const runner = createSandboxRunner({
      hiddenFiles: async () => this.hidden,
      hiddenFolders: [],
      sandbox: async () => this.#sandbox,
    });
    return runner.run(
      {
        argv: [options.shell ?? 'sh', '-c', script],
        cwd: folder,
        folder,
        overlay: options.overlay ?? [],
        env: { TEST_MARK: this.#mark },
      },
      { ...limits, ...options.limits },
      options.seen ?? true,
      options.signal ?? new AbortController().signal,
    );
  }

  /** Command lines of processes that this run began and that are alive. */
  async left(): Promise<string[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const lines = await Promise.all(
      pids.map(async (pid) => {
        const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '');
        const [environ, line] = await Promise.all([read('environ'), read('cmdline')]);
        return environ.includes(this.#mark) || line.includes(this.seconds)
          ? [line.replaceAll('\0', ' ')]
          : [];
      }),
    );
    return lines.flat();
  }

  async end(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
