import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { answered, projects, projectTarget } from './ask.ts';

/** The project's own runner over a copy of the project with the proposal in it. */
async function outputWith(
  project: string,
  proposal: { readonly path?: string; readonly after: string },
  command: readonly [string, ...string[]],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'maia-tests-'));
  try {
    await cp(join(projects, project), folder, { recursive: true });
    const path = (proposal.path ?? '').replace(join(projects, project), folder);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, proposal.after);
    const [program, ...args] = command;
    const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, ...env } = process.env;
    const run = spawnSync(program, args, { cwd: folder, encoding: 'utf8', env, timeout: 120_000 });
    return { code: run.status, output: `${run.stdout}${run.stderr}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function missing(program: string, ...args: string[]): string | false {
  return spawnSync(program, args).status === 0 ? false : `there is no ${program} here`;
}

const noPytest = missing('python3', '-m', 'pytest', '--version');
const noGo = missing('go', 'version');

async function runs(
  project: string,
  file: string,
  at: string,
  answer: string,
  command: readonly [string, ...string[]],
): Promise<string> {
  const { verdict, proposal } = await answered('tests', await projectTarget(project, file, at), answer);
  assert.equal(verdict.kind, 'passed', JSON.stringify(verdict));
  assert.ok(proposal);
  const { code, output } = await outputWith(project, proposal, command);
  assert.equal(code, 0, `${output}\n${proposal.after}`);
  return output;
}

describe('the file as it would be applied runs', () => {
  it('under node:test, new', async () => {
    const answer =
      "```js\nconst clamp = require('./clamp');\n\ntest('holds a value between two others', () => {\n  assert.strictEqual(clamp(5, 1, 3), 3);\n  assert.strictEqual(clamp(-5, 1, 3), 1);\n});\n\nbeforeEach(() => {});\n```";
    const output = await runs('node-test', 'src/clamp.js', 'Math', answer, [process.execPath, '--test']);
    assert.match(output, /holds a value/);
  });

  it('under node:test, added to the tests that are there', async () => {
    const answer =
      "Here you go:\n```javascript\nimport { strict as assert } from 'assert';\nimport { test, describe } from 'node:test';\nimport { range, sum } from './range';\n\nfunction sum(numbers) {\n  return 0;\n}\n\ndescribe('sum', () => {\n  test('adds', () => {\n    assert.equal(sum(range(1, 4)), 6);\n  });\n  test('adds', () => {\n    assert.equal(sum([]), 0);\n  });\n});\n```";
    const output = await runs('node-test', 'src/range.js', 'reduce', answer, [process.execPath, '--test']);
    assert.match(output, /leaves the end out/);
    assert.match(output, /adds \(2\)/);
  });

  const mocha = [process.execPath, fileURLToPath(import.meta.resolve('mocha/bin/mocha.js'))] as const;

  it('under mocha, new', async () => {
    const answer =
      "```js\nimport { chunk } from '../chunk.js';\nimport { expect } from 'vitest';\n\ntest('cuts', () => {\n  assert.deepEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]);\n});\n```";
    assert.match(await runs('mocha', 'lib/chunk.js', 'size < 1', answer, mocha), /2 passing/);
  });

  it('under mocha, added to the tests that are there', async () => {
    const answer =
      "```js\nconst assert = require('assert');\nconst { Stack } = require('../lib/stack');\n\ndescribe('Stack', () => {\n  it('gives back what came last', () => {\n    assert.throws(() => new Stack().pop(), /empty/);\n  });\n});\n```";
    assert.match(await runs('mocha', 'lib/stack.js', 'length === 0', answer, mocha), /2 passing/);
  });

  const pytest = ['python3', '-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-rA'] as const;

  it('under pytest, new', { skip: noPytest }, async () => {
    const answer =
      '```python\nfrom your_module import split_evenly\n\n\n@pytest.mark.parametrize("people", [1, 2, 3])\ndef test_nothing_is_lost(people):\n    assert sum(split_evenly(100, people)) == 100\n```';
    assert.match(await runs('pytest', 'shop/money.py', 'divmod', answer, pytest), /5 passed/);
  });

  it('under pytest, added to the tests that are there', { skip: noPytest }, async () => {
    const answer =
      '```python\nimport math\nfrom shop.cart import shipping, Cart\n\n\ndef test_add_counts():\n    assert math.isclose(shipping(4), 7.0)\n\n\ndef test_add_counts():\n    assert shipping(1, express=True) == 8.0\n```';
    assert.match(await runs('pytest', 'shop/cart.py', 'fee =', answer, pytest), /4 passed/);
  });

  it('under go test, new, for a method', { skip: noGo }, async () => {
    const answer =
      '```go\npackage count_test\n\nimport (\n\t"reflect"\n\t"testing"\n)\n\nfunc TestAdd(t *testing.T) {\n\tvar c count.Counter\n\tif got := c.Add("a"); got != 1 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n```';
    assert.match(
      await runs('go', 'count/count.go', 'c.seen ==', answer, ['go', 'test', './...']),
      /ok\s+example\.com\/words\/count/,
    );
  });

  it('under go test, added to the tests that are there', { skip: noGo }, async () => {
    const answer =
      '```go\npackage words\n\nimport (\n\t"fmt"\n\t"testing"\n)\n\nfunc TestReverse(t *testing.T) {\n\tfor _, text := range []string{"Anna", "a man a plan"[:1], strings.Repeat("b", 3)} {\n\t\tif !IsPalindrome(text) {\n\t\t\tt.Errorf("%q is one", text)\n\t\t}\n\t}\n}\n```';
    const output = await runs('go', 'words.go', 'plain :=', answer, ['go', 'test', '-v', './...']);
    assert.match(output, /--- PASS: TestReverse2/);
  });
});
