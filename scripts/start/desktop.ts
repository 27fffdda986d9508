import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { start } from '../processes.ts';

/** The desktop's `code` command, where there is one that can show a window. */
export function findCode(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Opens a window of the user's own VS Code with Maia in it; ends when that window is closed. */
export async function runCode(
  code: string,
  extension: string,
  workspace: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${extension}`, workspace];
  const child = start(code, args, {
    env: { ...process.env, ...env },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
}

/** Shows an address in the user's browser, where there is one. */
export function openBrowser(url: string, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.CI || (process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)) return false;
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  };
  const [command, ...args] = openers[process.platform] ?? ['xdg-open'];
  start(command, [...args, url], { stdio: 'ignore' }).once('error', () => {});
  return true;
}
