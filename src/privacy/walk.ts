import type { Disk } from './disk.ts';
import type { PathPatterns } from './protectedPaths.ts';

/** Packages, histories and caches: not the project's own, and often enormous. */
const leftOut = new Set(
  'node_modules .git .hg .svn .venv venv __pycache__ .tox .next .cache .gradle target bower_components'.split(
    ' ',
  ),
);

/** What a walk tells of. */
export interface WalkSeen {
  readonly file: (file: WalkFound) => void;
  /** A folder before its entries are read, with what changes when they do. */
  readonly folder: (path: string, version: string) => void;
}

export interface WalkFound {
  readonly path: string;
  /** The pattern that protects it; absent for a file that nothing protects. */
  readonly pattern?: string;
}

export interface WalkLimits {
  /** Names that are looked at. */
  readonly entries: number;
  readonly depth: number;
}

export interface WalkEnd {
  /** There were more names than the limit, or folders deeper than that. */
  readonly cut: boolean;
  /** Folders that could not be read. */
  readonly unread: number;
}

/** No folder of anybody's is deeper, and no project larger, in any way that matters here. */
export const walkLimits: WalkLimits = { entries: 200_000, depth: 40 };

/**
 * Every file below the folders, those next to the top first, with the pattern that protects it: by its own path, or by
 * the path that a link leads to. Of folders that links lead to only protected ones are walked: the project's own are
 * found without the link, and a link may lead to the whole disk.
 */
export async function walk(
  folders: readonly string[],
  patterns: PathPatterns,
  disk: Disk,
  { file: found, folder: entered }: WalkSeen,
  limits: WalkLimits = walkLimits,
): Promise<WalkEnd> {
  const seen = new Set<string>();
  let left = limits.entries;
  let cut = false;
  let unread = 0;
  let level = [...folders];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.depth) return { cut: true, unread };
    const below: string[] = [];
    for (const folder of level) {
      if (left <= 0) return { cut: true, unread };
      try {
        const { identity, version } = await disk.stat(folder);
        // Once more under a protected name: what it holds may have been passed under another.
        const place = `${patterns.match(folder) ?? ''} ${identity}`;
        if (seen.has(place)) continue;
        seen.add(place);
        entered(folder, version);
        for (const { name, kind } of await disk.entries(folder)) {
          if (--left < 0) {
            cut = true;
            break;
          }
          const path = joined(folder, name);
          if (kind === 'file') found(protectedBy(path, patterns.match(path)));
          else if (kind === 'folder' && !leftOut.has(name)) below.push(path);
          else if (kind === 'link') await follow(path, below);
        }
      } catch {
        unread += 1;
      }
    }
    level = below;
  }
  return { cut, unread };

  async function follow(path: string, below: string[]): Promise<void> {
    try {
      const { kind } = await disk.stat(path);
      if (kind !== 'file' && kind !== 'folder') return;
      const own = patterns.match(path);
      const real = await disk.realpath(path);
      if (kind === 'file') found(protectedBy(path, own ?? patterns.match(real)));
      else if (own !== undefined) below.push(path);
      else if (patterns.match(real) !== undefined) below.push(real);
    } catch {
      // A link to nowhere, or to itself.
    }
  }
}

function protectedBy(path: string, pattern: string | undefined): WalkFound {
  return pattern === undefined ? { path } : { path, pattern };
}

function joined(folder: string, name: string): string {
  const separator = /^[A-Za-z]:|^\\\\/.test(folder) && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}
