import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readDotnet } from '../../../src/tasks/tests/run/dotnetReport.ts';
import { readGo } from '../../../src/tasks/tests/run/goReport.ts';
import { readGradle, readMaven } from '../../../src/tasks/tests/run/javaReport.ts';
import { readJest } from '../../../src/tasks/tests/run/jestReport.ts';
import { readMocha } from '../../../src/tasks/tests/run/mochaReport.ts';
import { readPytest } from '../../../src/tasks/tests/run/pytestReport.ts';
import { readRun } from '../../../src/tasks/tests/run/readRun.ts';
import { readTap } from '../../../src/tasks/tests/run/tapReport.ts';
import { compared, type ReadReport } from '../../../src/tasks/tests/run/testReport.ts';
import { readUnittest } from '../../../src/tasks/tests/run/unittestReport.ts';
import { recorded, table } from './recordedReports.ts';

async function broken(read: ReadReport, name: string): Promise<string> {
  const report = read(await recorded(name));
  assert.ok(report?.broken !== undefined, `${name} is not broken`);
  return report.broken;
}

const scriptTable = (error: string, deep: string, joint = ' > ') => [
  `passed: g${joint}passes: `,
  `failed: g${joint}fails: expected 3, got 2`,
  `failed: g${joint}deep: ${deep}`,
  `error: g${joint}throws: ${error}`,
];
const typeError = "TypeError: Cannot read properties of null (reading 'foo')";
const vitestDeep = 'expected [ { a: 2 } ], got [ { a: 1 } ]';

describe('the report of a run', () => {
  it('of vitest is read test by test', async () => {
    assert.deepEqual(await table(readJest, 'vitest'), [
      ...scriptTable(typeError, vitestDeep),
      'skipped: g > skipped: ',
    ]);
    assert.match(await broken(readJest, 'vitest-broken'), /Cannot find module '\.\/nothere\.js'/);
  });

  it('of jest is read test by test', async () => {
    assert.deepEqual(await table(readJest, 'jest'), [
      ...scriptTable(typeError, 'Error: expect(received).toEqual(expected) // deep equality'),
      'skipped: g > skipped: ',
    ]);
    assert.match(await broken(readJest, 'jest-broken'), /^Cannot find module '\.\/nothere\.js'/);
  });

  it('of mocha is read between what tests print', async () => {
    assert.deepEqual(
      await table(readMocha, 'mocha'),
      scriptTable(typeError, 'Expected values to be strictly deep-equal:', ' '),
    );
    assert.match(await broken(readMocha, 'mocha-broken'), /Cannot find module '\.\/nothere\.js'/);
  });

  it('of node:test is read with its groups, and why a file did not load', async () => {
    assert.deepEqual(await table(readTap, 'tap'), [
      ...scriptTable(typeError, 'Expected values to be strictly deep-equal:'),
      'skipped: g > skipped: ',
      'error: top <&": RangeError: bad line two',
    ]);
    assert.match(await broken(readTap, 'tap-broken'), /ERR_MODULE_NOT_FOUND.*nothere\.mjs/);
  });

  it('of pytest tells fixtures and errors from assertions', async () => {
    assert.deepEqual(await table(readPytest, 'pytest'), [
      'passed: TestG > test_passes: ',
      'failed: TestG > test_fails: expected 3, got (1 + 1)',
      "failed: test_deep: expected [{'a': 2}], got [{'a': 1}]",
      "error: test_throws: AttributeError: 'NoneType' object has no attribute 'foo'",
      'passed: test_par[1]: ',
      'failed: test_par[2]: expected 1, got 2',
      'failed: test_raises: Failed: DID NOT RAISE ValueError',
      "error: test_fix: KeyError: 'x'",
      "error: test_nofix: fixture 'zzz' not found",
    ]);
    assert.match(await broken(readPytest, 'pytest-broken'), /No module named 'nothere'/);
  });

  it('of unittest agrees with its own count', async () => {
    assert.deepEqual(await table(readUnittest, 'unittest'), [
      "error: TestG > test_throws: AttributeError: 'NoneType' object has no attribute 'foo'",
      'failed: TestG > test_fails: expected 3, got 2',
      'failed: TestG > test_sub: expected 0, got 1',
      'passed: TestG > test_passes: ',
      'skipped: TestG > test_skipped: ',
    ]);
    assert.match(await broken(readUnittest, 'unittest-broken'), /No module named 'nothere'/);
    const text = await recorded('unittest');
    assert.equal(readUnittest(text.replace('Ran 5 tests', 'Ran 6 tests')), undefined);
    assert.equal(readUnittest(text.replace('failures=2', 'failures=1')), undefined);
  });

  it('of go test is read with panics, subtests and what the compiler says', async () => {
    assert.deepEqual(await table(readGo, 'go'), [
      'passed: TestPasses: ',
      'failed: TestFails: expected 2, got 1',
      'failed: TestSub/a_b: sub',
      'passed: TestSub/ok: ',
      'skipped: TestSkip: ',
      'error: TestPanics: panic: runtime error: index out of range [3] with length 0',
    ]);
    assert.match(await broken(readGo, 'go-broken'), /b_test\.go:3:31: undefined: nope/);
  });

  it('of Maven is read by its faults and its count', async () => {
    assert.deepEqual(await table(readMaven, 'mvn'), [
      'failed: fails: expected IV, got V',
      'failed: table: expected I, got II',
      'error: throwsUp: java.lang.NullPointerException: Cannot invoke "String.length()" because "s" is null',
      'passed: #1: ',
      'passed: #2: ',
    ]);
    assert.match(await broken(readMaven, 'mvn-broken'), /FractionTest\.java:\[10,64\] cannot find symbol/);
  });

  it('of Gradle and of dotnet is read line by line', () => {
    const gradle = readGradle(
      'FractionTest > adds() PASSED\n\nFractionTest > fails() FAILED\n    org.opentest4j.AssertionFailedError: expected: <1> but was: <2>\n        at app//FractionTest.fails(FractionTest.java:9)\n\n2 tests completed, 1 failed\n\nBUILD FAILED in 3s\n',
    );
    assert.deepEqual(
      gradle?.tests.map(({ name, outcome, message }) => [name, outcome, message]),
      [
        ['adds', 'passed', ''],
        ['fails', 'failed', 'expected 1, got 2'],
      ],
    );
    const dotnet = readDotnet(
      '  Passed Shapes.Tests.CircleTests.Scales [3 ms]\n  Failed Shapes.Tests.CircleTests.Area(radius: 2) [5 ms]\n  Error Message:\n   Assert.Equal() Failure: Values differ\nExpected: 3\nActual:   2\n  Stack Trace:\n     at Shapes.Tests.CircleTests.Area(Double radius) in CircleTests.cs:line 9\n\nTest Run Failed.\nTotal tests: 2\n     Passed: 1\n     Failed: 1\n',
    );
    assert.deepEqual(
      dotnet?.tests.map(({ name, outcome, message }) => [name, outcome, message]),
      [
        ['Scales', 'passed', ''],
        ['Area', 'failed', 'expected 3, got 2'],
      ],
    );
  });
});

