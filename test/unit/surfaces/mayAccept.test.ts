import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayAccept } from '../../../src/surfaces/mayAccept.ts';
import type { Finding, Verdict } from '../../../src/vocabulary/verdict.ts';

const verdict = (kind: Verdict['kind'], ...findings: Finding[]) => ({ verdict: { kind, findings } });

test('what passed or could not be checked may be accepted, what failed may not', () => {
  assert.ok(mayAccept(verdict('passed', { code: 'parses', params: {} })));
  assert.ok(mayAccept(verdict('notChecked', { code: 'noGrammar', params: { languageId: 'lua' } })));
  assert.equal(mayAccept(verdict('failed', { code: 'doesNotParse', params: { line: 3 } })), false);
});

test('a test that says something else than the code does is for the developer to judge', () => {
  const params = { test: 'adds', message: 'expected 3, got 4' };
  assert.ok(mayAccept(verdict('failed', { code: 'suspectedBug', params })));
  assert.ok(mayAccept(verdict('failed', { code: 'testFails', params })));
  assert.equal(mayAccept(verdict('failed', { code: 'testBroken', params })), false);
});
