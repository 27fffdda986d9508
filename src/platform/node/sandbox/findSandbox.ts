import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realOf } from './laidOver.ts';
import { type LinuxSandbox, runInBubblewrap, type SandboxKind } from './linuxSandbox.ts';
import { seatbeltWorks } from './seatbelt.ts';

export type Sandbox = LinuxSandbox | { readonly kind: 'seatbelt' } | { readonly kind: 'none' };

let found: Promise<Sandbox> | undefined;

/**
 * What sandbox this machine has, found out by a real run, once a process: a bubblewrap that is installed may still be
 * forbidden user namespaces, and one that has them the layers.
 */
export function findSandbox(): Promise<Sandbox> {
  found ??= tried().catch((): Sandbox => ({ kind: 'none' }));
  return found;
}

const trialLimits = { timeMs: 10_000, outputBytes: 4096, memoryBytes: 256 * 1024 * 1024, processes: 16 };

async function tried(): Promise<Sandbox> {
  if (process.platform === 'darwin') return { kind: (await seatbeltWorks()) ? 'seatbelt' : 'none' };
  if (process.platform !== 'linux') return { kind: 'none' };
  for (const older of [false, true])
    for (const kind of ['layered', 'plain'] satisfies SandboxKind[]) {
      const sandbox = { program: 'bwrap', kind, older };
      if (await stands(sandbox)) return sandbox;
    }
  return { kind: 'none' };
}

async function stands(sandbox: LinuxSandbox): Promise<boolean> {
  const scratch = await realOf(await mkdtemp(join(tmpdir(), 'maia-try-')));
  const folder = join(scratch, 'project');
  try {
    await mkdir(folder);
    const command = { argv: ['true'], cwd: folder, folder, overlay: [] };
    const hidden = { files: [], folders: [] };
    const done = await runInBubblewrap(
      sandbox,
      command,
      trialLimits,
      hidden,
      scratch,
      new AbortController().signal,
    );
    return done !== undefined && done.exitCode === 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
