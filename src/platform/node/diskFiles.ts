import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';
import picomatch from 'picomatch';
import type { ProjectFiles } from '../../vocabulary/ports.ts';

const oneMebibyte = 1024 * 1024;
/** Never worth searching, and often enormous. */
const leftOut = new Set(['node_modules', '.git', 'dist', 'out', 'build', 'target', '.venv', '__pycache__']);

/** The project's files as they lie on disk. */
export const diskFiles: ProjectFiles = {
  folders() {
    const here = process.cwd();
    // A whole home or disk is no project.
    return here === homedir() || here === parse(here).root ? [] : [here];
  },
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
    const wanted = picomatch(pattern, { dot: true });
    const found: string[] = [];
    const open = [''];
    for (let below = open.shift(); below !== undefined && found.length < limit; below = open.shift()) {
      signal.throwIfAborted();
      const entries = await fs.readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        // A link is not followed: it may lead back, or out of the project.
        if (entry.isDirectory() && !leftOut.has(entry.name)) open.push(path);
        else if (entry.isFile() && found.length < limit && wanted(path)) found.push(join(folder, path));
      }
    }
    return found;
  },
};
