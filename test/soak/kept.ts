import { appendFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../verify/packages.ts';
import type { Kept } from './try.ts';

/** The tries that are done, kept from one run to the next in the user's cache. */
export interface KeptTries {
  readonly file: string;
  readonly all: readonly Kept[];
  add(one: Kept): void;
}

/** @param resume without it what was kept under this seed is forgotten */
export async function keptTries(seed: string, resume: boolean): Promise<KeptTries> {
  const file = join(cacheFolder(), `soak-edits-${seed}.jsonl`);
  await mkdir(cacheFolder(), { recursive: true });
  if (!resume) await rm(file, { force: true });
  const text = await readFile(file, 'utf8').catch(() => '');
  // A line that was being written when a run was ended is none.
  const all = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Kept);
  return {
    file,
    all,
    add(one) {
      all.push(one);
      appendFileSync(file, `${JSON.stringify(one)}\n`);
    },
  };
}
