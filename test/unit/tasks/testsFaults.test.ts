import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judged, prepared, requestOf, targetOf } from './ask.ts';

const script = 'export const unit = 1;\n\nexport function ¦add(a: number, b: number) {\n  return a + b;\n}\n';
const python = 'def add(a, b):\n    return ¦a + b\n';

async function codes(answer: string, marked = script, path = '/project/src/add.ts') {
  const draft = await prepared('tests', requestOf('', { task: 'tests', target: targetOf(path, marked) }));
  const { verdict } = await judged(draft, answer);
  return [verdict.kind, ...verdict.findings.map((one) => one.code)].join(' ');
}
const ts = (body: string, imports = '') =>
  `\`\`\`ts\nimport assert from 'node:assert/strict';\nimport { it } from 'node:test';\nimport { add } from './add';\n${imports}\nit('adds', () => {\n  ${body}\n});\n\`\`\``;
const script_ = (body: string, imports = '') => codes(ts(body, imports));

describe('tests that call their target', () => {
  it('fail where they use a name that nothing declares', async () => {
    assert.match(await script_('assert.equal(add(one, 2), 3);'), /^failed undefinedName/);
    assert.match(await script_('const one = 1;\n  assert.equal(add(one, 2), 3);'), /^passed/);
    const answer = (value: string) =>
      `\`\`\`python\nfrom add import add\n\ndef test_adds():\n    assert add(${value}, 2) == 3\n\`\`\``;
    assert.match(await codes(answer('one'), python, '/project/add.py'), /^failed undefinedName/);
    assert.match(await codes(answer('1'), python, '/project/add.py'), /^passed/);
  });

  it('may take fixtures as parameters, and import their own module under another name', async () => {
    const fixture =
      '```python\nfrom add import add\n\ndef test_adds(tmp_path):\n    assert add(len(str(tmp_path)), 2) > 2\n```';
    assert.match(await codes(fixture, python, '/project/add.py'), /^passed/);
    const alias = '```python\nimport add as sums\n\ndef test_adds():\n    assert sums.add(1, 2) == 3\n```';
    assert.match(await codes(alias, python, '/project/add.py'), /^passed/);
  });

  it('fail where a module beside them is not there', async () => {
    const answer = 'setUp();\n  assert.equal(add(1, 2), 3);';
    assert.match(await script_(answer, "import { setUp } from './noSuchFile';"), /^failed importMissing/);
  });

  it('fail where they use the network, and may where it is played', async () => {
    const real = "const a = await fetch('https://api.github.com/a');\n  assert.equal(add(a.status, 1), 201);";
    assert.match(await script_(real), /^failed usesNetwork/);
    const played = `mock.method(globalThis, 'fetch', () => ({ status: 200 }));\n  ${real}`;
    assert.match(await script_(played, "import { mock } from 'node:test';"), /^passed/);
  });

  it('fail where they depend on the real clock or sleep, and may where they play the clock', async () => {
    const real = 'assert.equal(add(Date.now(), 1) > 0, true);';
    assert.match(await script_(real), /^failed usesClock/);
    const sleeps = 'await new Promise((done) => setTimeout(done, 500));\n  assert.equal(add(1, 2), 3);';
    assert.match(await script_(sleeps), /^failed usesClock/);
    const fixed = 'assert.equal(add(new Date(2020, 1, 1).getFullYear(), 1), 2021);';
    assert.match(await script_(fixed), /^passed/);
    const played = `mock.timers.enable({ apis: ['Date'] });\n  ${real}`;
    assert.match(await script_(played, "import { mock } from 'node:test';"), /^passed/);
  });

  it('fail where they open a path of one machine', async () => {
    const answer = "assert.equal(add(readFileSync('/home/me/a.txt').length, 1), 2);";
    assert.match(await script_(answer, "import { readFileSync } from 'node:fs';"), /^failed absolutePath/);
  });

  it('are cut short where their fence is not closed, even if what is there parses', async () => {
    assert.match(await codes(ts('assert.equal(add(1, 2), 3);').slice(0, -4)), /^failed cutShort/);
  });
});