const readers: readonly (readonly [string, ReadReport, string])[] = [
  ['vitest', readJest, 'vitest'],
  ['jest', readJest, 'jest'],
  ['mocha', readMocha, 'mocha'],
  ['node:test', readTap, 'tap'],
  ['pytest', readPytest, 'pytest'],
  ['unittest', readUnittest, 'unittest'],
  ['go test', readGo, 'go'],
  ['Maven', readMaven, 'mvn'],
  ['Gradle', readGradle, 'mvn'],
  ['dotnet', readDotnet, 'mvn'],
];
const plan = {
  path: '/project/f.test.js',
  folder: '/project',
  subject: { name: 'f', module: './f.js', others: [] },
};

describe('what is no whole report', () => {
  for (const [name, read, file] of readers) {
    it(`of ${name} never counts as green, and never throws`, async () => {
      const text = await recorded(file);
      const junk = fc.oneof(
        fc.string({ maxLength: 400 }),
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.nat(text.length).map((at) => text.slice(0, at)),
        fc.nat(text.length).map((at) => text.slice(at)),
        fc
          .tuple(fc.nat(text.length), fc.nat(80), fc.string({ maxLength: 20 }))
          .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length)),
      );
      const command = { argv: [], cwd: '/project', read };
      fc.assert(
        fc.property(junk, (output) => {
          // The recorded run failed: whatever is left of its output, an exit code of 0 does not make it green.
          const answer = { ran: true, exitCode: 0, output, ms: 1 } as const;
          const seen = readRun(answer, command, plan, '', { fresh: [], old: [] });
          if (seen.kind !== 'ran') return;
          assert.ok(
            seen.tests.every((test) => test.outcome === 'passed') && seen.tests.length > 0,
            'what failed does not count beside an exit code of 0',
          );
          assert.ok(output.length < text.length || output.includes(text.slice(0, 10)));
        }),
        { numRuns: 300 },
      );
    });
  }

  it('is a report that a test has printed beside the real one', async () => {
    const forged = `${await recorded('vitest')}\n${await recorded('vitest')}`;
    assert.equal(readJest(forged), undefined);
    assert.equal(readPytest(`maia_report: {"tests":[],"broken":[]}\n${await recorded('pytest')}`), undefined);
  });
});

describe('what a run says', () => {
  it('names no folder of the machine', () => {
    const words =
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'x' imported from /project/src/f.test.js";
    const output = `TAP version 13\n# ${words}\nnot ok 1 - f\n  ---\n  exitCode: 1\n  error: 'test failed'\n  ...\n1..1\n`;
    const answer = { ran: true, exitCode: 1, output, ms: 1 } as const;
    const command = { argv: [], cwd: '', read: readTap };
    assert.deepEqual(readRun(answer, command, plan, "import x from 'x';", { fresh: [], old: [] }), {
      kind: 'broken',
      message: words.replace('/project/', ''),
    });
  });
});

