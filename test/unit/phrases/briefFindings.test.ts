import assert from 'node:assert/strict';
import { test } from 'node:test';
import { briefFindings } from '../../../src/phrases/briefFindings.ts';
import { progressLine } from '../../../src/phrases/progress.ts';
import type { Finding } from '../../../src/vocabulary/verdict.ts';

const tests: readonly Finding[] = [
  { code: 'parses', params: {} },
  { code: 'callsTarget', params: { name: 'parseDate' } },
  { code: 'asserts', params: { tests: 6 } },
  { code: 'frameworkAssumed', params: { framework: 'Vitest' } },
  { code: 'testsPass', params: { tests: 6 } },
];

test('what was checked is told in short', () => {
  assert.equal(briefFindings(tests), 'parses, calls parseDate, 6 tests pass');
  assert.equal(briefFindings(tests.slice(0, 3)), 'parses, calls parseDate, 6 tests assert');
});

test('a check that was not made is told beside those that were', () => {
  const found: readonly Finding[] = [
    { code: 'parses', params: {} },
    { code: 'testsNotRun', params: { why: 'off' } },
    { code: 'typesNotAsked', params: { why: 'tooSlow' } },
  ];
  assert.equal(briefFindings(found), 'parses, tests not run, types not checked');
});

test('the progress of a check grows with what it found', () => {
  const step = (found: readonly Finding[], doing?: 'tests') =>
    progressLine({ code: 'checking', params: { found, ...(doing ? { doing } : {}) } });
  assert.equal(step([]), 'Checking the answer');
  assert.equal(step(tests.slice(0, 1)), 'Checking: parses');
  assert.equal(step(tests.slice(0, 2), 'tests'), 'Checking: parses, calls parseDate, running the tests…');
});

test('a name cannot break out of its line', () => {
  const found = briefFindings([{ code: 'callsTarget', params: { name: 'a\n\u202eb\u0007' } }]);
  assert.match(found, /^[\p{L}\p{P}\p{S} ]+$/u);
});
