import { join, relative, sep } from 'node:path';
import { foldersUp, slashed } from '../projectFolders.ts';
import { readGradle, readMaven } from './javaReport.ts';
import type { MakeCommand } from './testCommand.ts';

/** Maven or Gradle, offline: both build what they run. The project's own wrapper goes before the machine's program. */
export const javaCommand: MakeCommand = async ({ plan, folder, only }, files, signal) => {
  const type = plan.className;
  if (type === undefined) return undefined;
  const up = foldersUp(plan.path, folder);
  let module: { readonly at: string; readonly kind: 'maven' | 'gradle' } | undefined;
  let wrapper: string | undefined;
  for (const at of up) {
    const names = await files.list(at, signal);
    if (names.includes('pom.xml')) module ??= { at, kind: 'maven' };
    if (names.some((name) => /^build\.gradle(?:\.kts)?$/.test(name))) module ??= { at, kind: 'gradle' };
    const own = module?.kind === 'gradle' ? 'gradlew' : 'mvnw';
    if (module && wrapper === undefined && names.includes(own)) wrapper = join(at, own);
  }
  if (!module) return undefined;
  const cwd = module.at;
  const methods = [...new Set(only.map((name) => name.split(' > ').at(-1) ?? name))];
  const start = wrapper === undefined ? undefined : ['sh', slashed(relative(cwd, wrapper))];
  if (module.kind === 'maven') {
    const chosen = methods.length > 0 ? `${type}#${methods.join('+')}` : type;
    const options = [
      '-o',
      '-B',
      '-ntp',
      `-Dtest=${chosen}`,
      '-DtrimStackTrace=false',
      '-Dsurefire.useFile=false',
    ];
    const argv = [...(start ?? ['mvn']), ...options, '-DfailIfNoTests=true', 'test'];
    return { argv, cwd, read: readMaven };
  }
  const log = join(cwd, `.${sep}maia-tests.gradle`);
  const chosen = (methods.length > 0 ? methods.map((name) => `*${type}.${name}`) : [`*${type}`]).flatMap(
    (name) => ['--tests', name],
  );
  const options = ['--offline', '--no-daemon', '--console=plain', '--init-script', 'maia-tests.gradle'];
  return {
    argv: [...(start ?? ['gradle']), ...options, 'test', ...chosen],
    cwd,
    read: readGradle,
    overlay: [{ path: log, text: everyTest }],
  };
};

const everyTest = `allprojects {
  tasks.withType(Test).configureEach {
    outputs.upToDateWhen { false }
    testLogging {
      events 'passed', 'failed', 'skipped'
      exceptionFormat 'full'
    }
  }
}
`;
