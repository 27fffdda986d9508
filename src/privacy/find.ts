import { createHmac } from 'node:crypto';
import type { Found, FoundSecret, Job } from './job.ts';
import { jsonStrings } from './jsonStrings.ts';
import { maskSecrets } from './maskSecrets.ts';
import { type PathPatterns, pathPatterns } from './protectedPaths.ts';
import { secretValues } from './secretScan.ts';

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
  const masked = job.mask ? await maskSecrets(job.texts) : undefined;
  return {
    secrets: job.mask ? [] : await secretsOf([...job.texts, ...body], job.key),
    patterns: [...held],
    badGlobs: patterns.bad,
    ...(masked ? { masked } : {}),
  };
}

async function secretsOf(texts: readonly string[], key: string): Promise<readonly FoundSecret[]> {
  const found = await secretValues(texts);
  return found
    .map(({ kind, value }) => ({
      kind,
      id: createHmac('sha256', key).update(value).digest('hex').slice(0, 32),
    }))
    .sort((one, other) => one.kind.localeCompare(other.kind));
}
