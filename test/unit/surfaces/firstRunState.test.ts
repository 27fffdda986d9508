import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstRunState, smallMachineModel } from '../../../src/surfaces/firstRunState.ts';
import { firstChoice, fitsMemory } from '../../../src/surfaces/pullChoices.ts';
import type { Health } from '../../../src/vocabulary/health.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';

const gibibyte = 1024 ** 3;

function model(name: string, parametersBillion: number, sizeBytes: number): Candidate {
  return {
    model: {
      id: { provider: 'ollama', name },
      boundary: 'machine',
      route: 'local',
      capabilities: { chat: true, tools: false, images: false, thinking: false },
      contextTokens: 8192,
      parametersBillion,
      sizeBytes,
    },
    state: 'ready',
    busy: false,
    fitsMemory: true,
    toolsProven: false,
  };
}

function health(change: Partial<Health>): Health {
  return {
    local: 'ready',
    claude: 'ready',
    host: 'http://127.0.0.1:11434',
    candidates: [],
    lastErrors: [],
    machineMemoryBytes: 32 * gibibyte,
    practice: false,
    ...change,
  };
}

test('each of the first-run states is known by what answers', () => {
  assert.equal(firstRunState(health({ local: 'unreachable', claude: 'noKey' })), 'nothing');
  assert.equal(firstRunState(health({ claude: 'noKey' })), 'localOnly');
  assert.equal(firstRunState(health({ local: 'unreachable' })), 'claudeOnly');
  assert.equal(firstRunState(health({ local: 'noModels', claude: 'noKey' })), 'noModels');
  assert.equal(firstRunState(health({})), 'complete');
  assert.equal(firstRunState(health({ local: 'unknown' })), undefined);
});

test('a key whose service fails is still a key', () => {
  assert.equal(firstRunState(health({ local: 'unreachable', claude: 'failing' })), 'claudeOnly');
});

test('a machine is small with 8 GB, or with small models only', () => {
  const small = model('llama3.2:3b', 3.2, 2e9);
  const large = model('codellama:13b', 13, 7.4e9);
  assert.equal(smallMachineModel(health({ candidates: [small] })), 'llama3.2:3b');
  assert.equal(smallMachineModel(health({ candidates: [small, large] })), undefined);
  assert.equal(
    smallMachineModel(health({ candidates: [small, large], machineMemoryBytes: 8 * gibibyte })),
    'llama3.2:3b',
  );
  assert.equal(smallMachineModel(health({})), undefined);
});

test('what is offered first fits the memory', () => {
  for (const gigabytes of [4, 8, 16, 32, 64]) {
    const first = firstChoice(gigabytes * gibibyte);
    assert.ok(first && fitsMemory(first.sizeBytes, gigabytes * gibibyte), `${gigabytes} GB`);
  }
  assert.equal(firstChoice(8 * gibibyte)?.name, 'qwen2.5-coder:7b');
  assert.equal(firstChoice(gibibyte), undefined);
  assert.equal(
    firstChoice(64 * gibibyte)?.name,
    'qwen2.5-coder:7b',
    'a first download is not the largest that fits',
  );
});
