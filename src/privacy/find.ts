import type { Found, Job } from './job.ts';
import { jsonStrings } from './jsonStrings.ts';
import { type PathPatterns, pathPatterns } from './protectedPaths.ts';
import { scanForSecrets } from './secretScan.ts';

let compiled: { readonly key: string; readonly patterns: PathPatterns } | undefined;

function patternsOf(globs: readonly string[]): PathPatterns {
  const key = JSON.stringify(globs);
  if (compiled?.key !== key) compiled = { key, patterns: pathPatterns(globs) };
  return compiled.patterns;
}

/** What one job of the worker comes to: the secrets in its texts, and the patterns that hold for its paths. */
export async function find(job: Job): Promise<Found> {
  const patterns = patternsOf(job.globs);
  const held = new Set<string>();
  for (const path of job.paths) {
    const glob = patterns.match(path);
    if (glob !== undefined) held.add(glob);
  }
  const body = job.body === undefined ? [] : [job.body, ...(jsonStrings(job.body) ?? [])];
  return {
    kinds: await scanForSecrets([...job.texts, ...body]),
    patterns: [...held],
    badGlobs: patterns.bad,
  };
}
