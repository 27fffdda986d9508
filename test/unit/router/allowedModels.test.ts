import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { removedByList } from '../../../src/router/allowedModels.ts';
import type { AllowedModels } from '../../../src/vocabulary/policy.ts';
import { claude, local } from './candidates.ts';

const none: AllowedModels = { allow: [], deny: [], allowOrigins: [], denyOrigins: [] };

function removed(name: string, lists: Partial<AllowedModels>, family?: string): string | undefined {
  const { model } = name.startsWith('claude')
    ? claude('sonnet')
    : local(name, {}, family === undefined ? {} : { family });
  return removedByList(model, { ...none, ...lists })?.code;
}

describe('a list of models', () => {
  test('that is empty allows all', () => {
    assert.equal(removed('codellama:13b', {}), undefined);
  });

  test('matches whole names without case, any tag of a name, and `*` for anything', () => {
    const yes: readonly (readonly [string, string])[] = [
      ['codellama:13b', 'codellama:13b'],
      ['CodeLlama:13b', 'codellama:13B'],
      ['codellama:13b', 'codellama'],
      ['codellama:13b', 'code*'],
      ['codellama:13b', '*:13b'],
      ['codellama:13b', 'c*l*:*b'],
      ['codellama:13b', '*'],
      ['mistral:latest', 'mistral'],
      ['hf.co/someone/Qwen2.5-Coder-7B:Q4', 'qwen2.5-coder*'],
      ['hf.co/someone/Qwen2.5-Coder-7B:Q4', 'hf.co/*'],
      ['claude-sonnet-5-5', 'claude-*'],
    ];
    for (const [name, pattern] of yes)
      assert.equal(removed(name, { deny: [pattern] }), 'modelDenied', `${name} ${pattern}`);
    const no: readonly (readonly [string, string])[] = [
      ['codellama:13b', 'codellama:7b'],
      ['codellama:13b', 'llama'],
      ['codellama:13b', 'codellama:1'],
      ['codellama:13b', 'code*llama*llama*'],
      ['codellama:13b', 'code.lama'],
      ['codellama:13b', ''],
    ];
    for (const [name, pattern] of no)
      assert.equal(removed(name, { deny: [pattern] }), undefined, `${name} ${pattern}`);
  });

  test('that allows some removes the others, Claude’s too, and a denied one is removed even so', () => {
    const lists = { allow: ['qwen*', 'codellama'], deny: ['*:70b'] };
    assert.equal(removed('qwen2.5-coder:7b', lists), undefined);
    assert.equal(removed('llama3.2:3b', lists), 'modelNotAllowed');
    assert.equal(removed('claude-sonnet-5-5', lists), 'modelNotAllowed');
    assert.equal(removed('codellama:70b', lists), 'modelDenied');
  });
});

describe('a list of origins', () => {
  test('takes countries and makers, by what people write', () => {
    assert.equal(removed('qwen2.5-coder:7b', { denyOrigins: ['china'] }), 'originNotAllowed');
    assert.equal(removed('qwen2.5-coder:7b', { denyOrigins: ['Alibaba'] }), 'originNotAllowed');
    assert.equal(removed('qwen2.5-coder:7b', { denyOrigins: ['France'] }), undefined);
    assert.equal(removed('codellama:13b', { allowOrigins: ['US'] }), undefined);
    assert.equal(removed('mistral:7b', { allowOrigins: ['US', 'France'] }), undefined);
    assert.equal(removed('mistral:7b', { allowOrigins: ['Meta'] }), 'originNotAllowed');
    assert.equal(removed('starcoder2:15b', { allowOrigins: ['ServiceNow'] }), undefined);
    assert.equal(removed('claude-sonnet-5-5', { allowOrigins: ['Meta'] }), 'originNotAllowed');
    assert.equal(removed('claude-sonnet-5-5', { denyOrigins: ['anthropic'] }), 'originNotAllowed');
  });

  test('sees through a name of its own to the architecture beneath', () => {
    assert.equal(removed('our-assistant:7b', { denyOrigins: ['China'] }, 'qwen2'), 'originNotAllowed');
    assert.equal(removed('codellama-mix:7b', { allowOrigins: ['US'] }, 'qwen2'), 'originNotAllowed');
  });

  test('that allows some removes what nobody knows; one that denies some does not', () => {
    assert.equal(removed('mystery:7b', { allowOrigins: ['US'] }), 'originNotAllowed');
    assert.equal(removed('mystery:7b', { denyOrigins: ['China'] }), undefined);
  });
});
