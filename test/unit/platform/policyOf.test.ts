import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyOf } from '../../../src/platform/policyOf.ts';
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

test('values of the wrong type and nonsense prices count as not set', () => {
  const policy = policyOf(
    read({
      'maia.mode': { user: 'sideways' },
      'maia.offline': { user: 'yes' },
      'maia.privacy.protectedPaths': { user: 'none' },
      'maia.claude.baseUrl': { user: 'javascript:alert(1)' },
      'maia.savings.prices': {
        user: { a: { input: -1, output: 2 }, b: { input: 1, output: 2, cacheRead: 'x' } },
      },
    }),
    {},
  );
  assert.equal(policy.mode, 'auto');
  assert.equal(policy.offline, false);
  assert.ok(policy.privacy.protectedPaths.length > 5);
  assert.equal(policy.claude.baseUrl, 'https://api.anthropic.com');
  assert.deepEqual(policy.prices, { b: { input: 1, output: 2 } });
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
