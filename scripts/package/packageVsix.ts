import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildForRelease } from './release.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/**
 * Builds for release and makes the VSIX; throws when `vsce` has as much as a warning.
 * @param folder where the VSIX is put
 */
export async function packageVsix(
  folder: string,
): Promise<{ readonly file: string; readonly bytes: number }> {
  await buildForRelease();
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const file = join(folder, `${name}-${version}.vsix`);
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const { stdout, stderr } = await run(
    process.execPath,
    [vsce, 'package', '--no-dependencies', '--out', file],
    {
      cwd: root,
      maxBuffer: 16_000_000,
    },
  );
  const said = `${stdout}${stderr}`;
  if (/warning/i.test(said)) throw new Error(`vsce has warnings:\n${said}`);
  const { size } = await stat(file);
  return { file, bytes: size };
}
