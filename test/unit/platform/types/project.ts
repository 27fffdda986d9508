import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { createTypeChecker, type TypeCheckerParts } from '../../../../src/platform/node/types/typeChecker.ts';
import type { Checker, CheckerAnswer, Diagnostic } from '../../../../src/vocabulary/ports.ts';

const { resolve } = createRequire(import.meta.url);
const packageOf = (name: string) => dirname(realpathSync(resolve(`${name}/package.json`)));
const beside = (name: string) => join(packageOf(name), 'node_modules', 'typescript');

/** The real compilers, by major version. */
export const compilers = {
  5: beside('maia-test-typescript5'),
  6: beside('maia-test-typescript6'),
  7: packageOf('typescript'),
} as const;
export type Major = keyof typeof compilers;
export const majors: readonly Major[] = [5, 6, 7];

export const strict = JSON.stringify({
  compilerOptions: {
    strict: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2022',
    types: [],
  },
  include: ['src'],
});

/** A project on disk, with a compiler of its own where one is named. */
export function projectIn(
  t: TestContext,
  major: Major | undefined,
  files: Readonly<Record<string, string>>,
): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'maia-types-')));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  if (major !== undefined) {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    symlinkSync(compilers[major], join(folder, 'node_modules', 'typescript'), 'junction');
  }
  return folder;
}

export function checkerFor(
  t: { after(end: () => Promise<void>): unknown },
  parts: Partial<TypeCheckerParts> = {},
): Checker {
  const checker = createTypeChecker({
    workerUrl: new URL('../../../../src/platform/node/types/worker.ts', import.meta.url),
    isTrusted: () => true,
    ...parts,
    limits: { answerMs: 60_000, ...parts.limits },
  });
  t.after(() => checker.dispose());
  return checker;
}

export interface Asked {
  readonly folder: string;
  readonly path: string;
  readonly before?: string;
  readonly after: string;
  readonly signal?: AbortSignal;
}

export function ask(
  checker: Checker,
  { folder, path, before, after, signal }: Asked,
): Promise<CheckerAnswer> {
  const extension = path.slice(path.lastIndexOf('.') + 1);
  const languageId =
    { tsx: 'typescriptreact', jsx: 'javascriptreact', js: 'javascript', mjs: 'javascript' }[extension] ??
    'typescript';
  return checker.diagnose(
    { folder, path: join(folder, path), languageId, after, ...(before === undefined ? {} : { before }) },
    signal ?? new AbortController().signal,
  );
}

/** `2322@3`, or `2345 src/other.ts` in another file. */
export function told(found: readonly Diagnostic[]): readonly string[] {
  return found
    .map(({ code, line, path }) => (path === undefined ? `${code}@${line}` : `${code} ${path}`))
    .toSorted();
}
