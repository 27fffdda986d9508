import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RunCommand, RunLimits } from '../../../vocabulary/ports.ts';
import { bubblewrapCommand, canBeLayered, layerAt, withLayers } from './bubblewrap.ts';
import { commandEnvironment } from './environment.ts';
import { type LaidOver, layOver, realOf } from './laidOver.ts';
import type { Mount } from './mounts.ts';
import { NamespaceTree } from './namespaceTree.ts';
import { isInside, placesFor } from './places.ts';
import { replacedFolders } from './replacedFolders.ts';
import { type Supervised, start, supervise } from './supervise.ts';

/** What this machine's kernel and tools allow: layers make the project writable, in scratch. */
export type SandboxKind = 'layered' | 'plain';

/** Bytes that a run may write in all, in memory: as much as a build of a project of middle size. */
const scratchBytes = 2 * 1024 ** 3;

export interface LinuxSandbox {
  /** Bubblewrap's path. */
  readonly program: string;
  readonly kind: SandboxKind;
  /** Older than 0.8. */
  readonly older: boolean;
}

/** Absolute paths that the command must not read, each in or above what it may. */
export interface Hidden {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Runs a command in bubblewrap. Undefined where the sandbox did not come to stand; then nothing of the command ran.
 *
 * @param scratch a folder of this run's own; made where it is not there
 */
export async function runInBubblewrap(
  { program, kind, older }: LinuxSandbox,
  command: RunCommand,
  limits: RunLimits,
  hidden: Hidden,
  scratch: string,
  signal: AbortSignal,
): Promise<Supervised | undefined> {
  const home = await realOf(homedir());
  const folder = await realOf(command.folder);
  const cwd = await realOf(command.cwd);
  // No view of the project without one of the whole home: there is no such sandbox.
  if (isInside(home, folder) || !isInside(cwd, folder)) return undefined;
  const places = await placesFor({ folder, cwd, program: command.argv[0] ?? '' }, home, process.env);
  const over = await layOver(folder, command.overlay, hidden.files, join(scratch, 'over'));
  const layers = join(scratch, 'layers');
  await mkdir(layers, { recursive: true });
  const layered = kind === 'layered' && [folder, over.folder].every(canBeLayered);
  const caches = places.filter(({ kind }) => kind === 'cache').map(({ path }) => path);
  const written = layered ? [folder, ...caches.filter(canBeLayered)] : [];
  const mounts: Mount[] = [
    { at: home, kind: 'empty', bytes: scratchBytes },
    ...places.map(({ path }): Mount => ({ at: path, kind: 'read', from: path })),
    ...(layered ? [] : await plainMounts(folder, over, scratch)),
    ...written.map((at, index): Mount => ({ at, kind: 'write', from: layerAt(layers, index) })),
    ...(await mountsBelow(folder)).map((at): Mount => ({ at, kind: 'read', from: at })),
    ...(await hiddenFolders(hidden.folders)),
    ...(command.folder === folder ? [] : [{ at: command.folder, kind: 'link', to: folder } as const]),
  ];
  const inner = await bubblewrapCommand({
    program,
    older,
    argv: command.argv,
    cwd: command.cwd,
    env: commandEnvironment(process.env, {
      HOME: home,
      TMPDIR: '/tmp',
      ...(layered ? {} : readOnlyProject),
      ...command.env,
    }),
    mounts,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    memoryBytes: limits.memoryBytes,
    processes: limits.processes,
    scratchBytes,
  });
  const lowers = written.map((path) => (path === folder ? [over.folder, folder] : [path]));
  signal.throwIfAborted();
  const argv = layered ? withLayers(layers, scratchBytes, lowers, inner) : inner;
  const child = start(argv, { env: { PATH: process.env.PATH ?? '' } });
  const tree = new NamespaceTree(child);
  const done = await supervise(child, tree, limits, signal);
  return done.stoppedBy === undefined && !(await tree.stood()) ? undefined : done;
}

/** What would else be written beside the sources. */
const readOnlyProject: Readonly<Record<string, string>> = {
  CARGO_TARGET_DIR: '/tmp/target',
  GOCACHE: '/tmp/go-build',
  PYTEST_ADDOPTS: '-p no:cacheprovider',
};

async function plainMounts(folder: string, over: LaidOver, scratch: string): Promise<Mount[]> {
  return [
    { at: folder, kind: 'read', from: folder },
    ...(await replacedFolders(over, join(scratch, 'replaced'))),
  ];
}

/** Other disks that hang in the project, which layers don't show. */
async function mountsBelow(folder: string): Promise<string[]> {
  const text = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  const points = text.split('\n').map((line) => (line.split(' ')[4] ?? '').replace(/\\040/g, ' '));
  return [...new Set(points)].filter((at) => at.startsWith(`${folder}/`));
}

async function hiddenFolders(folders: readonly string[]): Promise<Mount[]> {
  const real = await Promise.all(
    folders.map(async (path) =>
      (await stat(path).catch(() => undefined))?.isDirectory() ? realOf(path) : '',
    ),
  );
  return real.filter((at) => at !== '').map((at) => ({ at, kind: 'empty', bytes: 4096 }));
}
