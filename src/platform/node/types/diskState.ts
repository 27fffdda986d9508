import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What of the disk was read, so that a change is noticed: a file by its time and size, a folder by its time. */
export class DiskState {
  readonly #files = new Map<string, string>();
  readonly #folders = new Map<string, string>();
  #lookedAt = 0;

  /** Packages are looked at by their folder alone. */
  note(path: string): string {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const stamp = stampOf(path);
    this.#files.set(path, stamp);
    if (!path.includes('/node_modules/')) {
      const folder = dirname(path);
      if (!this.#folders.has(folder)) this.#folders.set(folder, stampOf(folder));
    }
    return stamp;
  }

  noteFolder(path: string): void {
    if (!this.#folders.has(path)) this.#folders.set(path, stampOf(path));
  }

  /** Files whose text is another now; looked at once in a second at most. */
  changed(now: number): { readonly files: readonly string[]; readonly folders: boolean } {
    if (now - this.#lookedAt < 1_000) return { files: [], folders: false };
    this.#lookedAt = now;
    const files: string[] = [];
    for (const [path, stamp] of this.#files) {
      if (path.includes('/node_modules/')) continue;
      const fresh = stampOf(path);
      if (fresh === stamp) continue;
      this.#files.set(path, fresh);
      files.push(path);
    }
    let folders = false;
    for (const [path, stamp] of this.#folders) folders ||= stampOf(path) !== stamp;
    return { files, folders };
  }
}

function stampOf(path: string): string {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs}:${size}`;
  } catch {
    return 'none';
  }
}
