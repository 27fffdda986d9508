import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Judged, Standing } from '../../../src/tasks/tasks.ts';
import type { CheckStep } from '../../../src/vocabulary/event.ts';
import type { Finding, FindingCodes } from '../../../src/vocabulary/verdict.ts';
import { never, projects, projectTarget, requestOf, targetOf, tasks, tools } from './ask.ts';
import { type ProcessRunner, processRunner } from './processRunner.ts';

const scratch: string[] = [];
after(() => Promise.all(scratch.map((folder) => rm(folder, { recursive: true, force: true }))));

interface Ran extends Judged {
  readonly runner: ProcessRunner;
  readonly steps: readonly CheckStep[];
}

/** Judges an answer about a function of a project, with a runner; `source` is what the file holds, unsaved. */
async function ran(
  folder: string,
  file: string,
  at: string,
  answer: string,
  more: { readonly source?: string; readonly standing?: Standing } = {},
): Promise<Ran> {
  const runner = processRunner();
  const steps: CheckStep[] = [];
  const saved = await projectTarget(folder, file, at);
  const { source } = more;
  const target =
    source === undefined
      ? saved
      : targetOf(saved.path ?? '', source.replace(at, `¦${at}`), { folder: saved.folder });
  const with_ = { ...tools, runner };
  const request = requestOf('', { task: 'tests', target });
  const prepared = await tasks.prepare('tests', request, with_, never);
  assert.ok(prepared.ok);
  const standing = { ...more.standing, tell: (step: CheckStep) => steps.push(step) };
  const judged = await tasks.judge(prepared.value, answer, with_, never, standing);
  return { ...judged, runner, steps };
}

function codes({ verdict }: Judged): string[] {
  return verdict.findings.map(({ code }) => code);
}

function finding<Code extends Finding['code']>({ verdict }: Judged, code: Code): FindingCodes[Code] {
  const found = verdict.findings.find((one) => one.code === code);
  assert.ok(found, `no ${code}: ${JSON.stringify(verdict)}`);
  return found.params as FindingCodes[Code];
}

function missing(program: string, ...args: string[]): string | false {
  return spawnSync(program, args).status === 0 ? false : `there is no ${program} here`;
}

const js = (body: string) => `\`\`\`js\n${body}\n\`\`\``;
const py = (body: string) => `\`\`\`python\n${body}\n\`\`\``;
const go = (body: string) => `\`\`\`go\n${body}\n\`\`\``;

const rangeTests = (...more: string[]) =>
  js(
    [
      "describe('range', () => {",
      "  it('counts by two', () => { assert.deepEqual(range(0, 5, 2), [0, 2, 4]); });",
      "  it('is empty at its end', () => { assert.deepEqual(range(3, 3), []); });",
      "  it('steps over its end', () => { assert.deepEqual(range(1, 4, 5), [1]); });",
      ...more,
      '});',
    ].join('\n'),
  );
const rangeSource = (body: string) =>
  `/** The numbers from \`start\` up to \`end\`, as in \`range(1, 3)\`: \`[1, 2]\`. */\nexport function range(start, end, step = 1) {\n  if (step <= 0) throw new RangeError('step must be above 0');\n  const numbers = [];\n${body}\n  return numbers;\n}\n`;

