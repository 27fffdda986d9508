import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { brokenOf } from '../../soak/judge.ts';
import type { Tried, Try } from '../../soak/try.ts';

function applied(
  nth: number,
  task: Try['task'],
  path: string,
  before: string,
  after: string,
  language: string,
) {
  const one: Try = { nth, task, language, file: path, text: before, at: 0, name: 'f' };
  const tried: Tried = { nth, ended: 'applied', ms: 1, path, before, after, touched: [] };
  return [one, tried] as const;
}

function has(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const script = 'export function f(x: number) {\n  return x + 1;\n}\n';
const comment = '/** Adds one. */\n';

describe('what was applied in the soak', () => {
  it('is whole where only a comment is new, in a script', async () => {
    const done = [applied(1, 'document', 'a.ts', script, comment + script, 'typescript')];
    assert.deepEqual([...(await brokenOf(done))], []);
  });

  it('is broken where a comment brings another program, another type or a syntax error', async () => {
    const spoilt = [script.replace('+', '-'), script.replace('number', 'string'), script.replace('}', '')];
    const done = spoilt.map((text, nth) =>
      applied(nth, 'document', 'a.ts', script, comment + text, 'typescript'),
    );
    assert.deepEqual([...(await brokenOf(done)).keys()], [0, 1, 2]);
  });

  it('is broken where tests that were there are gone, and whole where imports were merged', async () => {
    const tests = "import a from 'a';\n\ntest('one', () => {\n  check(a(1));\n});\n";
    const more = "\ntest('two', () => {\n  check(a(2));\n});\n";
    const merged = tests.replace('import a', 'import a, { b }') + more;
    const lost = tests.replace('check(a(1));', '') + more;
    const done = [merged, lost].map((text, nth) =>
      applied(nth, 'tests', 'a.test.js', tests, text, 'javascript'),
    );
    assert.deepEqual([...(await brokenOf(done)).keys()], [1]);
  });

  it('is broken where a file was changed that nobody accepted', async () => {
    const [one] = applied(7, 'edit', 'a.ts', script, script, 'typescript');
    const tried: Tried = { nth: 7, ended: 'refused', ms: 1, touched: ['a.ts'] };
    assert.deepEqual([...(await brokenOf([[one, tried]])).keys()], [7]);
  });

  it('is judged by Python itself where it is Python', {
    skip: !has('python3') && 'no Python here',
  }, async () => {
    const python = 'def f(x):\n    return x + 1\n';
    const texts = [
      python.replace(':\n', ':\n    """Adds one."""\n'),
      python.replace(':\n', ':\n    """Adds one."""\n').replace('+', '-'),
      python.replace(':\n', ':\n    """Adds one.\n'),
    ];
    const done = texts.map((text, nth) => applied(nth, 'document', 'a.py', python, text, 'python'));
    assert.deepEqual([...(await brokenOf(done)).keys()], [1, 2]);
  });
});
