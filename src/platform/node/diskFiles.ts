import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectFiles } from '../../vocabulary/ports.ts';

const oneMebibyte = 1024 * 1024;
/** Never worth searching, and often enormous. */
const leftOut = new Set(['node_modules', '.git', 'dist', 'out', 'build', 'target', '.venv', '__pycache__']);

/** The project's files as they lie on disk. */
export const diskFiles: ProjectFiles = {
  async read(path, signal, limitBytes = oneMebibyte) {
    signal.throwIfAborted();
    const file = await fs.open(path, 'r').catch(() => undefined);
    if (!file) return undefined;
    try {
      const { size } = await file.stat();
      if (size > limitBytes) return undefined;
      const bytes = await file.readFile({ signal });
      return bytes.includes(0) ? undefined : bytes.toString('utf8');
    } catch (error) {
      signal.throwIfAborted();
      if ((error as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
      throw error;
    } finally {
      await file.close();
    }
  },
  async stat(path, signal) {
    signal.throwIfAborted();
    const found = await fs.stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const writable = await fs.access(path, constants.W_OK).then(
      () => true,
      () => false,
    );
    return { bytes: found.size, readOnly: !writable };
  },
  async list(folder, signal) {
    signal.throwIfAborted();
    const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  },
  async find(folder, pattern, limit, signal) {
    const found: string[] = [];
    for await (const path of fs.glob(pattern, {
      cwd: folder,
      exclude: (name) => leftOut.has(name.split(/[\\/]/).at(-1) ?? name),
    })) {
      signal.throwIfAborted();
      found.push(join(folder, path));
      if (found.length >= limit) break;
    }
    return found;
  },
};