describe('generated tests under node:test', () => {
  it('pass, notice faults, and the check tells each step as it comes', async () => {
    const judged = await ran('node-test', 'src/range.js', 'const numbers', rangeTests());
    assert.equal(judged.verdict.kind, 'passed', JSON.stringify(judged.verdict));
    assert.equal(finding(judged, 'testsPass').tests, 3, 'the test that was there is not counted');
    const { noticed, of } = finding(judged, 'faultsNoticed');
    assert.ok(noticed >= 2 && noticed <= of && of <= 6, `${noticed} of ${of}`);
    assert.deepEqual(
      judged.steps.map((step) => ('found' in step ? step.found.code : step.doing)),
      ['parses', 'callsTarget', 'asserts', 'tests', 'testsPass', 'faults'],
    );
    const { runner } = judged;
    assert.equal(runner.asked.length, 1, 'the developer is asked once it is prepared');
    assert.deepEqual(runner.asked[0]?.argv.slice(0, 2), ['node', '--test']);
    assert.equal(runner.asked[0]?.argv.at(-1), 'test/range.test.js');
    assert.ok(runner.ran[0]?.argv.includes('--test-name-pattern'), 'only the new ones run');
  });

  it('notice nothing where they only look whether something comes back', async () => {
    const answer = js(
      "it('gives something', () => { assert.ok(range(1, 4)); });\nit('gives no undefined', () => { assert.notEqual(range(0, 2), undefined); });",
    );
    const judged = await ran('node-test', 'src/range.js', 'const numbers', answer);
    assert.deepEqual(codes(judged), ['noticesNothing']);
    assert.ok(judged.proposal, 'there is something to look at');
  });

  it('are broken where they import what is not installed', async () => {
    const answer = rangeTests()
      .replace('describe(', "import x from 'no-such-package';\ndescribe(")
      .replace('range(3, 3), []', 'range(3, 3), x');
    const judged = await ran('node-test', 'src/range.js', 'const numbers', answer);
    assert.deepEqual(codes(judged), ['testBroken']);
    assert.match(finding(judged, 'testBroken').message, /no-such-package/);
  });

  it('are broken where a test of theirs throws', async () => {
    const answer = rangeTests("  it('has', () => { assert.equal(range(1, 2).first(), 1); });");
    const judged = await ran('node-test', 'src/range.js', 'const numbers', answer);
    assert.deepEqual(codes(judged), ['testBroken']);
    assert.match(finding(judged, 'testBroken').message, /first is not a function/);
  });

  it('fail where an expectation is wrong, with both values', async () => {
    const answer = rangeTests("  it('sums', () => { assert.equal(range(1, 4).length, 4); });");
    const judged = await ran('node-test', 'src/range.js', 'const numbers', answer);
    assert.deepEqual(judged.verdict.findings, [
      { code: 'testFails', params: { test: 'range > sums', message: 'expected 4, got 3' } },
    ]);
  });

  it('point at a bug where the code does what its own doc denies', async () => {
    const source = rangeSource(
      '  for (let n = start; n <= end; n += step) if (n !== end || n === 2 || start === 1) numbers.push(n);',
    );
    const answer = rangeTests("  it('counts', () => { assert.equal(range(1, 3).join(), '1,2'); });");
    const wrong = await ran('node-test', 'src/range.js', 'const numbers', answer, { source });
    assert.deepEqual(codes(wrong), ['testFails'], 'a value that the doc does not give may be a guess');
    const exact = answer.replace("range(1, 3).join(), '1,2'", 'JSON.stringify(range(1, 3)), "[1,2]"');
    const judged = await ran('node-test', 'src/range.js', 'const numbers', exact, { source });
    assert.deepEqual(codes(judged), ['suspectedBug']);
    assert.equal(judged.verdict.kind, 'failed');
    assert.ok(judged.proposal, 'the test is offered all the same');
  });

  it('point at a bug where the code crashes on values of a kind that it takes elsewhere', async () => {
    const source = rangeSource(
      '  const found = { 0: [0, 2, 4], 1: [1], 3: [] }[start];\n  for (const one of found.values()) numbers.push(one);',
    );
    const answer = rangeTests("  it('counts on', () => { assert.deepEqual(range(7, 9), [7, 8]); });");
    const judged = await ran('node-test', 'src/range.js', 'const numbers', answer, { source });
    assert.deepEqual(codes(judged), ['suspectedBug'], JSON.stringify(judged.verdict));
    assert.match(finding(judged, 'suspectedBug').message, /TypeError/);
    const odd = answer.replace('range(7, 9)', "range('7', 9)");
    const mistaken = await ran('node-test', 'src/range.js', 'const numbers', odd, { source });
    assert.deepEqual(codes(mistaken), ['testBroken'], 'a text for a number is the mistake of the test');
  });

  it('point at a bug where an answer, written anew, expects the same again', async () => {
    const answer = rangeTests("  it('sums', () => { assert.equal(range(1, 4).length, 4); });");
    const first = await ran('node-test', 'src/range.js', 'const numbers', answer);
    const model = { provider: 'ollama', name: 'qwen2.5-coder:7b' } as const;
    const earlier = [{ model, answer, verdict: first.verdict }];
    const standing = { earlier };
    const again = await ran('node-test', 'src/range.js', 'const numbers', answer, { standing });
    assert.deepEqual(codes(again), ['testFails'], 'the same words again are no second opinion');
    const anew = answer.replace("'counts by two'", "'takes every second one'");
    const judged = await ran('node-test', 'src/range.js', 'const numbers', anew, { standing });
    assert.deepEqual(codes(judged), ['suspectedBug']);
  });

  it('are not tried with faults where the patience is over', async () => {
    const standing = { leftMs: 1 };
    const judged = await ran('node-test', 'src/range.js', 'const numbers', rangeTests(), { standing });
    assert.deepEqual(codes(judged), ['parses', 'callsTarget', 'asserts', 'testsPass']);
    assert.equal(judged.runner.ran.length, 1);
  });

  it('are told as not run where nobody allowed it, and pass as the trees found them', async () => {
    const runner = { ...processRunner(), run: async () => ({ ran: false, why: 'off' }) as const };
    const with_ = { ...tools, runner };
    const target = await projectTarget('node-test', 'src/range.js', 'const numbers');
    const prepared = await tasks.prepare('tests', requestOf('', { task: 'tests', target }), with_, never);
    assert.ok(prepared.ok);
    const { verdict } = await tasks.judge(prepared.value, rangeTests(), with_, never);
    assert.equal(verdict.kind, 'passed');
    assert.deepEqual(verdict.findings.at(-1), { code: 'testsNotRun', params: { why: 'off' } });
  });
});

