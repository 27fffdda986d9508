import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyOf, unreadableSettings } from '../../../src/platform/policyOf.ts';
import type { SetValues } from '../../../src/platform/settingValue.ts';

const read =
  (set: Record<string, SetValues>) =>
  (name: string): SetValues =>
    set[name] ?? {};

test('with nothing set the policy is the defaults, and Ollama is where it always is', () => {
  const policy = policyOf(read({}), {});
  assert.equal(policy.mode, 'auto');
  assert.equal(policy.ollama.host, 'http://127.0.0.1:11434');
  assert.ok(policy.privacy.protectedPaths.includes('**/.env*'));
});

test('OLLAMA_HOST is used when no host is set, and the setting goes before it', () => {
  assert.equal(policyOf(read({}), { OLLAMA_HOST: '0.0.0.0:1' }).ollama.host, '0.0.0.0:1');
  const set = read({ 'maia.ollama.host': { user: 'http://box:11434' } });
  assert.equal(policyOf(set, { OLLAMA_HOST: '0.0.0.0:1' }).ollama.host, 'http://box:11434');
});

test('a hostile workspace can not move hosts, empty the protected paths, choose Claude or change prices', () => {
  const hostile = read({
    'maia.mode': { user: 'localOnly', workspace: ['claudeOnly'] },
    'maia.offline': { user: true, workspace: [false] },
    'maia.ollama.host': { workspace: ['http://evil.example'] },
    'maia.claude.baseUrl': { workspace: ['http://evil.example'] },
    'maia.privacy.protectedPaths': { user: ['private/**', '**/.env'], workspace: [[]] },
    'maia.privacy.trustedHosts': { workspace: [['evil.example']] },
    'maia.savings.prices': { workspace: [{ 'claude-sonnet-5-5': { input: 0, output: 0 } }] },
    'maia.savings.baseline': { workspace: ['claude-fable-5-2'] },
    'maia.claude.cheapTier': { workspace: [true] },
  });
  const policy = policyOf(hostile, {});
  assert.equal(policy.mode, 'localOnly');
  assert.equal(policy.offline, true);
  assert.equal(policy.ollama.host, 'http://127.0.0.1:11434');
  assert.equal(policy.claude.baseUrl, 'https://api.anthropic.com');
  assert.ok(policy.privacy.protectedPaths.includes('private/**'));
  assert.ok(policy.privacy.protectedPaths.includes('**/.env'));
  assert.deepEqual(policy.privacy.trustedHosts, []);
  assert.deepEqual(policy.prices, {});
  assert.equal(policy.baseline, 'claude-sonnet-5-5');
  assert.equal(policy.claude.cheapTier, false);
});

test('a workspace can tighten: local only, offline, more protected paths', () => {
  const policy = policyOf(
    read({
      'maia.mode': { user: 'claudeOnly', workspace: ['localOnly'] },
      'maia.offline': { workspace: [true] },
      'maia.privacy.protectedPaths': { workspace: [['customers/**'], ['more/**']] },
    }),
    {},
  );
  assert.equal(policy.mode, 'localOnly');
  assert.equal(policy.offline, true);
  assert.ok(policy.privacy.protectedPaths.includes('customers/**'));
  assert.ok(policy.privacy.protectedPaths.includes('more/**'));
});

test('what can not be read never opens anything: the strictest value counts, or the default', () => {
  const policy = policyOf(
    read({
      'maia.mode': { user: 'sideways' },
      'maia.offline': { user: 'yes' },
      'maia.privacy.protectedPaths': { user: 'private/**' },
      'maia.claude.baseUrl': { user: 'javascript:alert(1)' },
      'maia.claude.cheapTier': { user: 'yes' },
      'maia.budget.day': { user: '5' },
      'maia.budget.month': { user: -3 },
      'maia.savings.prices': {
        user: { a: { input: -1, output: 2 }, b: { input: 1, output: 2, cacheRead: 'x' } },
      },
    }),
    {},
  );
  assert.equal(policy.mode, 'localOnly');
  assert.equal(policy.offline, true);
  assert.ok(policy.privacy.protectedPaths.includes('private/**'));
  assert.ok(policy.privacy.protectedPaths.length > 5);
  assert.equal(policy.claude.baseUrl, 'https://api.anthropic.com');
  assert.equal(policy.claude.cheapTier, false);
  assert.deepEqual(policy.budget, { dayUsd: 0, monthUsd: 0 });
  assert.deepEqual(policy.prices, { b: { input: 1, output: 2 } });
});

