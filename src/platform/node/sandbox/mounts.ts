import { sep } from 'node:path';

/** One thing that stands in the command's view of the disk; all paths absolute. */
export type Mount =
  /** `from` as it is, not to be written. */
  | { readonly at: string; readonly kind: 'read'; readonly from: string }
  /** `from`, to be written: it is scratch. */
  | { readonly at: string; readonly kind: 'write'; readonly from: string }
  /** An empty folder in memory, of so many bytes at most. */
  | { readonly at: string; readonly kind: 'empty'; readonly bytes: number }
  | { readonly at: string; readonly kind: 'link'; readonly to: string };

/**
 * Bubblewrap's arguments for some mounts, each folder before what lies in it. The last one of a place holds.
 *
 * @param bounded the sizes of folders in memory can be said: since bubblewrap 0.7
 */
export function mountArguments(mounts: readonly Mount[], bounded = true): string[] {
  const last = new Map(mounts.map((mount) => [mount.at, mount]));
  const depth = ({ at }: Mount) => at.split(sep).filter((part) => part !== '').length;
  return [...last.values()]
    .toSorted((a, b) => depth(a) - depth(b) || (a.at < b.at ? -1 : 1))
    .flatMap((mount) => {
      if (mount.kind === 'read') return ['--ro-bind', mount.from, mount.at];
      if (mount.kind === 'write') return ['--bind', mount.from, mount.at];
      if (mount.kind === 'link') return ['--symlink', mount.to, mount.at];
      return [...(bounded ? ['--size', String(mount.bytes)] : []), '--tmpfs', mount.at];
    });
}