describe('generated tests under mocha', () => {
  it('run from the package that is installed, and notice faults', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maia-mocha-'));
    scratch.push(folder);
    await cp(join(projects, 'mocha'), folder, { recursive: true });
    await symlink(
      fileURLToPath(new URL('../../../node_modules', import.meta.url)),
      join(folder, 'node_modules'),
    );
    const answer = js(
      "describe('chunk', () => {\n  it('cuts', () => { assert.deepEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]); });\n  it('refuses', () => { assert.throws(() => chunk([1], 0), RangeError); });\n});",
    );
    const judged = await ran(folder, 'lib/chunk.js', 'const chunks', answer);
    assert.equal(finding(judged, 'testsPass').tests, 2);
    assert.ok(finding(judged, 'faultsNoticed').noticed >= 2);
    assert.equal(judged.runner.ran[0]?.argv[1], 'node_modules/mocha/bin/mocha.js');
  });

  it('are not run where the project has not installed it', async () => {
    const answer = js("it('cuts', () => { assert.deepEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]); });");
    const judged = await ran('mocha', 'lib/chunk.js', 'const chunks', answer);
    assert.deepEqual(judged.verdict.findings.at(-1), { code: 'testsNotRun', params: { why: 'noRunner' } });
    assert.equal(judged.runner.ran.length, 0);
  });
});

const noPytest = missing('python3', '-m', 'pytest', '--version');

