import { dirname, join } from 'node:path';
import { foldersUp } from '../projectFolders.ts';
import { readGoogleTest } from './googleTestReport.ts';
import type { MakeCommand } from './testCommand.ts';

/** Compiles the test with the source that it tests, and runs it: 120 where it does not compile. */
const script = `out=$(mktemp -d) || exit 126
"\${CXX:-c++}" "$@" -o "$out/tests" -lgtest -lgtest_main -lpthread || { rm -rf "$out"; exit 120; }
"$out/tests" --gtest_color=no --gtest_filter="$FILTER"
code=$?
rm -rf "$out"
exit $code`;

/**
 * GoogleTest's tests of one source, compiled by themselves: a build of the project would not know a file that is new.
 * What the source needs beside its headers is not found that way, and the tests are then said not to have run.
 */
export const googleTestCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  const folders = foldersUp(plan.sourcePath, folder);
  const lists = await Promise.all(folders.map((at) => files.read(join(at, 'CMakeLists.txt'), signal)));
  const standard = lists
    .map((text) => /CMAKE_CXX_STANDARD\s+(\d+)|cxx_std_(\d+)/.exec(text ?? ''))
    .find(Boolean);
  const includes = [
    dirname(plan.path),
    ...folders.flatMap((at) => [at, join(at, 'include'), join(at, 'src')]),
  ].map((at) => `-I${at}`);
  const compiled = /\.(?:cc|cpp|cxx)$/.test(plan.sourcePath) ? [plan.sourcePath] : [];
  const flags = [`-std=c++${standard?.[1] ?? standard?.[2] ?? '17'}`, '-w', '-fdiagnostics-color=never'];
  return {
    argv: ['/bin/sh', '-c', script, 'sh', ...flags, ...new Set(includes), plan.path, ...compiled],
    cwd: folder,
    env: { FILTER: only.length > 0 ? only.join(':') : '*' },
    read: readGoogleTest,
  };
};
