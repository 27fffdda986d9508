import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { realOf } from './laidOver.ts';
import { isInside } from './places.ts';

const mostFiles = 20_000;
const mostBytes = 256 * 1024 * 1024;
/** Packages and what was built: seen through a link. */
const linked = new Set(
  'node_modules .venv venv vendor target dist build out .gradle .tox .next .cache bower_components'.split(
    ' ',
  ),
);

/**
 * Copies a project with files laid over it; packages and what was built are linked. Throws a RangeError where it is too
 * large or a file to lay over lies outside.
 */
export async function copyProject(
  folder: string,
  copy: string,
  overlay: readonly { readonly path: string; readonly text: string }[],
  signal: AbortSignal,
): Promise<void> {
  // By the places where they really lie: a link may lead out of the project.
  const root = await realOf(folder);
  const laid = await Promise.all(
    overlay.map(async ({ path, text }) => ({ path: relative(root, await realOf(path)), text })),
  );
  if (laid.some(({ path }) => path === '' || path.startsWith('..') || isAbsolute(path)))
    throw new RangeError('A file to lay over lies outside the folder');
  let files = 0;
  let bytes = 0;
  const open = [''];
  for (let below = open.shift(); below !== undefined; below = open.shift()) {
    signal.throwIfAborted();
    await mkdir(join(copy, below), { recursive: true });
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = join(below, entry.name);
      const from = join(folder, path);
      if (entry.name === '.git') continue;
      if (linked.has(entry.name) && !laid.some((one) => isInside(one.path, path)))
        await symlink(from, join(copy, path));
      else if (entry.isDirectory()) open.push(path);
      else if (entry.isSymbolicLink()) await symlink(await readlink(from), join(copy, path));
      else if (entry.isFile()) {
        files += 1;
        bytes += (await stat(from)).size;
        if (files > mostFiles || bytes > mostBytes) throw new RangeError('The project is too large to copy');
        await copyFile(from, join(copy, path), constants.COPYFILE_FICLONE);
      }
    }
  }
  for (const { path, text } of laid) {
    const place = join(copy, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
}