test('what a workspace sets and can not be read tightens, and what only the user may set stays the user’s', () => {
  const policy = policyOf(
    read({
      'maia.mode': { workspace: [17] },
      'maia.budget.day': { user: 2, workspace: ['all'] },
      'maia.models.allow': { user: ['granite*'], workspace: [{}] },
    }),
    {},
  );
  assert.equal(policy.mode, 'localOnly');
  assert.deepEqual(policy.budget, { dayUsd: 2 });
  assert.deepEqual(policy.models.allow, ['granite*']);
});

test('a list of allowed models that can not be read allows none; a single text is a list of one', () => {
  const allowed = (user: unknown) => policyOf(read({ 'maia.models.allow': { user } }), {}).models.allow;
  assert.deepEqual(allowed(undefined), []);
  assert.deepEqual(allowed([]), []);
  assert.deepEqual(allowed('qwen*'), ['qwen*']);
  assert.deepEqual(allowed(['qwen*', 5]), ['qwen*']);
  for (const broken of [5, true, {}, [5], [null]])
    assert.equal(allowed(broken).length, 1, JSON.stringify(broken));
});

test('a list of denied models or origins that can not be read denies all', () => {
  const denied = (name: string, user: unknown) => policyOf(read({ [name]: { user } }), {}).models;
  assert.deepEqual(denied('maia.models.deny', { llama: true }).deny, ['*']);
  assert.deepEqual(denied('maia.models.denyOrigins', 5).deny, ['*']);
  assert.deepEqual(denied('maia.models.deny', ['llama*']).deny, ['llama*']);
  assert.deepEqual(denied('maia.models.denyOrigins', 'US').denyOrigins, ['US']);
});

test('a budget of zero is none, and so is one without end', () => {
  for (const user of [0, Number.POSITIVE_INFINITY, undefined, null])
    assert.deepEqual(policyOf(read({ 'maia.budget.day': { user } }), {}).budget, {});
});

test('patience keeps to its limits', () => {
  const patience = (user: unknown) =>
    policyOf(read({ 'maia.patience.streamed': { user } }), {}).patience.streamedMs;
  assert.equal(patience(undefined), 15_000);
  assert.equal(patience('long'), 15_000);
  assert.equal(patience(-4), 1_000);
  assert.equal(patience(1e9), 600_000);
});

test('a task whose route can not be read stays on this machine', () => {
  const tasks = (user: unknown) => policyOf(read({ 'maia.tasks': { user } }), {}).tasks;
  assert.deepEqual(tasks({ tests: 'local', review: 'claude', nonsense: 'claude' }), {
    tests: 'local',
    review: 'claude',
  });
  assert.deepEqual(tasks({ security: 'somewhere', explain: null }), { security: 'local' });
  assert.equal(tasks('local').chat, 'local');
  assert.equal(tasks([]).architecture, 'local');
});

test('the settings that can not be read are named, with those of a workspace that has a say', () => {
  const named = unreadableSettings(
    read({
      'maia.models.allow': { user: 'qwen*' },
      'maia.budget.day': { user: -1 },
      'maia.patience.held': { user: 60 },
      'maia.tasks': { user: { tests: 'sometimes' } },
      'maia.offline': { workspace: ['yes'] },
      'maia.ollama.host': { workspace: [5] },
    }),
  );
  assert.deepEqual([...named].sort(), ['maia.budget.day', 'maia.models.allow', 'maia.offline', 'maia.tasks']);
});

test('a list with entries of the wrong type keeps those that are right, and opens nothing', () => {
  const policy = policyOf(
    read({
      'maia.privacy.protectedPaths': { user: ['private/**', 5], workspace: [['customers/**', null], 'all'] },
      'maia.privacy.trustedHosts': { user: ['gpu.lan', {}], workspace: [['evil.example', 5]] },
    }),
    {},
  );
  for (const path of ['private/**', 'customers/**', '**/.env*'])
    assert.ok(policy.privacy.protectedPaths.includes(path), path);
  assert.deepEqual(policy.privacy.trustedHosts, ['gpu.lan']);
});

test('a name and password in an address go no further', () => {
  const host = (text: string) => policyOf(read({ 'maia.ollama.host': { user: text } }), {}).ollama.host;
  assert.equal(host('http://me:secret@gpu.lan:11434'), 'http://gpu.lan:11434');
  assert.equal(host('me:secret@gpu.lan'), 'gpu.lan');
  assert.equal(
    policyOf(read({}), { OLLAMA_HOST: 'https://me:p%40ss@gpu.lan/x' }).ollama.host,
    'https://gpu.lan/x',
  );
  const set = read({ 'maia.claude.baseUrl': { user: 'https://me:secret@gateway.example/v1/' } });
  assert.equal(policyOf(set, {}).claude.baseUrl, 'https://gateway.example/v1');
});
