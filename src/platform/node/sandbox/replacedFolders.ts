import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { LaidOver } from './laidOver.ts';
import type { Mount } from './mounts.ts';
import { exists } from './places.ts';

/** Bubblewrap reads the table of mounts again for each one: more take seconds. */
const mostMounts = 400;
const mostCopied = 64 * 1024 * 1024;

/**
 * Mounts that lay files over a project that is read-only, without layers: a file that exists is covered by another; for
 * a new one its nearest folder that exists is replaced by one with copies of its files, its folders mounted in it.
 * Throws a RangeError where that takes more than can be mounted or copied.
 *
 * @param into a folder of scratch that does not exist yet
 */
export async function replacedFolders(over: LaidOver, into: string): Promise<Mount[]> {
  const beside: Mount[] = [];
  const mounts: Mount[] = [];
  const replaced = new Map<string, string>();
  let copied = 0;
  for (const { path } of over.files) {
    if (await exists(path)) continue;
    let parent = dirname(path);
    while (!(await exists(parent))) parent = dirname(parent);
    if (replaced.has(parent)) continue;
    const copy = join(into, String(replaced.size));
    replaced.set(parent, copy);
    await mkdir(copy, { recursive: true });
    mounts.push({ at: parent, kind: 'read', from: copy });
    for (const entry of await readdir(parent, { withFileTypes: true })) {
      const own = join(parent, entry.name);
      if (entry.isSymbolicLink()) await symlink(await readlink(own), join(copy, entry.name));
      else if (entry.isDirectory()) {
        await mkdir(join(copy, entry.name));
        beside.push({ at: own, kind: 'read', from: own });
      } else if (entry.isFile()) {
        copied += (await stat(own)).size;
        if (copied > mostCopied) throw new RangeError('The folder of the test is too large to copy');
        await copyFile(own, join(copy, entry.name), constants.COPYFILE_FICLONE);
      }
    }
  }
  for (const { path, from } of over.files) {
    const parent = nearest(dirname(path), replaced);
    const copy = parent === undefined ? undefined : replaced.get(parent);
    if (parent === undefined || copy === undefined || (await exists(path))) {
      mounts.push({ at: path, kind: 'read', from });
      continue;
    }
    const place = join(copy, relative(parent, path));
    await mkdir(dirname(place), { recursive: true });
    await copyFile(from, place);
  }
  if (beside.length + mounts.length > mostMounts) throw new RangeError('The project takes too many mounts');
  // A folder beside one that was replaced may itself be replaced.
  return [...beside, ...mounts];
}

/** The nearest of the replaced folders that a path lies in. */
function nearest(path: string, replaced: ReadonlyMap<string, string>): string | undefined {
  for (let at = path; ; at = dirname(at)) {
    if (replaced.has(at)) return at;
    if (dirname(at) === at) return undefined;
  }
}
