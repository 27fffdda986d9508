import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { slashed } from './openProject.ts';

/** Options for a file that no configuration takes in: as the editor has them, and no stricter. */
export const looseOptions = {
  allowJs: true,
  allowImportingTsExtensions: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  jsx: 'preserve',
  module: 'esnext',
  moduleResolution: 'bundler',
  noEmit: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  strict: false,
  target: 'esnext',
} as const;

/** The nearest `tsconfig.json`, else `jsconfig.json`, up from a file, as far as `top`. */
export function nearestConfig(path: string, top: string): string | undefined {
  for (let at = dirname(slashed(path)); ; at = dirname(at)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      const config = join(at, name);
      if (existsSync(config)) return slashed(config);
    }
    if (at === slashed(top) || dirname(at) === at) return undefined;
  }
}

/**
 * A configuration that is never written: the file alone, with the nearest configuration's options where there is one.
 */
export function looseConfig(
  path: string,
  nearest: string | undefined,
): { readonly name: string; readonly text: string } {
  const name = slashed(
    join(nearest === undefined ? dirname(path) : dirname(nearest), 'tsconfig.maia-unwritten.json'),
  );
  const json =
    nearest === undefined
      ? { compilerOptions: looseOptions, files: [slashed(path)] }
      : {
          extends: nearest,
          compilerOptions: { allowJs: true, composite: false, incremental: false, noEmit: true },
          files: [slashed(path)],
          include: [],
          exclude: [],
          references: [],
        };
  return { name, text: JSON.stringify(json) };
}
