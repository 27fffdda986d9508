import { dirname, extname, join, relative } from 'node:path';
import type { ProjectFiles } from '../../../vocabulary/ports.ts';
import { escaped } from '../../pattern.ts';
import { foldersUp, isRecord, readJson, slashed } from '../projectFolders.ts';
import { readJest } from './jestReport.ts';
import { readMocha } from './mochaReport.ts';
import { readTap } from './tapReport.ts';
import type { MakeCommand } from './testCommand.ts';

/** vitest, jest and mocha as the project has them installed, node:test as the `node` that it runs with. */
export const scriptCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  const { framework, path } = plan;
  const up = foldersUp(path, folder);
  const cwd = await packageFolder(up, framework, files, signal);
  const file = slashed(relative(cwd, path));
  if (framework === 'nodeTest') {
    const loaders = await loaderFlags(cwd, files, signal);
    // Before Node 22 a test goes by its own title, since then by its groups' as well.
    const titles = new Set(only.flatMap((name) => [name, name.split(' > ').at(-1) ?? name]));
    const names = [...titles].flatMap((name) => ['--test-name-pattern', `/^${pattern(name)}$/`]);
    const argv = ['node', ...loaders, '--test', '--test-reporter=tap', ...names, file];
    return { argv, cwd, read: readTap };
  }
  const script = await programOf(framework, up, files, signal);
  if (script === undefined) return undefined;
  const program = slashed(relative(cwd, script));
  const chosen = only.length > 0 ? `^(?:${only.map(pattern).join('|')})$` : undefined;
  switch (framework) {
    case 'vitest': {
      const argv = ['node', program, 'run', '--reporter=json', '--coverage.enabled=false', file];
      return { argv: [...argv, ...(chosen ? ['-t', chosen] : [])], cwd, env: { CI: 'true' }, read: readJest };
    }
    case 'jest': {
      const esm = await usesModules(path, cwd, files, signal);
      const argv = ['node', ...(esm ? ['--experimental-vm-modules'] : []), program, '--json', '--silent'];
      const rest = ['--ci', '--coverage=false', '--watchman=false', '--runTestsByPath', file];
      const named = chosen ? [`--testNamePattern=${chosen}`] : [];
      return { argv: [...argv, ...named, ...rest], cwd, env: { CI: 'true' }, read: readJest };
    }
    case 'mocha': {
      const argv = ['node', program, '--reporter', 'json-stream', '--exit', '--no-parallel'];
      return { argv: [...argv, ...(chosen ? ['--grep', chosen] : []), file], cwd, read: readMocha };
    }
    default:
      return undefined;
  }
};

const configurations: Readonly<Record<string, RegExp>> = {
  vitest: /^vite(?:st)?\.config\.[cm]?[jt]s$/,
  jest: /^jest\.config\.(?:[cm]?[jt]s|json)$/,
  mocha: /^\.mocharc\./,
};

/** Where the framework is set up: the nearest folder with its configuration, else the nearest package. */
async function packageFolder(
  up: readonly string[],
  framework: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  let nearest: string | undefined;
  for (const folder of up) {
    const names = await files.list(folder, signal);
    if (!names.includes('package.json')) {
      if (names.some((name) => configurations[framework]?.test(name))) return folder;
      continue;
    }
    nearest ??= folder;
    if (names.some((name) => configurations[framework]?.test(name))) return folder;
    const manifest = await readJson(files, join(folder, 'package.json'), signal);
    if (manifest && framework in manifest) return folder;
  }
  return nearest ?? up.at(-1)!;
}

const packages: Readonly<Record<string, string>> = { vitest: 'vitest', jest: 'jest', mocha: 'mocha' };

/** The program of a package that is installed in this folder or in one around it. */
async function programOf(
  framework: string,
  up: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string | undefined> {
  const name = packages[framework];
  if (name === undefined) return undefined;
  for (const folder of up) {
    const home = join(folder, 'node_modules', name);
    const bin = (await readJson(files, join(home, 'package.json'), signal))?.bin;
    const script = isRecord(bin) ? bin[name] : bin;
    if (typeof script === 'string') return join(home, script);
  }
  return undefined;
}

const takesValue = /^(?:--import|--require|-r|--loader|--experimental-loader|--conditions|-C)$/;
const flag =
  /^(?:(?:--import|--require|--loader|--experimental-loader|--conditions)=\S+|--experimental-(?:strip-types|transform-types|vm-modules)|--enable-source-maps)$/;

/** What the package's own test script gives to `node`, so that it can read TypeScript. */
async function loaderFlags(cwd: string, files: ProjectFiles, signal: AbortSignal): Promise<string[]> {
  const scripts = (await readJson(files, join(cwd, 'package.json'), signal))?.scripts;
  const line = isRecord(scripts) && typeof scripts.test === 'string' ? scripts.test : '';
  const words = (/(?:^|[\s;&])node\s+([^;&|]*)/.exec(line)?.[1] ?? '').split(/\s+/);
  return words.flatMap((word, index) => {
    const value = words[index + 1];
    if (takesValue.test(word) && value && /^[\w@./:-]+$/.test(value)) return [word, value];
    return flag.test(word) ? [word] : [];
  });
}

/** jest needs to be told where tests are ES modules that nothing turns into CommonJS. */
async function usesModules(
  path: string,
  cwd: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<boolean> {
  if (extname(path) === '.mjs') return true;
  const manifest = await readJson(files, join(cwd, 'package.json'), signal);
  const nearest = (await readJson(files, join(dirname(path), 'package.json'), signal)) ?? manifest;
  const script = isRecord(manifest?.scripts) ? String(manifest.scripts.test ?? '') : '';
  return nearest?.type === 'module' || /experimental-vm-modules/.test(script);
}

/** A test's whole name as a pattern: groups with a space between, values of a table as anything. */
function pattern(name: string): string {
  return name
    .split(' > ')
    .map((part) =>
      part
        .split(/\$\{[^}]*\}|%[a-z%#$]|\$[\w.#]+/)
        .map(escaped)
        .join('.*'),
    )
    .join(' ');
}
