import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';

/** How a fixture project runs its own tests, and what its output holds when the runner cannot work here at all. */
export interface Runner {
  readonly project: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Answers whether it is there: run with these. */
  readonly probe: readonly string[];
  readonly unable?: RegExp;
}

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');

/** The runners that a developer's machine may have. */
export const runners: readonly Runner[] = [
  { project: 'node-test', program: process.execPath, args: ['--test'], probe: ['--version'] },
  { project: 'mocha', program: process.execPath, args: [mocha], probe: ['--version'] },
  {
    project: 'pytest',
    program: 'python3',
    args: ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
    probe: ['-m', 'pytest', '--version'],
  },
  { project: 'go', program: 'go', args: ['test', './...'], probe: ['version'] },
  {
    project: 'junit',
    program: 'mvn',
    args: ['--offline', '--quiet', '--batch-mode', 'test'],
    probe: ['--version'],
    unable: /in offline mode|Could not resolve|could not be resolved/,
  },
  {
    project: 'unittest',
    program: 'python3',
    args: ['-B', '-m', 'unittest', 'discover', '-t', '.', '-s', 'tests'],
    probe: ['--version'],
  },
  ...['cargo', 'cargo-library'].map((project) => ({
    project,
    program: 'cargo',
    args: ['test', '--offline', '--quiet'],
    probe: ['--version'],
  })),
  {
    project: 'googletest',
    program: 'ctest',
    args: [
      ...['--build-and-test', '.', 'build', '--build-generator', 'Unix Makefiles'],
      ...['--test-command', 'ctest', '--output-on-failure', '--no-tests=error'],
    ],
    probe: ['--version'],
    unable: /Could NOT find GTest|CMAKE_CXX_COMPILER|CMAKE_MAKE_PROGRAM/,
  },
  { project: 'rspec', program: 'rspec', args: [], probe: ['--version'] },
  {
    project: 'minitest',
    program: 'ruby',
    args: ['-e', "Dir['./test/test_*.rb'].each { |file| require file }"],
    probe: ['-e', "require 'minitest'"],
  },
];

/** Runs a program to its end; `code` is undefined where there is no such program. */
export function runIn(
  folder: string,
  program: string,
  args: readonly string[],
): Promise<{ readonly code: number | undefined; readonly output: string }> {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  // In a desktop VS Code the host's own executable is Electron, which is Node when told so.
  const env = { ...rest, ELECTRON_RUN_AS_NODE: '1' };
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder, env, timeout: 120_000 }, (error, stdout, stderr) => {
      const failed = typeof error?.code === 'number' ? error.code : undefined;
      resolve({ code: error ? failed : 0, output: `${stdout}${stderr}` });
    });
  });
}
