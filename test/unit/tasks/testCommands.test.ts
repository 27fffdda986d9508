import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { diskFiles } from '../../../src/platform/node/diskFiles.ts';
import { commandOf } from '../../../src/tasks/tests/run/testCommand.ts';
import type { TestsPlan } from '../../../src/tasks/tests/testsPlan.ts';
import { never } from './ask.ts';

const scratch: string[] = [];
after(() => Promise.all(scratch.map((folder) => rm(folder, { recursive: true, force: true }))));

/** The command for one test file of a project that has these files. */
async function command(
  framework: TestsPlan['framework'],
  files: Readonly<Record<string, string>>,
  test: string,
  more: { readonly only?: readonly string[]; readonly className?: string; readonly source?: string } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'maia-command-'));
  scratch.push(folder);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { only = [], className, source = 'src/a.ts' } = more;
  const plan = { framework, path: join(folder, test), sourcePath: join(folder, source), className };
  const made = await commandOf[framework]({ plan, folder, only }, diskFiles, never);
  return made && { ...made, cwd: made.cwd.slice(folder.length), folder };
}

const installed = (name: string, bin: string) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, bin: { [name]: bin } }),
});

describe('the command that runs one file of tests', () => {
  it("is the package's own vitest, installed in a folder around it", async () => {
    const made = await command(
      'vitest',
      { ...installed('vitest', './vitest.mjs'), 'packages/web/package.json': '{}', 'package.json': '{}' },
      'packages/web/src/a.test.ts',
      { only: ['sum > adds %i', 'sum > is (really) empty'] },
    );
    assert.equal(made?.cwd, '/packages/web');
    assert.deepEqual(made?.argv, [
      'node',
      '../../node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=json',
      '--coverage.enabled=false',
      'src/a.test.ts',
      '-t',
      '^(?:sum adds .*|sum is \\(really\\) empty)$',
    ]);
  });

  it('runs where the framework is set up, which may be the whole repository', async () => {
    const made = await command(
      'jest',
      {
        ...installed('jest', './bin/jest.js'),
        'jest.config.js': '',
        'package.json': '{}',
        'packages/web/package.json': '{ "type": "module" }',
      },
      'packages/web/a.test.js',
    );
    assert.equal(made?.cwd, '');
    assert.ok(made?.argv.includes('packages/web/a.test.js'));
    assert.equal(made?.argv[1], '--experimental-vm-modules', 'nothing turns its modules into CommonJS');
  });

  it('is none where the framework is not installed', async () => {
    for (const framework of ['vitest', 'jest', 'mocha'] as const)
      assert.equal(await command(framework, { 'package.json': '{}' }, 'a.test.js'), undefined);
    assert.equal(await command('junit5', {}, 'ATest.java', { className: 'ATest' }), undefined);
    assert.equal(await command('xunit', {}, 'ATest.cs', { className: 'ATest' }), undefined);
  });

  it('takes over what the test script gives to node, and nothing else of it', async () => {
    const made = await command(
      'nodeTest',
      {
        'package.json': JSON.stringify({
          scripts: { test: 'rm -rf out && node --import tsx --test --watch "test/**" && echo done' },
        }),
      },
      'test/a.test.ts',
      { only: ['sum > adds'] },
    );
    assert.deepEqual(made?.argv, [
      'node',
      '--import',
      'tsx',
      '--test',
      '--test-reporter=tap',
      '--test-name-pattern',
      '/^sum adds$/',
      '--test-name-pattern',
      '/^adds$/',
      'test/a.test.ts',
    ]);
  });

  it("is the virtual environment's Python, without the measuring of coverage", async () => {
    const made = await command(
      'pytest',
      {
        'services/tax/.venv/bin/python': '',
        'services/tax/pyproject.toml':
          '[tool.pytest.ini_options]\naddopts = "--cov=tax --cov-fail-under=90"\n',
      },
      'services/tax/tests/test_a.py',
      { only: ['TestA > test_one'], source: 'services/tax/src/tax/a.py' },
    );
    assert.equal(made?.cwd, '/services/tax');
    assert.equal(made?.argv[0], './.venv/bin/python');
    assert.ok(made?.argv.includes('--no-cov'));
    assert.equal(made?.argv.at(-1), 'tests/test_a.py::TestA::test_one');
    assert.equal(made?.env?.PYTHONPATH, join(made?.folder ?? '', 'services/tax/src'));
    assert.equal((await command('pytest', {}, 'test_a.py'))?.argv[0], 'python3');
  });

  it('runs unittest by the folder and the name of the file', async () => {
    const made = await command('unittest', { 'tests/__init__.py': '' }, 'tests/test_a.py', {
      only: ['TestA > test_one'],
    });
    assert.deepEqual(made?.argv.slice(1), [
      ...['-m', 'unittest', 'discover', '-v', '-k', 'TestA.test_one'],
      ...['-s', 'tests', '-p', 'test_a.py', '-t', '.'],
    ]);
  });

  it('runs only the new ones of a Go package, without the network', async () => {
    const made = await command('goTest', {}, 'count/count_test.go', { only: ['TestA', 'TestB > empty'] });
    assert.equal(made?.cwd, '/count');
    assert.deepEqual(made?.argv.slice(-3), ['-run', '^(TestA|TestB)$', '.']);
    assert.equal(made?.env?.GOPROXY, 'off');
  });

  it("is the project's own wrapper of Maven or Gradle, offline", async () => {
    const maven = await command(
      'junit5',
      { mvnw: '', 'pom.xml': '', 'core/pom.xml': '' },
      'core/src/test/java/ATest.java',
      { className: 'ATest', only: ['adds', 'Inner > fails'] },
    );
    assert.equal(maven?.cwd, '/core');
    assert.deepEqual(maven?.argv.slice(0, 3), ['sh', '../mvnw', '-o']);
    assert.ok(maven?.argv.includes('-Dtest=ATest#adds+fails'));
    const gradle = await command('junit4', { gradlew: '', 'build.gradle.kts': '' }, 'src/test/ATest.java', {
      className: 'ATest',
    });
    assert.deepEqual(gradle?.argv.slice(0, 3), ['sh', 'gradlew', '--offline']);
    assert.deepEqual(gradle?.argv.slice(-3), ['test', '--tests', '*ATest']);
    assert.match(gradle?.overlay?.[0]?.text ?? '', /testLogging/);
  });

  it('is dotnet test in the folder of the test project', async () => {
    const made = await command('nunit', { 'Tests/Tests.csproj': '' }, 'Tests/Deep/ATests.cs', {
      className: 'ATests',
      only: ['Adds'],
    });
    assert.equal(made?.cwd, '/Tests');
    assert.ok(made?.argv.includes('FullyQualifiedName~ATests.Adds'));
  });
});
