import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { writePolicySnapshot } from '../../../src/platform/node/policySnapshot.ts';
import { shellPolicy } from '../../../src/platform/node/shellPolicy.ts';
import { policyOf } from '../../../src/platform/policyOf.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'maia-'));
});
afterEach(() => rm(home, { recursive: true }));

test('without a snapshot the shell has the defaults', async () => {
  const policy = (await shellPolicy(home, {})).current();
  assert.equal(policy.mode, 'auto');
  assert.equal(policy.ollama.host, 'http://127.0.0.1:11434');
});

test('the shell obeys what the editor left, in a file that only the user can read', async () => {
  const set = policyOf((name) => (name === 'maia.mode' ? { user: 'localOnly' } : {}), {});
  await writePolicySnapshot(home, set);
  assert.deepEqual((await shellPolicy(home, {})).current(), set);
  assert.equal((await stat(join(home, 'policy.json'))).mode & 0o077, 0);
});

test('a host that was set in the editor goes before OLLAMA_HOST; the default does not', async () => {
  await writePolicySnapshot(
    home,
    policyOf((name) => (name === 'maia.ollama.host' ? { user: 'http://box:1' } : {}), {}),
  );
  assert.equal((await shellPolicy(home, { OLLAMA_HOST: 'other:2' })).current().ollama.host, 'http://box:1');
  await writePolicySnapshot(
    home,
    policyOf(() => ({}), {}),
  );
  assert.equal((await shellPolicy(home, { OLLAMA_HOST: 'other:2' })).current().ollama.host, 'other:2');
  // A name and password in it are shown and kept nowhere.
  const { host } = (await shellPolicy(home, { OLLAMA_HOST: 'me:pass@other:2' })).current().ollama;
  assert.equal(host, 'other:2');
});

test('writes at the same time leave one whole file and nothing beside it', async () => {
  const policy = policyOf(() => ({}), {});
  await Promise.all(Array.from({ length: 20 }, () => writePolicySnapshot(home, policy)));
  assert.deepEqual((await shellPolicy(home, {})).current(), policy);
  assert.deepEqual(await readdir(home), ['policy.json']);
});

test('what an older Maia left lacks what it did not know: the defaults stand in for that', async () => {
  const { dial, tasks, models, patience, budget, ...older } = policyOf(() => ({}), {});
  await writeFile(join(home, 'policy.json'), JSON.stringify(older));
  const policy = (await shellPolicy(home, {})).current();
  assert.deepEqual(policy, { ...older, dial, tasks, models, patience, budget });
});

for (const [name, wrong] of Object.entries({
  dial: 'loud',
  tasks: null,
  models: { allow: 'qwen*' },
  patience: {},
  budget: { dayUsd: '5' },
}))
  test(`a snapshot whose ${name} can't be read keeps everything on this machine`, async () => {
    const whole = policyOf(() => ({}), {});
    await writeFile(join(home, 'policy.json'), JSON.stringify({ ...whole, [name]: wrong }));
    assert.equal((await shellPolicy(home, {})).current().mode, 'localOnly');
  });

for (const broken of ['', '{', '[]', '{"mode":"auto"}', 'null', '\0'])
  test(`a snapshot that says ${JSON.stringify(broken)} keeps everything on this machine`, async () => {
    await writeFile(join(home, 'policy.json'), broken);
    const policy = (await shellPolicy(home, {})).current();
    assert.equal(policy.mode, 'localOnly');
    assert.equal(policy.offline, true);
  });
