import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCargo } from '../../../src/tasks/tests/run/cargoReport.ts';
import { readGoogleTest } from '../../../src/tasks/tests/run/googleTestReport.ts';
import { readPhpunit } from '../../../src/tasks/tests/run/phpunitReport.ts';
import { readMinitest, readRspec } from '../../../src/tasks/tests/run/rubyReport.ts';
import type { ReadReport } from '../../../src/tasks/tests/run/testReport.ts';
import { recorded, table } from './recordedReports.ts';

test('cargo test tells what became of each test', async () => {
  assert.deepEqual((await table(readCargo, 'cargo')).toSorted(), [
    'error: more > panics: called `Option::unwrap()` on a `None` value',
    'failed: more > calm: test did not panic as expected',
    'failed: more > false_is_said: too few',
    'failed: more > wrong: expected 3, got 2',
    'passed: tests > counts_words: ',
    'skipped: more > later: ',
  ]);
});

test('GoogleTest tells what became of each test', async () => {
  assert.deepEqual((await table(readGoogleTest, 'googletest')).toSorted(), [
    'error: SumTest.Throws: no sum',
    'failed: SumTest.Wrong: expected 4, got 3',
    'failed: TextTest.Differs: expected "b", got "a"',
    'failed: TextTest.Says: Value of: std::string("a").empty() Actual: false Expected: true not empty',
    'passed: SumTest.Adds: ',
    'skipped: SumTest.Skips: ',
  ]);
});

test('RSpec tells what became of each example', async () => {
  assert.deepEqual((await table(readRspec, 'rspec')).toSorted(), [
    'error: Shop::Price #reduced errors: NoMethodError: undefined method `nothere\' for #<RSpec::ExampleGroups::ShopPrice::Reduced "errors" (./spec/shop/bad_spec.rb:9)>',
    'error: Shop::Price #reduced raises: ArgumentError: percent',
    'failed: Shop::Price #reduced fails: expected 99, got 100',
    'passed: Shop::Price #reduced passes: ',
    'passed: Shop::Price .of is expected to eq 1: ',
    'skipped: Shop::Price #reduced pending: ',
    'skipped: Shop::Price #reduced skipped: ',
  ]);
});

test('Minitest tells what became of each test', async () => {
  const rows = (await table(readMinitest, 'minitest')).toSorted();
  assert.match(rows[0] ?? '', /^error: TestBad > test_error: NameError: undefined local variable/);
  assert.deepEqual(rows.slice(1), [
    'failed: TestBad > test_fails: expected 2, got 1',
    'failed: TestBad > test_says: there is nothing',
    'passed: TestBad > test_ok: ',
    'skipped: TestBad > test_skip: ',
  ]);
});

test('PHPUnit tells what became of each test', async () => {
  assert.deepEqual((await table(readPhpunit, 'phpunit')).toSorted(), [
    'error: testErrors: Error: Call to undefined function Example\\Tests\\Text\\nothere()',
    "failed: testFails: expected 'b', got 'a'",
    'failed: testTrue: not b Failed asserting that false is true.',
    'passed: testOk: ',
    'skipped: testSkips: ',
  ]);
});

const brokenRuns: readonly (readonly [string, ReadReport, RegExp])[] = [
  ['cargo-broken', readCargo, /^mismatched types$/],
  ['googletest-broken', readGoogleTest, /^g\.cpp:5: invalid conversion from/],
  ['rspec-broken', readRspec, /LoadError:\s+cannot load such file -- nothere/],
  ['minitest-broken', readMinitest, /cannot load such file -- nothere/],
  ['phpunit-broken', readPhpunit, /Class "Nothing" not found/],
];
for (const [name, read, words] of brokenRuns)
  test(`of a file that does not run the reason is told (${name})`, async () => {
    const report = read(await recorded(name));
    assert.match(report?.broken ?? '', words);
    assert.deepEqual(report?.tests, []);
  });

test('what is cut anywhere is no whole report, and no text breaks a reader', async () => {
  const whole: readonly (readonly [string, ReadReport])[] = [
    ['cargo', readCargo],
    ['googletest', readGoogleTest],
    ['rspec', readRspec],
    ['minitest', readMinitest],
    ['phpunit', readPhpunit],
  ];
  for (const [name, read] of whole) {
    const text = await recorded(name);
    const count = read(text)?.tests.length;
    fc.assert(
      fc.property(fc.nat(text.length), (end) => {
        const cut = read(text.slice(0, end));
        assert.ok(
          cut === undefined || cut.broken !== undefined || cut.tests.length === count,
          `${name} ${end}`,
        );
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.nat(text.length), (noise, at) => {
        read(text.slice(0, at) + noise + text.slice(at));
      }),
    );
  }
});
