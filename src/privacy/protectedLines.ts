import { extname } from 'node:path';
import type { Disk } from './disk.ts';
import type { LinesJob } from './job.ts';
import { LineIndex } from './lineIndex.ts';
import type { PathPatterns } from './protectedPaths.ts';
import { walk } from './walk.ts';

/** The head of a larger file is taken, the rest left out. */
const largestFile = 1024 * 1024;
const mostFiles = 5_000;
/** Unprotected files whose lines are taken out again: how many, and bytes of each. */
const mostOpenFiles = 400;
const largestOpenFile = 128 * 1024;
/** Known files are asked whether they changed, and folders walked for new ones, after so many ms. */
const lookAgainMs = 2_000;
const walkAgainMs = 30_000;
/** Folders nearest to the top, which are asked as well: there new protected files come to be. */
const mostFolders = 500;

interface Known {
  readonly pattern: string;
  version?: string;
  /** What it takes of the bound on bytes: its first reading, and later whatever was new. */
  bytes: number;
  /** Only its beginning was read. */
  cut?: true;
  done: boolean;
}

/** A file that shows others what to fill in: `.env.example`. */
const isTemplate = /\.(?:example|sample|template|dist|tmpl)$/i;

/** What of the protected files is not in the index. */
export interface LeftOut {
  /** Beyond the bound on bytes or files, or only their beginning is in. */
  readonly beyond: number;
  /** Files and folders that could not be read. */
  readonly unread: number;
  /** The walk ended before all folders were seen. */
  readonly cut: boolean;
}

