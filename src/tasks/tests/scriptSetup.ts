import { basename, dirname, extname, join, relative } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { slashed } from './projectFolders.ts';
import { exportedNames, exportOf } from './scriptExport.ts';
import { isTestOf, type ScriptProject, scriptProject } from './scriptProject.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

/** Tests of a JavaScript or TypeScript source. */
export async function scriptSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  const project = await scriptProject(source.path, source.folder, files, signal);
  if ('unknown' in project) {
    return { ok: false, failure: { code: 'testFrameworkUnknown', params: { framework: project.unknown } } };
  }
  const how = exportOf(source.text, unit);
  if (!how) return { ok: false, failure: { code: 'notExported', params: { name: unit.name } } };
  const path = await testPath(source.path, project, files, signal);
  const existing = await files.read(path, signal);
  const cjs = isCommonJs(path, existing ?? project.sample, project.esm, source.text, project.framework);
  const specifier = relativeSpecifier(path, source.path, existing ?? project.sample, project, cjs);
  const subject = cjs
    ? how.kind === 'named'
      ? `const { ${how.name} } = require('${specifier}');`
      : `const ${how.name} = require('${specifier}');`
    : how.kind === 'named'
      ? `import { ${how.name} } from '${specifier}';`
      : `import ${how.name} from '${specifier}';`;
  const quoted = usesDoubleQuotes(existing ?? project.sample ?? source.text);
  const style = styleOf(existing ?? project.sample);
  const header = [...frameworkLines(project, cjs, style), subject].join('\n');
  return {
    ok: true,
    value: {
      framework: project.framework,
      assumed: project.assumed,
      path,
      languageId: languageOfPath(path),
      header: quoted ? header.replaceAll("'", '"') : header,
      shape: shapeOf(project, unit, how.name, source.text, style),
      assertion: usesAssert(project) ? '`assert`' : '`expect`',
      existing,
      subject: {
        name: how.name,
        module: specifier,
        isDefault: how.kind === 'default',
        commonJs: cjs,
        others: exportedNames(source.text).filter((name) => name !== how.name),
      },
    },
  };
}

function usesAssert(project: ScriptProject): boolean {
  return project.framework === 'nodeTest' || (project.framework === 'mocha' && !project.chai);
}

/** How the project's tests are written: `it` or `test`, in groups or not. */
interface Style {
  readonly word: 'it' | 'test';
  readonly grouped: boolean;
}

