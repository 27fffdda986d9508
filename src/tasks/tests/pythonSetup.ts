import { basename, dirname, join, relative } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { findBelow, foldersUp, nearestFirst, readAll, slashed } from './projectFolders.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

const configuration = [
  'pyproject.toml',
  'pytest.ini',
  'setup.cfg',
  'tox.ini',
  'setup.py',
  'requirements.txt',
  'requirements-dev.txt',
  'dev-requirements.txt',
  'requirements/dev.txt',
  'requirements/test.txt',
  'Pipfile',
];
const roots = ['pyproject.toml', 'setup.py', 'setup.cfg', 'pytest.ini', 'tox.ini', 'Pipfile'];

/** Tests of a Python source: pytest, or unittest where the tests that are there use it and nothing names pytest. */
export async function pythonSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  if (unit.indent !== '' && unit.owner === undefined) {
    return { ok: false, failure: { code: 'notExported', params: { name: unit.name } } };
  }
  const folders = foldersUp(source.path, source.folder);
  const root = await projectRoot(folders, files, signal);
  const found = await findBelow(files, root, ['**/test_*.py', '**/*_test.py'], source.folder, signal);
  const tests = nearestFirst(found, dirname(source.path));
  const samples = (await Promise.all(tests.slice(0, 5).map((path) => files.read(path, signal)))).filter(
    (text) => text !== undefined,
  );
  const within = folders.slice(0, folders.indexOf(root) + 1);
  const named = await namesPytest(within, files, signal);
  const usesPytest = named || samples.some((text) => /^\s*(import pytest|from pytest)\b/m.test(text));
  const usesUnittest = samples.some((text) => /\bunittest\b/.test(text));
  const plainTests = samples.some((text) => /^def test_/m.test(text));
  const unittest = usesUnittest && !usesPytest && !plainTests;
  const path = await testPath(source.path, root, tests, files, signal);
  const existing = await files.read(path, signal);
  const module = await moduleName(
    source.path,
    path,
    root,
    existing ? [existing, ...samples] : samples,
    files,
    signal,
  );
  const name = unit.owner ?? unit.name;
  const subject = `from ${module} import ${name}`;
  const call = unit.async ? `asyncio.run(${callOf(unit)})` : callOf(unit);
  return {
    ok: true,
    value: {
      framework: unittest ? 'unittest' : 'pytest',
      assumed: !usesPytest && !usesUnittest && !plainTests,
      path,
      languageId: 'python',
      header: unittest ? `import unittest\n\n${subject}` : subject,
      shape: unittest
        ? `class Test${capital(unit.name)}(unittest.TestCase):\n    def test_usual_input(self):\n        self.assertEqual(${call}, ...)`
        : `def test_${unit.name.replace(/^_+/, '')}_of_usual_input():\n    assert ${call} == ...`,
      assertion: unittest ? "`self.assertEqual` and unittest's other assertions" : '`assert`',
      existing,
      subject: { name, module, others: topNames(source.text) },
    },
  };
}

function callOf(unit: CodeUnit): string {
  if (unit.owner) return `${unit.owner}(...).${unit.name}(...)`;
  return `${unit.name}(...)`;
}

export function capital(name: string): string {
  return name
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

/** The nearest folder with a project's configuration, else the outermost. */
async function projectRoot(
  folders: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  for (const folder of folders) {
    const names = await files.list(folder, signal);
    if (roots.some((name) => names.includes(name))) return folder;
  }
  return folders.at(-1)!;
}

async function namesPytest(
  folders: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<boolean> {
  for (const folder of folders) {
    const names = await files.list(folder, signal);
    if (names.includes('pytest.ini') || names.includes('conftest.py')) return true;
    if (/\bpytest\b/.test(await readAll(files, folder, configuration, signal))) return true;
  }
  return false;
}

async function testPath(
  source: string,
  root: string,
  tests: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  const stem = basename(source, '.py');
  const own = tests.find((path) => [`test_${stem}.py`, `${stem}_test.py`].includes(basename(path)));
  if (own) return own;
  const like = tests[0];
  const name =
    like && /_test\.py$/.test(like) && !/^test_/.test(basename(like)) ? `${stem}_test.py` : `test_${stem}.py`;
  if (like) {
    if (dirname(like) === dirname(source)) return join(dirname(source), name);
    const within = slashed(relative(root, like));
    const folder = /^(?:.*\/)?(?:tests?)\//.exec(within)?.[0];
    if (folder) {
      const nested = tests.some((path) => slashed(relative(join(root, folder), path)).includes('/'));
      const below = slashed(relative(root, dirname(source))).replace(/^src(\/|$)/, '');
      const parts = below.split('/').slice(1);
      return join(root, folder, ...(nested ? parts : []), name);
    }
    return join(dirname(like), name);
  }
  const names = await files.list(root, signal);
  const folder = ['tests', 'test'].find((one) => names.includes(`${one}/`));
  return join(root, folder ?? 'tests', name);
}

/** The module's dotted name, as the project's tests import its like. */
async function moduleName(
  source: string,
  test: string,
  root: string,
  samples: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  const parts = slashed(relative(root, source)).replace(/\.py$/, '').split('/');
  if (parts.at(-1) === '__init__') parts.pop();
  const imported = samples.flatMap((text) =>
    [...text.matchAll(/^\s*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+))/gm)].map(
      (one) => one[1] ?? one[2] ?? '',
    ),
  );
  for (let from = 0; from < parts.length; from += 1) {
    const candidate = parts.slice(from).join('.');
    if (imported.includes(candidate)) return candidate;
  }
  for (let from = 0; from < parts.length - 1; from += 1) {
    if (imported.some((name) => name.split('.')[0] === parts[from])) return parts.slice(from).join('.');
  }
  const folder = dirname(source);
  const isPackage = async (at: string) => (await files.stat(join(at, '__init__.py'), signal)) !== undefined;
  if (await isPackage(folder)) {
    let top = folder;
    while (top !== root && dirname(top) !== top && (await isPackage(dirname(top)))) top = dirname(top);
    return slashed(relative(dirname(top), source))
      .replace(/\.py$/, '')
      .replace(/\/__init__$/, '')
      .replaceAll('/', '.');
  }
  if (dirname(test) === folder) return parts.at(-1)!;
  return (parts[0] === 'src' && parts.length > 1 ? parts.slice(1) : parts).join('.');
}

/** What a module defines at its top level. */
function topNames(source: string): string[] {
  const found = source.matchAll(/^(?:(?:async\s+)?def\s+|class\s+)?([A-Za-z_]\w*)\s*(?:[(:=])/gm);
  return [...new Set([...found].map((one) => one[1] ?? ''))];
}
