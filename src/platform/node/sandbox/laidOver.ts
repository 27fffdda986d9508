import { mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { isInside } from './places.ts';

export interface LaidOver {
  /** The folder whose files cover the project's own. */
  readonly folder: string;
  /** Real paths in the project of what it covers, with the path of what covers it. */
  readonly files: readonly { readonly path: string; readonly from: string }[];
}

/**
 * Writes the overlay's texts, and nothing in place of hidden files, below `into` as they would lie in the project.
 * Throws where one lies outside the folder, by a link too.
 *
 * @param folder real path of the project
 */
export async function layOver(
  folder: string,
  overlay: readonly { readonly path: string; readonly text: string }[],
  hidden: readonly string[],
  into: string,
): Promise<LaidOver> {
  await mkdir(into, { recursive: true, mode: 0o755 });
  const files: { path: string; from: string }[] = [];
  const cover = async (real: string, text: string) => {
    const from = join(into, relative(folder, real));
    await mkdir(dirname(from), { recursive: true, mode: 0o755 });
    await writeFile(from, text, { mode: 0o644 });
    files.push({ path: real, from });
  };
  for (const path of hidden) {
    const real = await realOf(path);
    // What lies outside is not to be seen there anyway.
    if (isInside(real, folder) && (await stat(real).catch(() => undefined))?.isFile()) await cover(real, '');
  }
  for (const { path, text } of overlay) {
    const real = await realOf(path);
    if (!isInside(real, folder) || real === folder)
      throw new RangeError('A file to lay over lies outside the folder');
    await cover(real, text);
  }
  return { folder: into, files };
}

/** The path with its links followed, as far as it exists. */
export async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : join(await realOf(dirname(path)), basename(path));
  }
}
