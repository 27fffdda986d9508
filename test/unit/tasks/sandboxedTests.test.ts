import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findSandbox } from '../../../src/platform/node/sandbox/findSandbox.ts';
import { createSandboxRunner } from '../../../src/platform/node/sandbox/sandboxRunner.ts';
import type { Runner } from '../../../src/vocabulary/ports.ts';
import type { Finding } from '../../../src/vocabulary/verdict.ts';
import { never, prepared, projects, projectTarget, requestOf, tasks, tools } from './ask.ts';

const sandbox = await findSandbox();
const noSandbox = sandbox.kind === 'none' && 'there is no sandbox here';

function missing(program: string): string | false {
  return spawnSync(program, ['--version']).status === 0 ? noSandbox : `there is no ${program} here`;
}

const noCargo = missing('cargo');
const noCompiler =
  missing('c++') || (!existsSync('/usr/include/gtest/gtest.h') && 'there is no GoogleTest here');
const noPython = missing('python3');

/** What the tests of an answer come to, run by the project's own runner in the sandbox. */
async function findings(
  project: string,
  file: string,
  at: string,
  answer: string,
): Promise<readonly Finding[]> {
  const { run } = createSandboxRunner({ hiddenFiles: async () => [], hiddenFolders: [] });
  const runner: Runner = { allow: async () => true, run };
  const ready = await prepared('tests', requestOf('', { target: await projectTarget(project, file, at) }));
  const { verdict } = await tasks.judge(ready, `\`\`\`\n${answer}\n\`\`\``, { ...tools, runner }, never);
  return verdict.findings;
}

const codes = (found: readonly Finding[]) => found.map(({ code }) => code);

describe('cargo test in the sandbox', { skip: noCargo }, () => {
  const testOf = (want: string) =>
    `#[test]\nfn counts_the_words() {\n    assert_eq!(words("one two  three"), ${want});\n}`;

  it('runs tests in the module of the source and leaves nothing in the project', async () => {
    const found = await findings('cargo', 'src/lib.rs', 'split_whitespace().count', testOf('3'));
    assert.deepEqual(
      found.find(({ code }) => code === 'testsPass'),
      { code: 'testsPass', params: { tests: 1 } },
      JSON.stringify(found),
    );
    assert.equal(existsSync(join(projects, 'cargo/target')), false);
  });

  it('tells of an assertion that does not hold, with both values', async () => {
    const [found] = await findings('cargo', 'src/lib.rs', 'split_whitespace().count', testOf('4'));
    assert.match(JSON.stringify(found), /tests > counts_the_words.*expected 4, got 3/);
  });

  it('tells of a test that does not compile', async () => {
    const [found] = await findings('cargo', 'src/lib.rs', 'split_whitespace().count', testOf('"three"'));
    assert.equal(found?.code, 'testBroken', JSON.stringify(found));
  });

  it('runs tests of a library from outside', async () => {
    const test = '#[test]\nfn halves() {\n    assert_eq!(between(2, 4), 3);\n}';
    const found = await findings('cargo-library', 'src/height.rs', 'low + high', test);
    assert.ok(codes(found).includes('testsPass'), JSON.stringify(found));
  });
});

describe('GoogleTest in the sandbox', { skip: noCompiler }, () => {
  const testOf = (want: string) =>
    `TEST(ClampToTest, RaisesWhatIsLow) {\n  EXPECT_EQ(clamp_to(0, 1, 3), ${want});\n}`;
  const inClamp = (answer: string) => findings('googletest', 'src/clamp.cpp', 'const int raised', answer);

  it('compiles and runs a new file of tests', async () => {
    const found = await inClamp(testOf('1'));
    assert.ok(codes(found).includes('testsPass'), JSON.stringify(found));
  });

  it('tells of an assertion that does not hold, and of a test that does not compile', async () => {
    assert.match(
      JSON.stringify(await inClamp(testOf('2'))),
      /ClampToTest\.RaisesWhatIsLow.*expected 2, got 1/,
    );
    const [broken] = await inClamp(testOf('std::string(1)'));
    assert.equal(broken?.code, 'testBroken', JSON.stringify(broken));
  });

  it('runs only the new ones of a file that is there', async () => {
    const test = 'TEST(RectangleTest, OfNothingIsEmpty) {\n  EXPECT_EQ(Rectangle(0, 3).area(), 0);\n}';
    const found = await findings('googletest', 'src/area.cpp', 'width_ * height_', test);
    assert.deepEqual(
      found.find(({ code }) => code === 'testsPass'),
      { code: 'testsPass', params: { tests: 1 } },
      JSON.stringify(found),
    );
  });
});

describe('unittest in the sandbox', { skip: noPython }, () => {
  it('runs a new class of tests, and whether they notice a fault is found out', async () => {
    const test = `import unittest
from tides import between

class TestBetween(unittest.TestCase):
    def test_halfway(self):
        self.assertEqual(between(2, 4), 3)

    def test_wrong_order(self):
        with self.assertRaises(ValueError):
            between(4, 2)`;
    const found = await findings('unittest', 'tides.py', 'high < low', test);
    assert.ok(codes(found).includes('testsPass'), JSON.stringify(found));
    assert.ok(codes(found).includes('faultsNoticed'), JSON.stringify(found));
  });
});
