import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');

/** Builds `dist/` as it ships: minified, without source maps. */
export async function buildForRelease(): Promise<void> {
  await promisify(execFile)(process.execPath, ['esbuild.mjs', '--production'], { cwd: root });
}
