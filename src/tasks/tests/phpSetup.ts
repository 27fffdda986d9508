import { basename, dirname, join, relative } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { findBelow, foldersUp, isRecord, nearestFirst, readJson, slashed } from './projectFolders.ts';
import { capital } from './pythonSetup.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

/** Tests of a PHP source with PHPUnit, in a class of its own below the project's tests. */
export async function phpSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  const folders = foldersUp(source.path, source.folder);
  const root = await projectRoot(folders, files, signal);
  const composer = await readJson(files, join(root, 'composer.json'), signal);
  const names = await files.list(root, signal);
  const found = await findBelow(files, root, ['**/*Test.php'], source.folder, signal);
  const tests = nearestFirst(
    found.filter((path) => !slashed(relative(root, path)).startsWith('vendor/')),
    dirname(source.path),
  );
  const spaces = prefixesOf(composer, 'autoload-dev');
  const subject = unit.owner ?? unit.name;
  const stem = unit.owner || unit.kind === 'class' ? subject : capital(basename(source.path, '.php'));
  const className = `${stem}Test`;
  const path = testPath({ source: source.path, root, className, tests, composer, spaces });
  const existing = await files.read(path, signal);
  const sample = existing ?? (tests[0] ? await files.read(tests[0], signal) : undefined);
  const space = /^\s*namespace\s+([\w\\]+)\s*;/m.exec(source.text)?.[1];
  const own = existing
    ? namespaceIn(existing)
    : (namespaceFor(path, root, spaces) ?? (sample && namespaceIn(sample)));
  const full = space ? `${space}\\${subject}` : subject;
  const isFunction = !unit.owner && unit.kind === 'function';
  const base = /class\s+\w+\s+extends\s+(\w+)/.exec(sample ?? '')?.[1] ?? 'TestCase';
  const baseUse = new RegExp(`^use\\s+([\\w\\\\]+\\\\${base})\\s*;`, 'm').exec(sample ?? '')?.[1];
  const uses = [
    `use ${baseUse ?? 'PHPUnit\\Framework\\TestCase'};`,
    ...(own !== space ? [`use ${isFunction ? 'function ' : ''}${full};`] : []),
  ];
  const strict = sample === undefined || /declare\s*\(\s*strict_types/.test(sample);
  const loads =
    isFunction && !prefixesOf(composer, 'autoload').length ? requireOf(source.path, path) : undefined;
  const isStatic = /\bstatic\b/.test(source.text.slice(unit.signature.start, unit.signature.end));
  const call = isFunction
    ? `${unit.name}(...)`
    : unit.kind === 'class'
      ? `new ${subject}(...)`
      : isStatic
        ? `${subject}::${unit.name}(...)`
        : `(new ${subject}(...))->${unit.name}(...)`;
  const header = [
    '<?php',
    ...(strict ? ['declare(strict_types=1);'] : []),
    ...(own ? [`namespace ${own};`] : []),
    uses.join('\n'),
    ...(loads ? [loads] : []),
  ].join('\n\n');
  return {
    ok: true,
    value: {
      framework: 'phpunit',
      assumed:
        tests.length === 0 && !names.some((name) => /^phpunit\.xml/.test(name)) && !namesPhpUnit(composer),
      path,
      languageId: 'php',
      header,
      shape: `final class ${className} extends ${base}\n{\n    public function testUsualInput(): void\n    {\n        $this->assertSame(..., ${call});\n    }\n}`,
      assertion: "`$this->assertSame` and PHPUnit's other assertions",
      existing,
      className,
      subject: { name: subject, module: full, others: [] },
    },
  };
}

async function projectRoot(
  folders: readonly string[],
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<string> {
  for (const folder of folders) {
    const names = await files.list(folder, signal);
    if (names.some((name) => name === 'composer.json' || /^phpunit\.xml/.test(name))) return folder;
  }
  return folders.at(-1)!;
}

function namesPhpUnit(composer: Record<string, unknown> | undefined): boolean {
  return ['require', 'require-dev'].some((name) => {
    const wanted = composer?.[name];
    return isRecord(wanted) && Object.keys(wanted).some((one) => /^phpunit\/|\/phpunit/.test(one));
  });
}

/** Composer's namespaces and the folders that they lie in, the longest namespace first. */
function prefixesOf(composer: Record<string, unknown> | undefined, part: string): [string, string][] {
  const load = composer?.[part];
  const psr4 = isRecord(load) ? load['psr-4'] : undefined;
  if (!isRecord(psr4)) return [];
  return Object.entries(psr4)
    .map(([space, folder]): [string, string] => {
      const first: unknown = Array.isArray(folder) ? folder[0] : folder;
      return [space.replace(/\\+$/, ''), String(first ?? '').replace(/\/+$/, '')];
    })
    .toSorted((a, b) => b[1].length - a[1].length);
}

function testPath(asked: {
  readonly source: string;
  readonly root: string;
  readonly className: string;
  readonly tests: readonly string[];
  readonly composer: Record<string, unknown> | undefined;
  readonly spaces: readonly (readonly [string, string])[];
}): string {
  const { source, root, className, tests, composer, spaces } = asked;
  const own = tests.find((path) => basename(path) === `${className}.php`);
  if (own) return own;
  const first = tests.length > 0 ? slashed(relative(root, tests[0] ?? '')).split('/')[0] : undefined;
  const top = spaces[0]?.[1] ?? (first && /test/i.test(first) && !first.endsWith('.php') ? first : 'tests');
  const unitFolder = tests.some((path) => slashed(relative(join(root, top), path)).startsWith('Unit/'));
  const from = slashed(relative(root, dirname(source)));
  const mapped = prefixesOf(composer, 'autoload').find(
    ([, folder]) => from === folder || from.startsWith(`${folder}/`),
  );
  const below = mapped
    ? from.slice(mapped[1].length).replace(/^\//, '')
    : from.replace(/^(?:src|app|lib)(?:\/|$)/, '');
  return join(root, top, ...(unitFolder ? ['Unit'] : []), ...below.split('/'), `${className}.php`);
}

function namespaceIn(text: string): string | undefined {
  return /^\s*namespace\s+([\w\\]+)\s*;/m.exec(text)?.[1];
}

function namespaceFor(
  path: string,
  root: string,
  spaces: readonly (readonly [string, string])[],
): string | undefined {
  const at = slashed(relative(root, dirname(path)));
  const found = spaces.find(([, folder]) => at === folder || at.startsWith(`${folder}/`));
  if (!found) return undefined;
  return [found[0], ...at.slice(found[1].length).split('/')].filter((part) => part !== '').join('\\');
}

function requireOf(source: string, test: string): string {
  return `require_once __DIR__ . '/${slashed(relative(dirname(test), source))}';`;
}
