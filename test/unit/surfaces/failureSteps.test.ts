import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandTable } from '../../../src/surfaces/commandTable.ts';
import { stepsFor } from '../../../src/surfaces/failureSteps.ts';
import type { Failure } from '../../../src/vocabulary/failure.ts';

const failures: readonly Failure[] = [
  { code: 'nothingSetUp', params: {} },
  { code: 'noKey', params: {} },
  { code: 'ollamaUnreachable', params: { host: 'h' } },
  { code: 'modelMissing', params: { model: 'm' } },
  { code: 'unexpected', params: { detail: 'd' } },
];

test('each of these failures has a button that runs one of the commands', () => {
  for (const failure of failures) {
    const steps = stepsFor(failure);
    assert.ok(steps.length > 0 && steps.length <= 2, failure.code);
    for (const step of steps) assert.ok(step.command in commandTable, step.command);
  }
});

test('when nothing is left the buttons follow the rules that removed the models, each once', () => {
  const steps = stepsFor({
    code: 'nothingLeft',
    params: {
      because: [
        { code: 'noKey', params: {} },
        { code: 'noKey', params: {} },
        { code: 'modeLocalOnly', params: {} },
        { code: 'noTools', params: { model: 'm' } },
      ],
    },
  });
  assert.deepEqual(
    steps.map((step) => step.command),
    ['maia.setClaudeKey', 'maia.chooseMode'],
  );
});

test('a server that is down comes before a key that is missing', () => {
  const steps = stepsFor({
    code: 'nothingLeft',
    params: {
      because: [
        { code: 'noKey', params: {} },
        { code: 'providerUnreachable', params: { provider: 'Ollama' } },
      ],
    },
  });
  assert.deepEqual(
    steps.map((step) => step.command),
    ['maia.checkAgain', 'maia.setClaudeKey'],
  );
});

test('what a setting stands against has a button that opens that setting', () => {
  const of = (because: Extract<Failure, { code: 'nothingLeft' }>['params']['because']) =>
    stepsFor({ code: 'nothingLeft', params: { because } }).map((step) => step.arguments?.[0]);
  assert.deepEqual(of([{ code: 'budgetSpent', params: { period: 'day', limitUsd: 2 } }]), ['maia.budget']);
  assert.deepEqual(of([{ code: 'modelNotAllowed', params: { model: 'm' } }]), ['maia.models']);
});
