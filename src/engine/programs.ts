import type { CodePaths } from '../code/client.ts';
import { bundledPaths, sourcePaths } from '../code/paths.ts';

/** Where the programs of the workers lie. */
export interface Programs {
  readonly ledger: URL;
  readonly privacy: URL;
  readonly code: CodePaths;
}

/** @param dist the folder of the bundle, with a slash at its end */
export function bundledPrograms(dist: URL): Programs {
  return {
    ledger: new URL('ledgerWorker.js', dist),
    privacy: new URL('privacyWorker.js', dist),
    code: bundledPaths(dist),
  };
}

/** From the sources, for tests. */
export function sourcePrograms(): Programs {
  return {
    ledger: new URL('../ledger/worker.ts', import.meta.url),
    privacy: new URL('../privacy/worker.ts', import.meta.url),
    code: sourcePaths(),
  };
}
