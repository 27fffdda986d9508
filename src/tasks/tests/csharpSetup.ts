import { basename, dirname, join, relative, resolve } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { findBelow, foldersUp, isWithin, nearestFirst, slashed } from './projectFolders.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

type DotnetFramework = 'xunit' | 'nunit' | 'mstest';

interface TestProject {
  readonly folder: string;
  readonly name: string;
  readonly framework: DotnetFramework;
  readonly text: string;
}

/** Tests of a C# source: xUnit or NUnit, in the test project that refers to the source's own. */
export async function csharpSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  const signature = source.text.slice(unit.signature.start, unit.signature.end);
  if (/\bprivate\b/.test(signature))
    return { ok: false, failure: { code: 'notExported', params: { name: unit.name } } };
  const folders = foldersUp(source.path, source.folder);
  const own = await projectOf(folders, files, signal);
  const root = folders.at(-1)!;
  const project = await testProject(root, own, source.folder, files, signal);
  if (project?.framework === 'mstest')
    return { ok: false, failure: { code: 'testFrameworkUnknown', params: { framework: 'MSTest' } } };
  const framework = project?.framework ?? 'xunit';
  const subject = basename(source.path, '.cs');
  const ownFolder = own?.folder ?? dirname(source.path);
  const base = project?.folder ?? (own ? join(dirname(own.folder), `${own.name}.Tests`) : ownFolder);
  const tests = project
    ? await findBelow(files, project.folder, ['**/*Test.cs', '**/*Tests.cs'], source.folder, signal)
    : [];
  const found = tests.find((path) => [`${subject}Tests.cs`, `${subject}Test.cs`].includes(basename(path)));
  const ending = tests.length > 0 && tests.every((path) => /Test\.cs$/.test(path)) ? 'Test' : 'Tests';
  const nested = tests.length === 0 || tests.some((path) => dirname(path) !== base);
  const below =
    nested && isWithin(dirname(source.path), ownFolder) ? relative(ownFolder, dirname(source.path)) : '';
  const path = found ?? join(base, below, `${subject}${ending}.cs`);
  const existing = await files.read(path, signal);
  const near = nearestFirst(tests, dirname(path))[0];
  const sample = existing ?? (near ? await files.read(near, signal) : undefined);
  const sourceSpace = namespaceOf(source.text);
  const space = (sample && namespaceOf(sample)) ?? project?.name ?? (own ? `${own.name}.Tests` : sourceSpace);
  const usings = [
    framework === 'xunit' ? 'using Xunit;' : 'using NUnit.Framework;',
    ...(sourceSpace && sourceSpace !== space && !space?.startsWith(`${sourceSpace}.`)
      ? [`using ${sourceSpace};`]
      : []),
  ].toSorted();
  const isBlock = /^\s*namespace\s+[\w.]+\s*(?:\/\/[^\n]*)?\{?\s*$/m.test(sample ?? source.text);
  const className = basename(path, '.cs');
  const owner = unit.owner ?? subject;
  const plainCall =
    unit.kind === 'class'
      ? `new ${unit.name}(...)`
      : /\bstatic\b/.test(signature)
        ? `${owner}.${unit.name}(...)`
        : `new ${owner}(...).${unit.name}(...)`;
  const call = unit.async ? `await ${plainCall}` : plainCall;
  const check =
    framework === 'xunit' ? `Assert.Equal(..., ${call});` : `Assert.That(${call}, Is.EqualTo(...));`;
  return {
    ok: true,
    value: {
      framework,
      assumed: !project,
      path,
      languageId: 'csharp',
      header: [...usings, ...(space ? ['', `namespace ${space}${isBlock ? '' : ';'}`] : [])].join('\n'),
      shape: `public class ${className}\n{\n    [${framework === 'xunit' ? 'Fact' : 'Test'}]\n    public ${unit.async ? 'async Task' : 'void'} HandlesUsualInput()\n    {\n        ${check}\n    }\n}`,
      assertion: '`Assert`',
      existing,
      subject: { name: owner, module: sourceSpace ?? '', others: [] },
      className,
    },
  };
}

function namespaceOf(text: string): string | undefined {
  return /^\s*namespace\s+([\w.]+)/m.exec(text)?.[1];
}

async function projectOf(
  folders: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<{ readonly folder: string; readonly name: string } | undefined> {
  for (const folder of folders) {
    const name = (await files.list(folder, signal)).find((one) => one.endsWith('.csproj'));
    if (name) return { folder, name: basename(name, '.csproj') };
  }
  return undefined;
}

/** The test project that refers to the source's project, else the one that is named for it, else the only one. */
async function testProject(
  root: string,
  own: { readonly folder: string; readonly name: string } | undefined,
  workspace: string | undefined,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<TestProject | undefined> {
  const paths = await findBelow(files, root, ['**/*.csproj'], workspace, signal);
  const projects: TestProject[] = [];
  for (const path of nearestFirst(paths, own?.folder ?? root)) {
    const text = (await files.read(path, signal)) ?? '';
    const framework = frameworkOf(text);
    if (framework) projects.push({ folder: dirname(path), name: basename(path, '.csproj'), framework, text });
  }
  const refers = (project: TestProject) =>
    own !== undefined &&
    [...project.text.matchAll(/<ProjectReference\s+Include\s*=\s*"([^"]+)"/g)].some((one) => {
      const target = resolve(project.folder, slashed((one[1] ?? '').replaceAll('\\', '/')));
      return target === join(own.folder, `${own.name}.csproj`);
    });
  const named = (project: TestProject) =>
    own !== undefined && new RegExp(`^${own.name}\\.?(Unit)?Tests?$`).test(project.name);
  return projects.find(refers) ?? projects.find(named) ?? (projects.length === 1 ? projects[0] : undefined);
}

function frameworkOf(text: string): DotnetFramework | undefined {
  if (/Include\s*=\s*"xunit(\.v3)?"/i.test(text)) return 'xunit';
  if (/Include\s*=\s*"NUnit"/i.test(text)) return 'nunit';
  if (/Include\s*=\s*"MSTest/i.test(text) || /Sdk\s*=\s*"MSTest\.Sdk/i.test(text)) return 'mstest';
  return undefined;
}
