import { lstat, readlink } from 'node:fs/promises';
import { type Mount, mountArguments } from './mounts.ts';
import { systemFolders, systemSettings } from './places.ts';

/** What bubblewrap is told through; it answers there with the command's pid and its end, as lines of JSON. */
export const statusFd = 3;

/**
 * No network, no other process, no other session, no rights, and no end of its parent that it would outlive. User
 * namespaces within it are closed: they are where most ways out of a sandbox began.
 */
const isolation: readonly string[] = [
  ...['--unshare-all', '--unshare-user', '--die-with-parent', '--new-session'],
  ...['--cap-drop', 'ALL', '--hostname', 'sandbox', '--json-status-fd', String(statusFd)],
];

/** Within it, for what the watcher is too slow to see: no core files, a bound on threads, a bound on each heap. */
const innerScript =
  'ulimit -c 0; ulimit -u "$1" 2>/dev/null || ulimit -p "$1" 2>/dev/null; ulimit -d "$2" 2>/dev/null; shift 2; exec "$@" 2>&1';

/** Threads of one process, roughly: node has 11, a test runner's workers more. The kernel's bound counts threads. */
const threadsEach = 32;

/** What one process may take on top before the watcher looks again. */
const unseenBytes = 2 * 1024 ** 3;

export interface SandboxedCommand {
  readonly program: string;
  /** Before 0.8 nothing closes user namespaces within it, and its folders in memory have no bound of their own. */
  readonly older: boolean;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly uid: number;
  readonly gid: number;
  readonly memoryBytes: number;
  readonly processes: number;
  /** Bytes of what it may write. */
  readonly scratchBytes: number;
}

/** Bubblewrap's command line. The mounts come on top of the system's own folders. */
export async function bubblewrapCommand(command: SandboxedCommand): Promise<string[]> {
  const { program, older, argv, cwd, env, uid, gid, memoryBytes, processes, scratchBytes } = command;
  const mounts: Mount[] = [
    ...(await systemMounts()),
    { at: '/tmp', kind: 'empty', bytes: scratchBytes },
    ...command.mounts,
  ];
  return [
    program,
    ...isolation,
    ...(older ? [] : ['--disable-userns']),
    ...['--uid', String(uid), '--gid', String(gid), '--clearenv'],
    ...Object.entries(env).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...mountArguments([...mounts, { at: '/dev/shm', kind: 'empty', bytes: scratchBytes }], !older),
    ...['--remount-ro', '/', '--chdir', cwd, '--'],
    ...['/bin/sh', '-c', innerScript, 'sh', String(processes * threadsEach)],
    // Kilobytes; so far above the bound that the watcher sees it first and says what it was.
    String(Math.ceil((memoryBytes + unseenBytes) / 1024)),
    ...argv,
  ];
}

/** `/bin` is a link to `usr/bin` on one system and a folder on another. */
async function systemMounts(): Promise<Mount[]> {
  const found = await Promise.all(
    [...systemFolders, ...systemSettings].map(async (at): Promise<Mount | undefined> => {
      const entry = await lstat(at).catch(() => undefined);
      if (!entry) return undefined;
      return entry.isSymbolicLink() && !at.startsWith('/etc/')
        ? { at, kind: 'link', to: await readlink(at) }
        : { at, kind: 'read', from: at };
    }),
  );
  return found.filter((mount) => mount !== undefined);
}

/** Mounts the layers that bubblewrap 0.8 can't, in a namespace of their own: `sh -c` with scratch, bytes, lower folders, `--`, command. */
export const layerScript = `s=$1
mount -t tmpfs -o "size=$2,mode=0700" maia "$s" || exit 120
shift 2
i=0
while [ "$1" != -- ]; do
  mkdir "$s/u$i" "$s/w$i" "$s/m$i" || exit 120
  mount -t overlay maia -o "lowerdir=$1,upperdir=$s/u$i,workdir=$s/w$i,userxattr" "$s/m$i" || exit 120
  i=$((i+1))
  shift
done
shift
exec "$@"`;

/** A command line that first lays layers, each a list of folders of which the first one covers the others. */
export function withLayers(
  scratch: string,
  scratchBytes: number,
  layers: readonly (readonly string[])[],
  command: readonly string[],
): string[] {
  return [
    ...['unshare', '--user', '--map-root-user', '--mount', '--', '/bin/sh', '-c', layerScript, 'sh'],
    ...[scratch, String(scratchBytes)],
    ...layers.map((folders) => folders.map(escaped).join(':')),
    '--',
    ...command,
  ];
}

/** Where the layer of that number is found by the command that follows. */
export function layerAt(scratch: string, index: number): string {
  return `${scratch}/m${index}`;
}

/** The mount option's own signs. A comma can't be said in it at all by the tools of today. */
function escaped(path: string): string {
  return path.replace(/[\\:]/g, '\\$&');
}

export function canBeLayered(path: string): boolean {
  return !/[,"\n]/.test(path);
}
