import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, portIsFree } from '../ports.ts';

/**
 * The port that this folder's workbench had the last time, else a new one that it keeps from now on: a browser keeps
 * what VS Code remembers (the key, what was said once) by address. Where somebody else listens there, another one.
 */
export async function lastingPort(home: string): Promise<number> {
  const file = join(home, 'port');
  const kept = Number(await readFile(file, 'utf8').catch(() => ''));
  if (kept > 0) return (await portIsFree(kept)) ? kept : freePort();
  const port = await freePort();
  await writeFile(file, `${port}\n`);
  return port;
}
