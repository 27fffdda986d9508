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

// With a program of its own an extension has to say which VS Code it is for.
const probing = { main: './probe.js', activationEvents: ['*'], engines: { vscode: '^1.138.0' } };

/** Bundles a suite for the extension host; returns the entry that VS Code runs, and its folder. */
export async function bundleTests({
  name,
  folder: source,
  probe,
}: Suite): Promise<{ entry: string; folder: string }> {
  const folder = join(root, 'dist-test', name);
  await rm(folder, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'test/host/entry.ts', out: 'entry' },
      ...(probe ? [{ in: probe, out: 'probe' }] : []),
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
  await writeFile(join(folder, 'package.json'), JSON.stringify(probe ? { ...stand, ...probing } : stand));
  return { entry: join(folder, 'entry.js'), folder };
}
