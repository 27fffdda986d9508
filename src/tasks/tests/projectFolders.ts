import { dirname, join, relative, sep } from 'node:path';
import type { ProjectFiles } from '../../vocabulary/ports.ts';

/** The folders from a file's own up to the workspace folder, nearest first; its own alone where it lies outside. */
export function foldersUp(path: string, folder: string | undefined): string[] {
  const own = dirname(path);
  if (folder === undefined || !isWithin(own, folder)) return [own];
  const folders: string[] = [];
  for (let at = own; ; at = dirname(at)) {
    folders.push(at);
    if (relative(folder, at) === '' || dirname(at) === at) return folders;
  }
}

/**
 * Paths below a folder that match one of some globs. Outside every workspace folder only the folder itself is
 * looked into: it may be a home folder or a whole disk.
 */
export async function findBelow(
  files: ProjectFiles,
  folder: string,
  globs: readonly string[],
  workspace: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const chosen = workspace === undefined ? globs.map((glob) => glob.replace(/^\*\*\//, '')) : globs;
  const shallow = chosen.filter((glob) => workspace !== undefined || !glob.includes('**'));
  const found = await Promise.all(shallow.map((glob) => files.find(folder, glob, 200, signal)));
  return [...new Set(found.flat())];
}

export function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return from === '' || (!from.startsWith('..') && !from.startsWith(sep) && !/^[A-Za-z]:/.test(from));
}

/** A relative path with `/` between its parts. */
export function slashed(path: string): string {
  return path.split(sep).join('/');
}

export async function readJson(
  files: ProjectFiles,
  path: string,
  signal: AbortSignal,
): Promise<Record<string, unknown> | undefined> {
  const text = await files.read(path, signal);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of some of a folder's files that exist, joined. */
export async function readAll(
  files: ProjectFiles,
  folder: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const texts = await Promise.all(names.map((name) => files.read(join(folder, name), signal)));
  return texts.filter((text) => text !== undefined).join('\n');
}

/** Those of `paths` that lie nearest to a folder first: the more of its path they share, the nearer. */
export function nearestFirst(paths: readonly string[], folder: string): string[] {
  const shared = (path: string) => {
    const ours = folder.split(sep);
    const theirs = dirname(path).split(sep);
    let same = 0;
    while (same < ours.length && ours[same] === theirs[same]) same += 1;
    return same * 100 - theirs.length;
  };
  return paths.toSorted((a, b) => shared(b) - shared(a) || a.localeCompare(b));
}