/** The lines of one workspace's protected files: found, read and hashed beside other work, and kept up to date. */
export class ProtectedLines {
  readonly #folders: readonly string[];
  readonly #patterns: PathPatterns;
  readonly #disk: Disk;
  readonly #index: LineIndex;
  readonly #files = new Map<string, Known>();
  readonly #open = new Set<string>();
  readonly #entered = new Map<string, string>();
  readonly #reading = new Set<Promise<void>>();
  #bytesLeft: number;
  #beyond = 0;
  #unread = 0;
  #cut = false;
  #walked: Promise<void> | undefined;
  #walkedAt = Number.NEGATIVE_INFINITY;
  #whole = false;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(job: LinesJob, patterns: PathPatterns, disk: Disk, key: string) {
    this.#folders = job.folders;
    this.#patterns = patterns;
    this.#disk = disk;
    this.#index = new LineIndex(key);
    this.#bytesLeft = job.megabytes * 1024 * 1024;
  }

  get leftOut(): LeftOut {
    return { beyond: this.#beyond, unread: this.#unread, cut: this.#cut };
  }

  /**
   * Waits until what is known of the files is up to date.
   * @returns false where protected files were found that could not be read in that time
   */
  async ready({ waitMs, readMs }: Pick<LinesJob, 'waitMs' | 'readMs'>): Promise<boolean> {
    const now = performance.now();
    if (!this.#walked) await atMost(this.#walkAgain(), waitMs);
    else if (!this.#whole) await atMost(this.#walked, waitMs);
    else if (now - this.#lookedAt > lookAgainMs) {
      this.#lookedAt = now;
      await atMost(this.#look(), waitMs);
      // Deeper folders: found in the background, for a later text.
      if (now - this.#walkedAt > walkAgainMs) void this.#walkAgain();
    }
    // What is known to be there is waited for longer: a conversation that is marked for it stays so.
    if (!this.#allRead()) await atMost(Promise.all(this.#reading), readMs);
    return this.#allRead();
  }

  #allRead(): boolean {
    return [...this.#files.values()].every(({ done }) => done);
  }

  /** The patterns of the files whose lines stand in the texts. */
  patternsIn(texts: readonly string[]): readonly string[] {
    return this.#index.patternsIn(texts);
  }

  #walkAgain(): Promise<void> {
    this.#walkedAt = performance.now();
    this.#lookedAt = this.#walkedAt;
    this.#walked = this.#walk().catch(() => {
      this.#cut = true;
      this.#whole = true;
    });
    return this.#walked;
  }

  async #walk(): Promise<void> {
    const open: string[] = [];
    this.#entered.clear();
    const { cut, unread } = await walk(this.#folders, this.#patterns, this.#disk, {
      folder: (path, version) => {
        if (this.#entered.size < mostFolders) this.#entered.set(path, version);
      },
      file: ({ path, pattern }) => {
        // It stays protected by its path; what it says stands in READMEs and is meant to.
        if (isTemplate.test(path)) return;
        if (pattern === undefined) {
          if (open.length < mostOpenFiles * 20) open.push(path);
        } else if (!this.#files.has(path) && this.#files.size < mostFiles) {
          const known: Known = { pattern, bytes: 0, done: false };
          this.#files.set(path, known);
          const reading = this.#read(path, known);
          this.#reading.add(reading);
          void reading.finally(() => this.#reading.delete(reading));
        } else if (!this.#files.has(path)) this.#beyond += 1;
      },
    });
    await Promise.all(this.#reading);
    this.#cut ||= cut;
    this.#unread += this.#whole ? 0 : unread;
    const extensions = new Set([...this.#files.keys()].map((path) => extname(path).toLowerCase()));
    if (this.#index.size > 0)
      for (const path of open
        .filter((one) => extensions.has(extname(one).toLowerCase()))
        .slice(0, mostOpenFiles))
        if (!this.#open.has(path)) await this.#readOpen(path);
    this.#whole = true;
  }

  /** Asks every known file and folder whether it changed. Lines that were there once stay protected. */
  async #look(): Promise<void> {
    let moved = false;
    await Promise.all([
      ...[...this.#files].map(async ([path, known]) => {
        const now = await this.#disk.stat(path).catch(() => undefined);
        if (now && now.version !== known.version) await this.#read(path, known);
      }),
      ...[...this.#entered].map(async ([path, version]) => {
        const now = await this.#disk.stat(path).catch(() => undefined);
        moved ||= now !== undefined && now.version !== version;
      }),
    ]);
    if (moved) await this.#walkAgain();
  }

  async #read(path: string, known: Known): Promise<void> {
    try {
      for (let round = 0; round < 2; round += 1) {
        const { version, bytes, kind } = await this.#disk.stat(path);
        if (kind !== 'file') break;
        const again = known.version !== undefined;
        const limit = Math.max(0, Math.min(largestFile, this.#bytesLeft + known.bytes));
        const taken = Math.min(limit, bytes);
        // Taken before it is read: others are read at the same time.
        const held = known.bytes;
        this.#bytesLeft += held - taken;
        known.bytes = taken;
        if (bytes > limit && !known.cut) {
          known.cut = true;
          this.#beyond += 1;
        }
        known.version = version;
        if (limit === 0) break;
        const text = textOf(await this.#disk.read(path, limit));
        const added = text === undefined ? 0 : await this.#index.add(text, known.pattern);
        if (again) {
          known.bytes = held + added;
          this.#bytesLeft += taken - known.bytes;
        }
        // One that changed while it was read is read once more; after that it is looked at again soon.
        if ((await this.#disk.stat(path)).version === version) break;
      }
    } catch {
      this.#unread += 1;
    }
    known.done = true;
  }

  async #readOpen(path: string): Promise<void> {
    this.#open.add(path);
    try {
      const text = textOf(await this.#disk.read(path, largestOpenFile));
      if (text !== undefined) await this.#index.seenOpen(text);
    } catch {
      // What can't be read takes nothing out.
    }
  }
}

/** Undefined for what is no text. */
function textOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  return bytes.subarray(0, 8_192).includes(0) ? undefined : bytes.toString('utf8').replace(/^\ufeff/, '');
}

async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
