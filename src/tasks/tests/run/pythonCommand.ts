import { basename, dirname, join, relative, sep } from 'node:path';
import type { ProjectFiles } from '../../../vocabulary/ports.ts';
import { foldersUp, readAll, slashed } from '../projectFolders.ts';
import { pytestPlugin, pytestPluginText, readPytest } from './pytestReport.ts';
import type { MakeCommand } from './testCommand.ts';
import { readUnittest } from './unittestReport.ts';

/** pytest or unittest with the project's own Python where it has one. */
export const pythonCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  const up = foldersUp(plan.path, folder);
  const cwd = await rootFolder(up, files, signal);
  const python = await interpreter(up, cwd, files, signal);
  const source = join(cwd, 'src');
  const env = {
    PYTHONDONTWRITEBYTECODE: '1',
    ...(plan.sourcePath.startsWith(source + sep) ? { PYTHONPATH: source } : {}),
  };
  const file = slashed(relative(cwd, plan.path));
  if (plan.framework === 'unittest') {
    // By its folder: a folder of tests need not be a package.
    const pattern = basename(plan.path);
    const top = await topOf(plan.path, cwd, files, signal);
    const names = only.flatMap((name) => ['-k', name.split(' > ').join('.')]);
    const argv = [python, '-m', 'unittest', 'discover', '-v', ...names];
    const start = slashed(relative(cwd, dirname(plan.path))) || '.';
    const where = ['-s', start, '-p', pattern, ...(top === undefined ? [] : ['-t', top])];
    return { argv: [...argv, ...where], cwd, env, read: readUnittest };
  }
  const covers = /--cov\b|--cov=/.test(await readAll(files, cwd, settings, signal));
  const argv = [python, '-m', 'pytest', '-q', '--tb=short', '--color=no', '-p', 'no:cacheprovider'];
  const ids = only.length > 0 ? only.map((name) => [file, ...name.split(' > ')].join('::')) : [file];
  return {
    argv: [...argv, '-p', pytestPlugin, ...(covers ? ['--no-cov'] : []), ...ids],
    cwd,
    env,
    read: readPytest,
    overlay: [{ path: join(cwd, `${pytestPlugin}.py`), text: pytestPluginText }],
  };
};

const settings = ['pyproject.toml', 'pytest.ini', 'setup.cfg', 'tox.ini'];
const roots = ['pyproject.toml', 'setup.py', 'setup.cfg', 'pytest.ini', 'tox.ini', 'Pipfile'];

async function rootFolder(up: readonly string[], files: ProjectFiles, signal: AbortSignal): Promise<string> {
  for (const folder of up) {
    const names = await files.list(folder, signal);
    if (roots.some((name) => names.includes(name))) return folder;
  }
  return up.at(-1)!;
}

const places = [
  ['.venv', 'bin', 'python'],
  ['venv', 'bin', 'python'],
  ['env', 'bin', 'python'],
  ['.venv', 'Scripts', 'python.exe'],
  ['venv', 'Scripts', 'python.exe'],
];

/** The virtual environment in the folder or in one around it, else the machine's Python. */
async function interpreter(
  up: readonly string[],
  cwd: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  for (const folder of up) {
    for (const parts of places) {
      const path = join(folder, ...parts);
      if (!(await files.stat(path, signal))) continue;
      const way = relative(cwd, path);
      return way.startsWith('..') ? path : `.${sep}${way}`;
    }
  }
  return process.platform === 'win32' ? 'python' : 'python3';
}

/** Where a package of tests begins, as its imports see it: undefined where its folder is no package. */
async function topOf(
  path: string,
  cwd: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string | undefined> {
  const isPackage = await files.stat(join(dirname(path), '__init__.py'), signal);
  return isPackage && dirname(path) !== cwd ? '.' : undefined;
}
