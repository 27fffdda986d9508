import { dirname, join, relative } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { foldersUp, slashed } from './projectFolders.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

/** Tests of a Go source: `go test`, in `name_test.go` beside it, in the package that the tests there are in. */
export async function goSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  const folder = dirname(source.path);
  const path = source.path.replace(/\.go$/, '_test.go');
  const existing = await files.read(path, signal);
  const names = (await files.list(folder, signal)).filter((name) => name.endsWith('_test.go'));
  const sample = existing ?? (names[0] ? await files.read(join(folder, names[0]), signal) : undefined);
  const own = packageOf(source.text) ?? 'main';
  const tested = (sample && packageOf(sample)) ?? own;
  const outside =
    tested === `${own}_test` && unit.exported ? await importPath(source, files, signal) : undefined;
  const imports = ['"testing"', ...(outside ? [`"${outside}"`] : [])];
  const made = unit.owner ? `\tvar value ${outside ? `${own}.` : ''}${unit.owner}\n` : '';
  const call =
    outside && !unit.owner
      ? `${own}.${unit.name}(...)`
      : unit.owner
        ? `value.${unit.name}(...)`
        : `${unit.name}(...)`;
  const importLines =
    imports.length === 1
      ? `import ${imports[0]}`
      : `import (\n${imports.map((one) => `\t${one}`).join('\n')}\n)`;
  return {
    ok: true,
    value: {
      framework: 'goTest',
      assumed: false,
      path,
      languageId: 'go',
      header: `package ${outside || existing ? tested : own}\n\n${importLines}`,
      shape: `func Test${unit.name.charAt(0).toUpperCase()}${unit.name.slice(1)}UsualInput(t *testing.T) {\n${made}\tgot := ${call}\n\tif got != want {\n\t\tt.Errorf("got %v, want %v", got, want)\n\t}\n}`,
      assertion: '`t.Errorf`',
      existing,
      taken: await takenNames([...names.map((name) => join(folder, name)), source.path], path, files, signal),
      subject: { name: unit.owner ?? unit.name, module: outside ?? '', others: [own] },
    },
  };
}

function packageOf(text: string): string | undefined {
  return /^\s*package\s+(\w+)/m.exec(text)?.[1];
}

async function importPath(
  source: SourceFile,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const folder of foldersUp(source.path, source.folder)) {
    const module = /^\s*module\s+(\S+)/m.exec((await files.read(join(folder, 'go.mod'), signal)) ?? '')?.[1];
    if (!module) continue;
    const below = slashed(relative(folder, dirname(source.path)));
    return below === '' ? module : `${module}/${below}`;
  }
  return undefined;
}

/** Top-level names of the package's other test files and of the source. */
async function takenNames(
  paths: readonly string[],
  own: string,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string[]> {
  const texts = await Promise.all(
    paths
      .filter((path) => path !== own)
      .slice(0, 20)
      .map((path) => files.read(path, signal)),
  );
  return texts.flatMap((text) =>
    [...(text ?? '').matchAll(/^(?:func|type|var|const)\s+(\w+)/gm)].map((one) => one[1] ?? ''),
  );
}