function styleOf(sample: string | undefined): Style {
  if (sample === undefined) return { word: 'it', grouped: true };
  const word = /\btest(\.\w+)*\(/.test(sample) && !/\bit(\.\w+)*\(/.test(sample) ? 'test' : 'it';
  return { word, grouped: /\b(describe|suite)(\.\w+)*\(/.test(sample) };
}

function frameworkLines(project: ScriptProject, cjs: boolean, style: Style): string[] {
  const words = [...(style.grouped ? ['describe'] : []), style.word];
  const withExpect = `{ ${[...words, 'expect'].toSorted().join(', ')} }`;
  const take = (names: string, module: string) =>
    cjs ? `const ${names} = require('${module}');` : `import ${names} from '${module}';`;
  switch (project.framework) {
    case 'vitest':
      return [`import ${withExpect} from 'vitest';`];
    case 'jest':
      return project.jestGlobals ? [take(withExpect, '@jest/globals')] : [];
    case 'mocha':
      return [project.chai ? take('{ expect }', 'chai') : take('assert', 'node:assert/strict')];
    case 'nodeTest':
      return [take('assert', 'node:assert/strict'), take(`{ ${words.join(', ')} }`, 'node:test')];
  }
}

function shapeOf(project: ScriptProject, unit: CodeUnit, name: string, source: string, style: Style): string {
  const isStatic = /\bstatic\b/.test(source.slice(unit.signature.start, unit.signature.end));
  const plainCall =
    unit.kind === 'class'
      ? `new ${name}(...)`
      : unit.kind === 'method'
        ? `${unit.owner && !isStatic ? `new ${unit.owner}(...)` : name}.${unit.name}(...)`
        : `${name}(...)`;
  const call = unit.async ? `await ${plainCall}` : plainCall;
  const check = usesAssert(project)
    ? `assert.equal(${call}, ...);`
    : project.framework === 'mocha'
      ? `expect(${call}).to.equal(...);`
      : `expect(${call}).toBe(...);`;
  const one = `${style.word}('handles usual input', ${unit.async ? 'async ' : ''}() => {\n  ${check}\n});`;
  return style.grouped ? `describe('${unit.name}', () => {\n${one.replace(/^/gm, '  ')}\n});` : one;
}

export function languageOfPath(path: string): string {
  const extension = extname(path);
  if (extension === '.tsx') return 'typescriptreact';
  if (extension === '.jsx') return 'javascriptreact';
  return /^\.[mc]?ts$/.test(extension) ? 'typescript' : 'javascript';
}

/** The tests that this source has already, else where and how the package names its tests, else the framework's habit. */
async function testPath(
  source: string,
  project: ScriptProject,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  const own = project.tests.find((path) => isTestOf(path, source));
  if (own) return own;
  const stem = basename(source, extname(source));
  const like = project.tests[0];
  const suffix = like ? (/([.\-_](?:test|spec))\.\w+$/.exec(basename(like))?.[1] ?? '') : '.test';
  const extension = testExtension(source, like);
  const name = `${stem}${suffix}${extension}`;
  const folder = dirname(source);
  if (like) {
    const within = slashed(relative(project.folder, like));
    if (/(^|\/)__tests__\//.test(within)) {
      const top =
        within.startsWith('__tests__/') && !within.slice(10).includes('/') && folder !== project.folder;
      return top ? join(project.folder, '__tests__', name) : join(folder, '__tests__', name);
    }
    const root = /^(tests?(?:\/unit)?)\//.exec(within)?.[1] ?? /^(src\/tests?)\//.exec(within)?.[1];
    if (root) {
      const flat = !within.slice(root.length + 1).includes('/');
      return join(
        project.folder,
        root,
        flat && !mirrors(project) ? '' : mirrored(source, project.folder),
        name,
      );
    }
    return join(folder, name);
  }
  const names = await files.list(project.folder, signal);
  const testFolder = ['test', 'tests'].find((one) => names.includes(`${one}/`));
  if (project.framework === 'mocha') return join(project.folder, testFolder ?? 'test', name);
  if (testFolder && project.framework === 'nodeTest')
    return join(project.folder, testFolder, mirrored(source, project.folder), name);
  return join(folder, name);
}

/** Whether some test lies in a folder of its own below `test/`, as its source does below `src/`. */
function mirrors(project: ScriptProject): boolean {
  return project.tests.some((path) => slashed(relative(project.folder, path)).split('/').length > 2);
}

/** The source's folder below `src/` or `lib/`, or below the package. */
function mirrored(source: string, folder: string): string {
  const within = relative(folder, dirname(source));
  return slashed(within).replace(/^(src|lib|app)(\/|$)/, '');
}

function testExtension(source: string, like: string | undefined): string {
  const own = extname(source);
  if (like && /\.[mc]?[jt]s$/.test(like) && /\.[mc]?[jt]s$/.test(own)) {
    const sameKind = /ts$/.test(like) === /ts$/.test(own);
    if (sameKind) return extname(like);
    if (/ts$/.test(like)) return extname(like);
  }
  return own;
}

function isCommonJs(
  path: string,
  sample: string | undefined,
  esm: boolean,
  source: string,
  framework: ScriptProject['framework'],
): boolean {
  const extension = extname(path);
  if (/^\.(m[jt]s|[ct]?tsx?|cts)$/.test(extension) || framework === 'vitest') return false;
  if (extension === '.cjs') return true;
  if (sample !== undefined && /\brequire\(/.test(sample) !== /^\s*import\b/m.test(sample)) {
    return /\brequire\(/.test(sample);
  }
  if (esm) return false;
  if (/^\s*(export|import)\b/m.test(source)) return false;
  return true;
}

/** The module's name as this project's tests would write it. */
function relativeSpecifier(
  test: string,
  source: string,
  sample: string | undefined,
  project: ScriptProject,
  cjs: boolean,
): string {
  const own = extname(source);
  const way = slashed(relative(dirname(test), source));
  const bare = (isDot(way) ? way : `./${way}`).slice(0, -own.length);
  return bare + specifierEnding(own, sample, project, cjs);
}

function isDot(way: string): boolean {
  return way.startsWith('../') || way.startsWith('./');
}

function specifierEnding(
  own: string,
  sample: string | undefined,
  project: ScriptProject,
  cjs: boolean,
): string {
  const javascript = own.replace(/t(sx?)$/, 'j$1').replace(/^\.jsx$/, own === '.tsx' ? '.js' : '.jsx');
  const used = sample
    ? [...sample.matchAll(/(?:from|require\(|import\(|import)\s*['"](\.{1,2}\/[^'"]+)['"]/g)].map(
        (one) => one[1] ?? '',
      )
    : [];
  const last = used.at(-1);
  if (last !== undefined) {
    const ending = /\.(?:[mc]?[jt]sx?)$/.exec(last)?.[0];
    if (!ending) return '';
    return /t/.test(ending) ? own : /ts/.test(own) ? javascript : own;
  }
  if (/ts/.test(own)) {
    const { tsconfig } = project;
    const takesOwn = /"(?:allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/.test(
      tsconfig,
    );
    // Tests that are run as they are built import what will be beside them then.
    const builds = /"outDir"\s*:/.test(tsconfig) && !/"noEmit"\s*:\s*true/.test(tsconfig);
    if (takesOwn || (project.framework === 'nodeTest' && !builds)) return own;
    return /"module(Resolution)?"\s*:\s*"node(16|18|20|next)"/i.test(project.tsconfig) && project.esm
      ? javascript
      : '';
  }
  return cjs ? '' : own;
}

function usesDoubleQuotes(text: string): boolean {
  const double = text.match(/(from|require\()\s*"/g)?.length ?? 0;
  const single = text.match(/(from|require\()\s*'/g)?.length ?? 0;
  return double > single;
}
