import { basename, dirname, join, sep } from 'node:path';
import type { CodeUnit } from '../../code/code.ts';
import type { Result } from '../../vocabulary/failure.ts';
import type { ProjectFiles } from '../../vocabulary/ports.ts';
import { findBelow, foldersUp, nearestFirst, readAll } from './projectFolders.ts';
import type { SourceFile } from './testSetup.ts';
import type { TestSetup } from './testsPlan.ts';

const builds = ['pom.xml', 'build.gradle', 'build.gradle.kts', join('gradle', 'libs.versions.toml')];

/** Tests of a Java source: JUnit 5 or 4, in the test tree, in the source's own package. */
export async function javaSetup(
  source: SourceFile,
  unit: CodeUnit,
  files: ProjectFiles,
  signal: AbortSignal,
): Promise<Result<TestSetup>> {
  if (/\bprivate\b/.test(source.text.slice(unit.signature.start, unit.signature.end))) {
    return { ok: false, failure: { code: 'notExported', params: { name: unit.name } } };
  }
  const folders = foldersUp(source.path, source.folder);
  let version: 4 | 5 | undefined;
  let other: string | undefined;
  let module: string | undefined;
  for (const folder of folders) {
    const text = await readAll(files, folder, builds, signal);
    if (text === '') continue;
    module ??= folder;
    version ??= junitOf(text);
    if (/\btestng\b/i.test(text)) other ??= 'TestNG';
    if (version) break;
  }
  const root = module ?? folders.at(-1)!;
  const tests = nearestFirst(
    await findBelow(files, root, ['**/*Test.java', '**/*Tests.java'], source.folder, signal),
    dirname(source.path),
  );
  const sample = tests[0] ? await files.read(tests[0], signal) : undefined;
  const bySample =
    sample &&
    (/org\.junit\.jupiter/.test(sample) ? 5 : /import (static )?org\.junit\./.test(sample) ? 4 : undefined);
  const junit = bySample || version;
  if (!junit && other)
    return { ok: false, failure: { code: 'testFrameworkUnknown', params: { framework: other } } };
  const subject = basename(source.path, '.java');
  const own = tests.find((path) => [`${subject}Test.java`, `${subject}Tests.java`].includes(basename(path)));
  const ending = tests[0] && /Tests\.java$/.test(tests[0]) ? 'Tests' : 'Test';
  const path = own ?? join(testFolder(dirname(source.path)), `${subject}${ending}.java`);
  const existing = await files.read(path, signal);
  const packageName = /^\s*package\s+([\w.]+)\s*;/m.exec(source.text)?.[1];
  const imports =
    junit === 4
      ? ['import org.junit.Test;', '', 'import static org.junit.Assert.*;']
      : ['import org.junit.jupiter.api.Test;', '', 'import static org.junit.jupiter.api.Assertions.*;'];
  const className = basename(path, '.java');
  const isStatic = /\bstatic\b/.test(source.text.slice(unit.signature.start, unit.signature.end));
  const owner = unit.owner ?? subject;
  const call =
    unit.kind === 'class'
      ? `new ${unit.name}(...)`
      : isStatic
        ? `${owner}.${unit.name}(...)`
        : `new ${owner}(...).${unit.name}(...)`;
  const access = junit === 4 ? 'public ' : '';
  return {
    ok: true,
    value: {
      framework: junit === 4 ? 'junit4' : 'junit5',
      assumed: !junit,
      path,
      languageId: 'java',
      header: [...(packageName ? [`package ${packageName};`, ''] : []), ...imports].join('\n'),
      shape: `${access}class ${className} {\n    @Test\n    ${access}void handlesUsualInput() {\n        assertEquals(..., ${call});\n    }\n}`,
      assertion: "JUnit's assertions (`assertEquals`, `assertTrue`, `assertThrows`)",
      existing,
      subject: { name: owner, module: packageName ?? '', others: [] },
      className,
    },
  };
}

function junitOf(build: string): 4 | 5 | undefined {
  if (/junit-jupiter|org\.junit\.jupiter|useJUnitPlatform|junit-bom/.test(build)) return 5;
  if (/<artifactId>junit<\/artifactId>|['"]junit:junit\b/.test(build)) return 4;
  return undefined;
}

/** `src/main/java/a/b` has its tests in `src/test/java/a/b`; elsewhere they are beside. */
function testFolder(folder: string): string {
  const main = `${sep}src${sep}main${sep}`;
  const at = `${folder}${sep}`.lastIndexOf(main);
  return at === -1 ? folder : join(folder.slice(0, at), 'src', 'test', folder.slice(at + main.length));
}
