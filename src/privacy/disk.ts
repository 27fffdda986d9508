import type { Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';

export interface DiskEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export interface DiskStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  /** Changes when the file does. */
  readonly version: string;
  /** The same for all names of one file or folder. */
  readonly identity: string;
}

/** Files as the worker sees them. Every call throws where the file system refuses. */
export interface Disk {
  entries(folder: string): Promise<readonly DiskEntry[]>;
  /** Follows links. */
  stat(path: string): Promise<DiskStat>;
  realpath(path: string): Promise<string>;
  /** The first bytes of a file, at most `limit`. */
  read(path: string, limit: number): Promise<Buffer>;
}

function kindOf(entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): DiskEntry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  if (entry.isDirectory()) return 'folder';
  return entry.isFile() ? 'file' : 'other';
}

export const systemDisk: Disk = {
  async entries(folder) {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }));
  },
  async stat(path) {
    const found = await stat(path);
    return {
      kind: found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other',
      bytes: found.size,
      version: `${found.mtimeMs} ${found.ctimeMs} ${found.size}`,
      identity: `${found.dev} ${found.ino}`,
    };
  },
  realpath: (path) => realpath(path),
  async read(path, limit) {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      // A pipe or a device would be waited for without end; what has no size has nothing to read.
      const bytes = Buffer.alloc(Math.min(limit, size));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  },
};
