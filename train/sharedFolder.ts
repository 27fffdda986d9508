import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder with sets that are not the project's: the one that MAIA_SHARED names, else `shared` beside the project. */
export function sharedFolder(): string | undefined {
  const named = process.env.MAIA_SHARED;
  if (named !== undefined && named !== '') return named;
  const beside = join(import.meta.dirname, '..', '..', 'shared');
  return existsSync(join(beside, 'data')) ? beside : undefined;
}
