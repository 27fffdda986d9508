import { createHmac } from 'node:crypto';
import { linesToAsk, linesToKeep } from './lineForms.ts';

interface Entry {
  readonly pattern: string;
  readonly secret: boolean;
}

/** How many lines are hashed before others get a turn. */
const turn = 1_000;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Keyed hashes of the lines of protected files, in memory alone: no line is kept, and with the key gone no hash tells
 * of one.
 */
export class LineIndex {
  readonly #key: string;
  readonly #seed: number;
  readonly #entries = new Map<string, Entry>();
  /** Cheap hashes of the same lines: what is not among them needs no other. */
  readonly #quick = new Set<number>();
  /** Lines that one unprotected file has as well. */
  readonly #open = new Set<string>();

  constructor(key: string) {
    this.#key = key;
    this.#seed = createHmac('sha256', key).update('quick').digest().readUInt32LE();
  }

  get size(): number {
    return this.#entries.size;
  }

  /** @returns the length of the lines that were not in it before, in UTF-16 units */
  async add(text: string, pattern: string): Promise<number> {
    let done = 0;
    let added = 0;
    for (const { text: line, secret } of linesToKeep(text)) {
      const hash = this.#hash(line);
      const known = this.#entries.get(hash);
      if (!known) added += line.length;
      if (!known || (secret && !known.secret)) this.#entries.set(hash, { pattern, secret });
      this.#quick.add(this.#quickHash(line));
      if (++done % turn === 0) await nextTurn();
    }
    return added;
  }

  /**
   * Told of the text of one unprotected file. A line that two of them have is no secret of a third, unless it looks
   * like one.
   */
  async seenOpen(text: string): Promise<void> {
    if (this.#entries.size === 0) return;
    const hashes = new Set<string>();
    let done = 0;
    for (const { text: line } of linesToKeep(text)) {
      if (this.#quick.has(this.#quickHash(line))) hashes.add(this.#hash(line));
      if (++done % turn === 0) await nextTurn();
    }
    for (const hash of hashes) {
      if (this.#entries.get(hash)?.secret !== false) continue;
      if (this.#open.has(hash)) this.#entries.delete(hash);
      else this.#open.add(hash);
    }
  }

  /** The patterns of the files whose lines stand in the texts. */
  patternsIn(texts: readonly string[]): readonly string[] {
    const found = new Set<string>();
    if (this.#entries.size === 0) return [];
    for (const text of texts)
      for (const line of linesToAsk(text)) {
        if (!this.#quick.has(this.#quickHash(line))) continue;
        const entry = this.#entries.get(this.#hash(line));
        if (entry) found.add(entry.pattern);
      }
    return [...found];
  }

  #hash(line: string): string {
    return createHmac('sha256', this.#key).update(line).digest('base64').slice(0, 16);
  }

  /** FNV-1a from a seed of this process. */
  #quickHash(line: string): number {
    let hash = this.#seed;
    for (let at = 0; at < line.length; at++) hash = Math.imul(hash ^ line.charCodeAt(at), 16_777_619);
    return hash >>> 0;
  }
}
