import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Bundles `test/host/` for the extension host; returns the entry that VS Code runs. */
export async function bundleTests(): Promise<string> {
  const outdir = join(root, 'dist-test');
  const entryPoints = ['test/host/entry.ts'];
  for await (const file of glob('test/host/*.test.ts', { cwd: root })) entryPoints.push(file);
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
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
  return join(outdir, 'entry.js');
}
