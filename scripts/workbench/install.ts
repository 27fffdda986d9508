import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeServer, workbenchFolder } from './folder.ts';
import { withLock } from './lock.ts';
import { npm } from './npm.ts';

const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * The workbench's server, installed once per version from npm: no root, no compiler. A second process waits for the
 * first; an install that was cut goes on where npm left off, since only the whole one is marked as ready.
 * Its native modules are left out: without them a log writer and the terminal are missing, nothing else.
 * @returns the folder that holds `out/server-main.js`
 */
export async function installWorkbench(say: (line: string) => void = () => {}): Promise<string> {
  const folder = join(workbenchFolder(), codeServer.replace('@', '-'));
  const server = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const ready = join(folder, 'ready');
  if (existsSync(ready)) return server;
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(ready)) return;
    say(`Installing VS Code's workbench (${codeServer}) once, into ${folder} …`);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"private":true}\n');
    await npm([...install, codeServer], folder, () => {});
    await npm([...install, '--omit=dev'], server, () => {});
    await npm([...install, '--omit=dev'], join(server, 'extensions'), () => {});
    await writeFile(ready, `${codeServer}\n`);
  });
  return server;
}
