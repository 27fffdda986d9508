import { posix, win32 } from 'node:path';

/** Resolves symbolic links; throws where there is no such file. `node:fs/promises`' own by default. */
export type RealPath = (path: string) => Promise<string>;

function isAbsolutePath(path: string): boolean {
  return posix.isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\');
}

/** Whether a name says by itself where it is: an absolute path or a URI. */
export function isAbsolutePlace(name: string): boolean {
  return isAbsolutePath(name) || /^[A-Za-z][A-Za-z0-9+.-]+:/.test(name);
}

/** A file: URI as a path of this machine; anything else unchanged. */
function localPath(path: string): string {
  if (!/^file:\/\//i.test(path)) return path;
  try {
    const { pathname } = new URL(path);
    const decoded = decodeURIComponent(pathname);
    return /^\/[A-Za-z]:/.test(decoded) ? decoded.slice(1) : decoded;
  } catch {
    return path;
  }
}

/**
 * Where a path really leads: links resolved, also in the folders above a file that does not exist yet. Undefined for
 * what is no path of this machine.
 */
export async function realPathOf(path: string, realpath: RealPath): Promise<string | undefined> {
  const local = localPath(path);
  if (!isAbsolutePath(local)) return undefined;
  const { dirname, basename, join } = local.includes('\\') || /^[A-Za-z]:/.test(local) ? win32 : posix;
  let at = local;
  let below = '';
  for (;;) {
    try {
      const real = await realpath(at);
      return below === '' ? real : join(real, below);
    } catch {
      const above = dirname(at);
      if (above === at) return undefined;
      below = below === '' ? basename(at) : join(basename(at), below);
      at = above;
    }
  }
}
