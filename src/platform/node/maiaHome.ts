import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/**
 * The one folder per user that every window, the command line and Claude Code share.
 * @returns an absolute path: `MAIA_HOME` where set, else the system's own place for application data
 */
export function maiaHome(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.MAIA_HOME) return resolve(env.MAIA_HOME);
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Maia');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Maia');
  // The XDG base directory specification: a relative one is not used.
  const { XDG_DATA_HOME: data = '' } = env;
  return join(isAbsolute(data) ? data : join(homedir(), '.local', 'share'), 'maia');
}

/** Makes the folder where it is missing, for the user alone (0700). */
export async function makeMaiaHome(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}
