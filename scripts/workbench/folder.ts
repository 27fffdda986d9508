import { homedir } from 'node:os';
import { join } from 'node:path';

/** The VS Code that is run where there is no desktop one: the workbench inside this npm package. */
export const codeServer = 'code-server@4.139.1';
/** A Chromium inside an npm package (Linux x64), for machines that have no browser. */
export const chromiumPackage = '@sparticuz/chromium@153.0.0';

/** The folder of the user that keeps what is installed once: `MAIA_WORKBENCH_DIR`, else the system's cache. */
export function workbenchFolder(): string {
  const { MAIA_WORKBENCH_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (MAIA_WORKBENCH_DIR) return MAIA_WORKBENCH_DIR;
  const home = homedir();
  const caches: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Caches'),
    win32: LOCALAPPDATA ?? join(home, 'AppData', 'Local'),
  };
  return join(XDG_CACHE_HOME ?? caches[process.platform] ?? join(home, '.cache'), 'maia-workbench');
}
