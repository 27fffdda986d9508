import { basename, dirname, extname, join, relative } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { escaped } from '../pattern.ts';
import { findBelow, foldersUp, nearestFirst, readAll, slashed } from './projectFolders.ts';
import { capital } from './pythonSetup.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

const testGlobs = ['cc', 'cpp', 'cxx'].flatMap((ending) => [
  `**/*{_test,_tests,_unittest,Test,Tests}.${ending}`,
  `**/{test,Test}*.${ending}`,
]);
const builds = ['CMakeLists.txt', 'meson.build', 'WORKSPACE', 'MODULE.bazel', 'conanfile.txt', 'vcpkg.json'];
const headerEndings = ['.h', '.hpp', '.hh', '.hxx'];

/** Tests of a C++ source with GoogleTest, beside the tests that are there, else in the project's folder of tests. */
export async function cppSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  const folders = foldersUp(source.path, source.folder);
  const root = await buildRoot(folders, files, signal);
  const header = await headerOf(source, unit, root, files, signal);
  // What no header declares can't be called from another file.
  if (header === undefined)
    return { ok: false, failure: { code: 'notExported', params: { name: unit.name } } };
  const found = await findBelow(files, root, testGlobs, source.folder, signal);
  const tests = nearestFirst(found, dirname(source.path));
  const samples = (await Promise.all(tests.slice(0, 5).map((path) => files.read(path, signal)))).filter(
    (text) => text !== undefined,
  );
  const named = /\bgtest\b|GTest|googletest/i.test(await readAll(files, root, builds, signal));
  const path = await testPath(source.path, root, tests, files, signal);
  const existing = await files.read(path, signal);
  const include = includeOf(header, path, root, samples);
  const space = namespaceAt(source.text, unit);
  const name = unit.owner ?? unit.name;
  const suite = capital(unit.owner ?? unit.name);
  const call = unit.owner ? `${unit.owner}(...).${unit.name}(...)` : `${unit.name}(...)`;
  const using = space === '' ? '' : `\n\nusing ${space}::${name};`;
  return {
    ok: true,
    value: {
      framework: 'googleTest',
      assumed: !named && !samples.some((text) => /gtest|gmock/.test(text)),
      path,
      languageId: 'cpp',
      header: `#include "${include}"\n\n#include <gtest/gtest.h>${using}`,
      shape: `TEST(${suite}Test, UsualInput) {\n  EXPECT_EQ(${call}, ...);\n}`,
      assertion: '`EXPECT_EQ`, `EXPECT_TRUE` and the other assertions of GoogleTest',
      existing,
      subject: { name, module: include, others: [] },
    },
  };
}

async function buildRoot(
  folders: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  let found: string | undefined;
  for (const folder of folders) {
    const names = await files.list(folder, signal);
    // A library's own part of a larger build has one too: the outermost names the framework.
    if (builds.some((name) => names.includes(name))) found = folder;
  }
  return found ?? folders.at(-1)!;
}

/** The header that declares the function: the source itself, or one of the same name beside it or in `include/`. */
async function headerOf(
  source: SourceFile,
  unit: CodeUnit,
  root: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ending = extname(source.path);
  if (headerEndings.includes(ending)) return source.path;
  const stem = basename(source.path, ending);
  const beside = headerEndings.map((end) => join(dirname(source.path), stem + end));
  const others = await findBelow(
    files,
    root,
    headerEndings.map((end) => `**/${stem}${end}`),
    source.folder,
    signal,
  );
  const declares = new RegExp(`\\b${escaped(unit.owner ?? unit.name)}\\b`);
  for (const path of new Set([...beside, ...others])) {
    const text = await files.read(path, signal);
    if (text !== undefined && declares.test(text)) return path;
  }
  return undefined;
}

async function testPath(
  source: string,
  root: string,
  tests: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  const stem = basename(source, extname(source));
  const names = ['_test', '_tests', '_unittest', 'Test', 'Tests'].map((end) => stem + end);
  const own = tests.find((path) => [...names, `test_${stem}`].includes(basename(path, extname(path))));
  if (own) return own;
  const like = tests[0];
  if (like) {
    const ending = extname(like);
    const form = /^(test_)?.*?(_test|_tests|_unittest|Test|Tests)?$/.exec(basename(like, ending));
    const name = form?.[2] ? stem + form[2] : form?.[1] ? `test_${stem}` : `${stem}_test`;
    return join(dirname(like), name + ending);
  }
  const there = await files.list(root, signal);
  const folder = ['tests', 'test'].find((name) => there.includes(`${name}/`)) ?? 'tests';
  const ending = ['.cc', '.cxx'].find((end) => end === extname(source)) ?? '.cpp';
  return join(root, folder, `${stem}_test${ending}`);
}

/** The header as the project's tests include such: from a folder of the project that is on their path. */
function includeOf(header: string, test: string, root: string, samples: readonly string[]): string {
  const parts = slashed(relative(root, header)).split('/');
  const included = samples.flatMap((text) =>
    [...text.matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)].map((one) => one[1] ?? ''),
  );
  for (let from = 0; from < parts.length; from += 1)
    if (included.includes(parts.slice(from).join('/'))) return parts.slice(from).join('/');
  if (dirname(header) === dirname(test)) return basename(header);
  const at = parts.indexOf('include');
  if (at !== -1) return parts.slice(at + 1).join('/');
  const depth = included.find((one) => !one.startsWith('.'))?.split('/').length;
  if (depth !== undefined && depth <= parts.length) return parts.slice(parts.length - depth).join('/');
  return slashed(relative(dirname(test), header));
}

/** The namespaces around a unit, as one name; empty where there are none. */
export function namespaceAt(text: string, unit: CodeUnit): string {
  const open: { readonly name: string; readonly depth: number }[] = [];
  let depth = 0;
  const pieces =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|\bnamespace\s+([\w:]+)\s*\{|[{}]/g;
  for (const piece of text.slice(0, unit.span.start).matchAll(pieces)) {
    if (piece[1] !== undefined) open.push({ name: piece[1], depth: depth++ });
    else if (piece[0] === '{') depth += 1;
    else if (piece[0] === '}') {
      depth -= 1;
      if (open.at(-1)?.depth === depth) open.pop();
    }
  }
  return open.map(({ name }) => name).join('::');
}
