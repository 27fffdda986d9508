import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface CompilerPackage {
  /** `classic` runs in JavaScript and is asked by its own functions, `native` is asked in a process of its own. */
  readonly kind: 'classic' | 'native';
  readonly version: string;
  /** The module to load, absolute. */
  readonly entry: string;
}

export type FoundCompiler =
  | { readonly found: true; readonly compiler: CompilerPackage }
  | { readonly found: false; readonly why: 'noCompiler' | 'otherVersion' };

/** Versions whose unstable API was tried with what is here: it may change with any other. */
const triedNative: ReadonlySet<string> = new Set(['7.0.2']);
/** The classic API has been the same, for what is asked of it, since 4.7. */
const classicFrom = [4, 7] as const;

/**
 * The `typescript` package that the project itself would be compiled with: the nearest one up from the file, as far as
 * the workspace folder, and above it as far as the repository reaches.
 */
export function compilerOf(path: string, folder: string): FoundCompiler {
  const top = repositoryOf(folder);
  for (let at = dirname(path); ; at = dirname(at)) {
    const root = join(at, 'node_modules', 'typescript');
    const text = readText(join(root, 'package.json'));
    if (text !== undefined) return packageAt(root, text);
    if (at === top || dirname(at) === at) return { found: false, why: 'noCompiler' };
  }
}

/** The folder of the repository around a folder; itself where there is none. */
export function repositoryOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

function packageAt(root: string, text: string): FoundCompiler {
  let manifest: { name?: unknown; version?: unknown; main?: unknown; exports?: Record<string, unknown> };
  try {
    manifest = JSON.parse(text);
  } catch {
    return { found: false, why: 'noCompiler' };
  }
  const { version } = manifest;
  if (manifest.name !== 'typescript' || typeof version !== 'string')
    return { found: false, why: 'noCompiler' };
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const at = (entry: unknown) => (typeof entry === 'string' ? join(realpathSync(root), entry) : undefined);
  const isClassic =
    major <= 6 && (major > classicFrom[0] || (major === classicFrom[0] && minor >= classicFrom[1]));
  const entry = isClassic
    ? at(manifest.main ?? './lib/typescript.js')
    : triedNative.has(version)
      ? at(manifest.exports?.['./unstable/async'])
      : undefined;
  if (entry === undefined || !existsSync(entry)) return { found: false, why: 'otherVersion' };
  return { found: true, compiler: { kind: isClassic ? 'classic' : 'native', version, entry } };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
