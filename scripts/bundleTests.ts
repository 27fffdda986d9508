import { globSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import type { Suite } from './test/suites.ts';

const root = join(import.meta.dirname, '..');

/** An extension that does nothing: it stands for the tests where the real one is installed from its VSIX. */
const stand = {
  name: 'maia-tests',
  publisher: 'maia',
  version: '0.0.1',
  type: 'module',
  engines: { vscode: '*' },
  capabilities: { untrustedWorkspaces: { supported: true } },
};

/** Bundles a suite for the extension host; returns the entry that VS Code runs, and its folder. */
export async function bundleTests({
  name,
  folder: source,
}: Suite): Promise<{ entry: string; folder: string }> {
  const folder = join(root, 'dist-test', name);
  await rm(folder, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'test/host/entry.ts', out: 'entry' },
      ...globSync(`${source}/*.test.ts`, { cwd: root }).map((file) => ({
        in: file,
        out: basename(file, '.ts'),
      })),
    ],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  await writeFile(join(folder, 'package.json'), JSON.stringify(stand));
  return { entry: join(folder, 'entry.js'), folder };
}
