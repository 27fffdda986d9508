import { basename, dirname, join } from 'node:path';
import type { ProjectFiles } from '../../vocabulary/ports.ts';

/** Of a package's other files so many are read at most. */
const fileLimit = 100;

/**
 * Of some names those that the other files of a Go package declare: a package is one scope, and nothing imports it.
 *
 * @param path absolute path of the file that uses them; without one nobody can say
 */
export async function packageNames(
  path: string | undefined,
  languageId: string,
  names: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (languageId !== 'go' || path === undefined || names.length === 0) return new Set();
  const folder = dirname(path);
  const own = basename(path);
  const others = (await files.list(folder, signal)).filter((name) => name.endsWith('.go') && name !== own);
  const texts = await Promise.all(
    others.slice(0, fileLimit).map((name) => files.read(join(folder, name), signal)),
  );
  const declared = names.filter((name) => {
    // At the top, or in a group of constants, variables or types; one that is listed first or later.
    const pattern = new RegExp(
      `^(?:(?:func|type|var|const)[ \\t]+|\\t)(?:\\w+,[ \\t]*)*${name}(?![\\w.:(]|[ \\t]*:=)|^func[ \\t]+${name}\\b`,
      'm',
    );
    return texts.some((text) => text !== undefined && pattern.test(text));
  });
  return new Set(declared);
}