describe('a run counts', () => {
  const read = (output: string, exitCode: number, names = { fresh: [] as string[], old: [] as string[] }) =>
    readRun({ ran: true, exitCode, output, ms: 1 }, { argv: [], cwd: '', read: readTap }, plan, '', names);

  it('only where the exit code agrees with the report', () => {
    const green = 'TAP version 13\n# Subtest: a\nok 1 - a\n1..1\n';
    assert.equal(read(green, 0).kind, 'ran');
    assert.deepEqual(read(green, 1), { kind: 'notRun', why: 'failed' });
    assert.deepEqual(read(green.replace('ok 1', 'not ok 1'), 0), { kind: 'notRun', why: 'failed' });
    assert.deepEqual(read('TAP version 13\n1..0\n', 0), { kind: 'notRun', why: 'failed' });
    assert.deepEqual(read('sh: node: not found', 127), { kind: 'notRun', why: 'noRunner' });
  });

  it('only for the tests that are new: what failed before does not speak against them', () => {
    const mixed = 'TAP version 13\nnot ok 1 - old\nok 2 - new of 3\nok 3 - new of 4\n1..3\n';
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a test's title as it is written
    const seen = read(mixed, 1, { fresh: ['new of ${n}'], old: ['old'] });
    assert.ok(seen.kind === 'ran');
    assert.deepEqual(
      seen.tests.map(({ name }) => name),
      ['new of 3', 'new of 4'],
    );
  });

  it('for a test whose name has a slash or brackets in it by that whole name', () => {
    const mixed = 'TAP version 13\nnot ok 1 - reads a/b\nok 2 - reads a/c\nok 3 - reads [1]\n1..3\n';
    const seen = read(mixed, 1, { fresh: ['reads a/c', 'reads [1]'], old: ['reads a/b'] });
    assert.deepEqual(seen.kind === 'ran' && seen.tests.map(({ name }) => name), ['reads a/c', 'reads [1]']);
  });

  it('as broken where all of the new tests are passed over', () => {
    const skipped = 'TAP version 13\nok 1 - new # SKIP\n1..1\n';
    assert.deepEqual(read(skipped, 0), { kind: 'broken', message: 'no test of it ran' });
    const chosen = read(skipped, 0, { fresh: ['new'], old: ['old'] });
    assert.deepEqual(chosen, { kind: 'notRun', why: 'failed' }, 'a choice by name may have missed them');
  });

  it('as not run where it had to be stopped, or its tests need what is not there', () => {
    const command = { argv: [], cwd: '', read: readTap };
    const none = { fresh: [], old: [] };
    const stopped = { ran: true, stoppedBy: 'time', output: '', ms: 1 } as const;
    assert.deepEqual(readRun(stopped, command, plan, '', none), { kind: 'notRun', why: 'stopped' });
    const lacks = (words: string) =>
      `TAP version 13\n# ${words}\nnot ok 1 - f\n  ---\n  exitCode: 1\n  error: 'test failed'\n  ...\n1..1\n`;
    assert.deepEqual(read(lacks('TypeError [ERR_UNKNOWN_FILE_EXTENSION]: Unknown file extension ".ts"'), 1), {
      kind: 'notRun',
      why: 'noRunner',
    });
    const subject = lacks("Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/project/f.js'");
    assert.deepEqual(read(subject, 1), { kind: 'notRun', why: 'failed' });
  });
});

describe('the two values of an assertion', () => {
  for (const [words, expected, actual] of [
    ['Expected: "a"\nReceived: "b"', '"a"', '"b"'],
    ['expected 2 to be 3 // Object.is equality', '3', '2'],
    ["expected 'a' to equal 'b'", "'b'", "'a'"],
    ['Expected values to be strictly equal:\n\n2 !== 3\n', '3', '2'],
    ['AssertionError: 2 != 3', '3', '2'],
    ['assert [1, 2] == [3]\n  At index 0 diff: 1 != 3', '[3]', '[1, 2]'],
    ['expected: <IV> but was: <V>', 'IV', 'V'],
    ['got 1, want 2', '2', '1'],
    ['Reverse("ab") = "x", want "ba"', '"ba"', '"x"'],
  ] as const)
    it(`are read out of ${JSON.stringify(words)}`, () => {
      assert.deepEqual(compared(words), { expected, actual });
    });
});

describe('what a test prints without end', () => {
  for (const [name, read] of readers)
    it(`does not hold up the reader of ${name}`, () => {
      const begun = process.cpuUsage();
      for (const piece of ['A', ' > ', '\n', ' ', 'Error', 'a.b', '[ERROR] a.', 'x: ', '=', 'got '])
        assert.equal(read(piece.repeat(200_000 / piece.length))?.tests.length ?? 0, 0);
      // What grows with the square of the length takes minutes.
      const { user } = process.cpuUsage(begun);
      assert.ok(user < 20_000_000, `${user / 1000} ms of the processor`);
    });
});