describe('generated tests in Python', () => {
  const money = (...more: string[]) =>
    py(
      [
        'import pytest',
        'from shop.money import split_evenly',
        '',
        'def test_even():\n    assert split_evenly(10, 2) == [5, 5]',
        'def test_rest():\n    assert split_evenly(10, 3) == [4, 3, 3]',
        '@pytest.mark.parametrize("people", [1, 2])\ndef test_all(people):\n    assert sum(split_evenly(7, people)) == 7',
        'def test_nobody():\n    with pytest.raises(ValueError):\n        split_evenly(5, 0)',
        ...more,
      ].join('\n\n'),
    );

  it('pass under pytest and notice faults', { skip: noPytest }, async () => {
    const judged = await ran('pytest', 'shop/money.py', 'divmod', money());
    assert.equal(judged.verdict.kind, 'passed', JSON.stringify(judged.verdict));
    assert.equal(finding(judged, 'testsPass').tests, 5);
    assert.ok(finding(judged, 'faultsNoticed').noticed >= 2);
  });

  it('notice nothing where they assert nothing of the result', { skip: noPytest }, async () => {
    const answer = py(
      'from shop.money import split_evenly\n\ndef test_there():\n    assert split_evenly(10, 2) is not None\n\ndef test_true():\n    assert split_evenly(3, 1)',
    );
    const judged = await ran('pytest', 'shop/money.py', 'divmod', answer);
    assert.deepEqual(codes(judged), ['noticesNothing']);
  });

  it('are broken where they import what is not there, or a fixture is not', { skip: noPytest }, async () => {
    const missingModule = await ran(
      'pytest',
      'shop/money.py',
      'divmod',
      money('from no_such_module import x\n\ndef test_x():\n    assert split_evenly(x, 1) == [x]'),
    );
    assert.deepEqual(codes(missingModule), ['testBroken']);
    assert.match(finding(missingModule, 'testBroken').message, /no_such_module/);
    const fixture = await ran(
      'pytest',
      'shop/money.py',
      'divmod',
      money('def test_y(nobody):\n    assert split_evenly(nobody, 1) == [1]'),
    );
    assert.deepEqual(codes(fixture), ['testBroken']);
    assert.match(finding(fixture, 'testBroken').message, /fixture 'nobody' not found/);
  });

  it('fail with both values, and point at a bug where the code crashes', { skip: noPytest }, async () => {
    const failing = await ran(
      'pytest',
      'shop/money.py',
      'divmod',
      money('def test_w():\n    assert split_evenly(9, 2) == [4, 5]'),
    );
    assert.deepEqual(failing.verdict.findings, [
      { code: 'testFails', params: { test: 'test_w', message: 'expected [4, 5], got [5, 4]' } },
    ]);
    const source =
      'def split_evenly(cents, people):\n    """Splits an amount."""\n    if people < 1:\n        raise ValueError("people")\n    share, rest = divmod(cents, people)\n    first = [share + 1, share, share][people - 1 + rest * 0]\n    return [share + 1] * rest + [share] * (people - rest)\n';
    const buggy = await ran(
      'pytest',
      'shop/money.py',
      'divmod',
      money('def test_many():\n    assert split_evenly(8, 4) == [2, 2, 2, 2]'),
      { source },
    );
    assert.deepEqual(codes(buggy), ['suspectedBug'], JSON.stringify(buggy.verdict));
    assert.match(finding(buggy, 'suspectedBug').message, /IndexError/);
  });

  it('run under unittest, only the new ones where others are there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maia-unittest-'));
    scratch.push(folder);
    await writeFile(join(folder, 'setup.py'), '');
    await writeFile(
      join(folder, 'ages.py'),
      'def older(a, b):\n    if a > b:\n        return a\n    return b\n',
    );
    await writeFile(
      join(folder, 'test_ages.py'),
      'import unittest\n\nfrom ages import older\n\n\nclass TestOlder(unittest.TestCase):\n    def test_broken_before(self):\n        self.assertEqual(older(1, 2), 1)\n',
    );
    const body = (expected: number) =>
      py(
        `import unittest\nfrom ages import older\n\nclass TestOlderMore(unittest.TestCase):\n    def test_first(self):\n        self.assertEqual(older(3, 2), 3)\n\n    def test_second(self):\n        self.assertEqual(older(3, 9), ${expected})\n`,
      );
    const judged = await ran(folder, 'ages.py', 'if a', body(9));
    assert.equal(judged.verdict.kind, 'passed', JSON.stringify(judged.verdict));
    assert.equal(finding(judged, 'testsPass').tests, 2);
    assert.ok(finding(judged, 'faultsNoticed').noticed >= 2);
    const failing = await ran(folder, 'ages.py', 'if a', body(8));
    assert.match(finding(failing, 'testFails').message, /expected 8, got 9/);
  });
});

describe('generated tests in Go', { skip: missing('go', 'version') }, () => {
  const answer = (want: string, name = 'IsPalindrome') =>
    go(
      `package words\n\nimport "testing"\n\nfunc TestPlain(t *testing.T) {\n\tif got := ${name}("Anna"); got != ${want} {\n\t\tt.Errorf("got %v, want %v", got, ${want})\n\t}\n\tif IsPalindrome("ab") {\n\t\tt.Error("it is none")\n\t}\n}`,
    );

  it('run with their package, fail with both values, and break with the compiler', async () => {
    const passing = await ran('go', 'words.go', 'plain :=', answer('true'));
    assert.equal(finding(passing, 'testsPass').tests, 1);
    const failing = await ran('go', 'words.go', 'plain :=', answer('false'));
    assert.equal(finding(failing, 'testFails').message, 'expected false, got true');
    const broken = await ran('go', 'words.go', 'plain :=', answer('true', 'isPalindrom'));
    assert.match(finding(broken, 'testBroken').message, /undefined: isPalindrom/);
  });
});
