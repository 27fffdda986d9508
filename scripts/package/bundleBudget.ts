import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

export interface BundleBudget {
  /** Of the entry and of what it imports when it is loaded, bytes. */
  readonly atActivation: number;
  /** Of every program in the VSIX, bytes; without grammars, media and the classifier's weights, which are data. */
  readonly inAll: number;
  /** The classifier's weights, bytes. */
  readonly weights: number;
  /** Sources and packages that are loaded at activation. */
  readonly inputs: readonly string[];
  /** Modules of the runtime that are loaded at activation. */
  readonly externals: readonly string[];
}

const weightsFile = 'src/router/taskWeights.json';

/** The output files that loading `entry` loads with it: its static imports, and theirs. */
function closureOf(outputs: Metafile['outputs'], entry: string): string[] {
  const found = new Set([entry]);
  for (const file of found)
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (!external && kind !== 'dynamic-import') found.add(path);
  return [...found];
}

/** Reads what esbuild wrote about the last build. */
export async function bundleBudget(entry = 'dist/extension.cjs'): Promise<BundleBudget> {
  const { outputs }: Metafile = JSON.parse(await readFile(join(root, '.cache', 'bundle.json'), 'utf8'));
  if (!outputs[entry]) throw new Error(`${entry} is not in the last build.`);
  const loaded = closureOf(outputs, entry);
  const sum = (files: readonly string[]) =>
    files
      .filter((file) => /\.c?js$/.test(file))
      .reduce((bytes, file) => bytes + (outputs[file]?.bytes ?? 0), 0);
  const weights = Object.values(outputs).reduce(
    (bytes, { inputs }) => bytes + (inputs[weightsFile]?.bytesInOutput ?? 0),
    0,
  );
  return {
    atActivation: sum(loaded),
    inAll: sum(Object.keys(outputs)) - weights,
    weights,
    inputs: loaded.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {})),
    externals: loaded.flatMap((file) =>
      (outputs[file]?.imports ?? [])
        .filter(({ external, kind }) => external && kind !== 'dynamic-import')
        .map(({ path }) => path),
    ),
  };
}
