import { createHmac } from 'node:crypto';
import { type Disk, systemDisk } from './disk.ts';
import type { Found, FoundSecret, Job, LinesJob } from './job.ts';
import { jsonStrings } from './jsonStrings.ts';
import { maskSecrets } from './maskSecrets.ts';
import { ProtectedLines } from './protectedLines.ts';
import { type PathPatterns, pathPatterns } from './protectedPaths.ts';
import { secretValues } from './secretScan.ts';
import { walk } from './walk.ts';

/** The worker's own program: looks at one job after another, and keeps what outlasts them. */
export class Finder {
  readonly #disk: Disk;
  #compiled: { readonly key: string; readonly patterns: PathPatterns } | undefined;
  #lines: { readonly key: string; readonly lines: ProtectedLines } | undefined;

  constructor(disk: Disk = systemDisk) {
    this.#disk = disk;
  }

  /** What one job comes to: the secrets in its texts, the patterns that hold for its paths and for lines of its texts. */
  async find(job: Job): Promise<Found> {
    const patterns = this.#patternsOf(job.globs);
    if (job.filesIn !== undefined) {
      const files = await protectedBelow(job.filesIn, patterns, this.#disk);
      return { secrets: [], patterns: [], badGlobs: patterns.bad, ...(files ? { files } : {}) };
    }
    const held = new Set<string>();
    for (const path of job.paths) {
      const glob = patterns.match(path);
      if (glob !== undefined) held.add(glob);
    }
    if (job.mask) {
      const masked = await maskSecrets(job.texts);
      return { secrets: [], patterns: [...held], badGlobs: patterns.bad, ...(masked ? { masked } : {}) };
    }
    const body = job.body === undefined ? [] : [job.body, ...(jsonStrings(job.body) ?? [])];
    const texts = [...job.texts, ...body];
    return {
      secrets: await secretsOf(texts, job.key),
      patterns: [...held],
      badGlobs: patterns.bad,
      ...(job.lines ? await this.#linesIn(texts, job.lines, job, patterns) : {}),
    };
  }

  async #linesIn(
    texts: readonly string[],
    asked: LinesJob,
    { key, globs }: Job,
    patterns: PathPatterns,
  ): Promise<Pick<Found, 'lines' | 'unindexed' | 'leftOut'>> {
    const name = JSON.stringify([asked.folders, asked.megabytes, globs]);
    if (this.#lines?.key !== name)
      this.#lines = { key: name, lines: new ProtectedLines(asked, patterns, this.#disk, key) };
    const { lines } = this.#lines;
    const ready = await lines.ready(asked);
    const { beyond, unread, cut } = lines.leftOut;
    return {
      lines: lines.patternsIn(texts),
      ...(ready ? {} : { unindexed: true }),
      ...(beyond + unread > 0 || cut ? { leftOut: { beyond, unread, cut } } : {}),
    };
  }

  #patternsOf(globs: readonly string[]): PathPatterns {
    const key = JSON.stringify(globs);
    if (this.#compiled?.key !== key) this.#compiled = { key, patterns: pathPatterns(globs) };
    return this.#compiled.patterns;
  }
}

async function protectedBelow(
  folder: string,
  patterns: PathPatterns,
  disk: Disk,
): Promise<readonly string[] | undefined> {
  const files: string[] = [];
  const { cut } = await walk([folder], patterns, disk, {
    folder: () => undefined,
    file: ({ path, pattern }) => {
      if (pattern !== undefined) files.push(path);
    },
  });
  return cut ? undefined : files;
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
