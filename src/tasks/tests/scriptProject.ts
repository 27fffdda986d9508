import { basename, join } from 'node:path';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { findBelow, foldersUp, isRecord, nearestFirst, readJson } from './projectFolders.ts';
import type { FrameworkId } from './testsPlan.ts';

export type ScriptFramework = Extract<FrameworkId, 'vitest' | 'jest' | 'mocha' | 'nodeTest'>;

/** What a JavaScript or TypeScript package tells about its tests. */
export interface ScriptProject {
  /** The nearest package's folder, or the file's own where there is no package. */
  readonly folder: string;
  readonly framework: ScriptFramework;
  readonly assumed: boolean;
  /** `"type": "module"`. */
  readonly esm: boolean;
  readonly chai: boolean;
  /** Tests import jest's globals from `@jest/globals`. */
  readonly jestGlobals: boolean;
  /** Absolute paths of the package's test files, nearest to the source first. */
  readonly tests: readonly string[];
  /** The nearest of them that could be read, for its style. */
  readonly sample?: string;
  /** `compilerOptions` of the nearest tsconfig, as text. */
  readonly tsconfig: string;
}

const extensions = '{ts,tsx,mts,cts,js,jsx,mjs,cjs}';
const otherFrameworks = ['jasmine', 'ava', 'tap', 'tape', 'uvu', 'qunit', 'cypress', '@playwright/test'];

/** What a source's package tells; the name of its framework where Maia does not know that one. */
export async function scriptProject(
  path: string,
  workspace: string | undefined,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<ScriptProject | { readonly unknown: string }> {
  const folders = foldersUp(path, workspace);
  const packages: { folder: string; manifest: Record<string, unknown> }[] = [];
  let tsconfig = '';
  for (const folder of folders) {
    const manifest = await readJson(files, join(folder, 'package.json'), signal);
    if (manifest) packages.push({ folder, manifest });
    tsconfig ||= (await files.read(join(folder, 'tsconfig.json'), signal)) ?? '';
  }
  const nearest = packages[0];
  const folder = nearest?.folder ?? folders.at(-1) ?? folders[0]!;
  const tests = nearestFirst(await testFiles(files, folder, workspace, signal), folders[0]!).filter(
    (one) => one !== path,
  );
  const samples = await readSamples(files, tests, signal);
  const found = await frameworkOf(packages, samples, files, signal);
  if (found && 'unknown' in found) return found;
  const names = dependencyNames(nearest?.manifest ?? {});
  return {
    folder,
    framework: found?.framework ?? 'nodeTest',
    assumed: !found,
    esm: nearest?.manifest.type === 'module',
    chai: samples.some((text) => /['"]chai['"]/.test(text)) || (samples.length === 0 && names.has('chai')),
    jestGlobals:
      samples.length > 0
        ? samples.some((text) => text.includes('@jest/globals'))
        : names.has('@jest/globals'),
    tests,
    sample: samples[0],
    tsconfig,
  };
}

async function testFiles(
  files: ProjectFiles,
  folder: string,
  workspace: string | undefined,
  signal: AbortSignal,
): Promise<string[]> {
  const globs = [
    `**/*.{test,spec}.${extensions}`,
    `**/*{-,_}{test,spec}.${extensions}`,
    `{test,tests,__tests__}/**/*.${extensions}`,
    `**/__tests__/**/*.${extensions}`,
  ];
  const found = await findBelow(files, folder, globs, workspace, signal);
  return found.filter(
    (path) =>
      !/(^|[/\\])(fixtures?|helpers?|setup|mocks?|__mocks__)([/\\.]|$)/i.test(path.slice(folder.length)),
  );
}

async function readSamples(
  files: ProjectFiles,
  tests: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const texts = await Promise.all(tests.slice(0, 5).map((path) => files.read(path, signal)));
  return texts.filter((text) => text !== undefined);
}

type Found = { readonly framework: ScriptFramework } | { readonly unknown: string } | undefined;

/** From the nearest package outwards: its test script, its dependencies and configuration; else what its tests import. */
async function frameworkOf(
  packages: readonly { folder: string; manifest: Record<string, unknown> }[],
  samples: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Found> {
  const bySample = samples.map(frameworkOfTest).find((one) => one !== undefined);
  let other: string | undefined;
  for (const [index, { folder, manifest }] of packages.entries()) {
    if (index === 0 && bySample) return { framework: bySample };
    const byScript = frameworkOfScript(manifest);
    if (byScript) return { framework: byScript };
    const names = dependencyNames(manifest);
    if (names.has('vitest')) return { framework: 'vitest' };
    if (
      names.has('jest') ||
      names.has('ts-jest') ||
      names.has('@jest/globals') ||
      'jest' in manifest ||
      names.has('react-scripts')
    ) {
      return { framework: 'jest' };
    }
    if (names.has('mocha') || 'mocha' in manifest) return { framework: 'mocha' };
    const byConfig = frameworkOfNames(await files.list(folder, signal));
    if (byConfig) return { framework: byConfig };
    other ??= otherFrameworks.find((name) => names.has(name));
  }
  if (bySample) return { framework: bySample };
  return other ? { unknown: other } : undefined;
}

function frameworkOfTest(text: string): ScriptFramework | undefined {
  if (/['"]vitest['"]/.test(text)) return 'vitest';
  if (/['"]node:test['"]/.test(text)) return 'nodeTest';
  if (/['"]@jest\/globals['"]|\bjest\.(fn|mock|spyOn)\(/.test(text)) return 'jest';
  if (/['"](mocha|chai)['"]/.test(text)) return 'mocha';
  return undefined;
}

function frameworkOfScript(manifest: Record<string, unknown>): ScriptFramework | undefined {
  const scripts = isRecord(manifest.scripts) ? manifest.scripts : {};
  const lines = Object.entries(scripts)
    .filter(([name]) => /^(test|unit)/.test(name))
    .map(([, line]) => String(line));
  for (const line of lines) {
    if (/\bvitest\b/.test(line)) return 'vitest';
    if (/\bjest\b|react-scripts test/.test(line)) return 'jest';
    if (/\b(mocha|nyc mocha)\b/.test(line)) return 'mocha';
    if (/\b(node|tsx|ts-node)\b.*\s--test\b/.test(line)) return 'nodeTest';
  }
  return undefined;
}

function frameworkOfNames(names: readonly string[]): ScriptFramework | undefined {
  if (names.some((name) => /^vitest\.(config|workspace)\./.test(name))) return 'vitest';
  if (names.some((name) => /^jest\.config\./.test(name))) return 'jest';
  if (names.some((name) => /^\.mocharc\./.test(name))) return 'mocha';
  return undefined;
}

function dependencyNames(manifest: Record<string, unknown>): Set<string> {
  const groups = [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies];
  return new Set(groups.flatMap((group) => (isRecord(group) ? Object.keys(group) : [])));
}

/** Whether a test file's name is that of a source file's tests: `sum.test.ts`, `sum-spec.js`, `test/sum.js`. */
export function isTestOf(testPath: string, sourcePath: string): boolean {
  const stem = basename(sourcePath).replace(/\.\w+$/, '');
  return (
    basename(testPath)
      .replace(/\.\w+$/, '')
      .replace(/[.\-_](test|spec)$/, '') === stem
  );
}
