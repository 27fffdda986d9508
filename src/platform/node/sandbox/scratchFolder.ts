import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realOf } from './laidOver.ts';

const form = /^maia-run-(\d+)-/;

/** An empty folder of one run's own, which only this user can read. */
export async function makeScratch(): Promise<string> {
  return realOf(await mkdtemp(join(tmpdir(), `maia-run-${process.pid}-`)));
}

export async function removeScratch(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Removes what processes left that were killed in the middle of a run. */
export async function removeLeftScratch(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const left = names.filter((name) => {
    const pid = form.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.all(left.map((name) => removeScratch(join(tmpdir(), name))));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's is alive, and nothing that may be ended.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
