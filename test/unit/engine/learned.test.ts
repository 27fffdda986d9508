import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnedOf, wideningsNow } from '../../../src/engine/learned.ts';
import type { Experience } from '../../../src/vocabulary/experience.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';

const model = { provider: 'ollama', name: 'llama3.2:3b' } as const;

const candidate: Candidate = {
  model: {
    id: model,
    boundary: 'machine',
    host: '127.0.0.1:11434',
    route: 'local',
    digest: 'abc',
    family: 'llama',
    parametersBillion: 3,
    capabilities: { chat: true, tools: false, images: false, thinking: false },
    contextTokens: 8192,
  },
  state: 'ready',
  busy: false,
  fitsMemory: true,
  toolsProven: false,
};

const seen: Experience = {
  model,
  digest: 'abc',
  host: '127.0.0.1:11434',
  task: 'tests',
  band: 'easy',
  passed: 14,
  failed: 1,
  passedChecks: 14,
};

const policy = { dial: 'quality', tasks: {} } as const;

test('what was learned comes with the bar of the dial, and without either where the model is gone', () => {
  const [learned] = learnedOf([seen], [candidate], policy);
  assert.ok(learned?.estimate && learned.bar);
  const [loose] = learnedOf([seen], [candidate], { dial: 'economy' });
  assert.ok((loose?.bar ?? 1) < learned.bar);
  assert.deepEqual(learnedOf([seen], [], policy), [seen]);
});

test('a task that a model has earned is proposed while Claude still gets a part of it', () => {
  const [proposed, ...others] = wideningsNow([seen], [candidate], policy);
  assert.deepEqual(proposed && { task: proposed.task, checks: proposed.passedChecks }, {
    task: 'tests',
    checks: 14,
  });
  assert.deepEqual(others, []);
});

test('nothing is proposed that is set already, that too little was seen of, or whose model is gone or new', () => {
  assert.deepEqual(wideningsNow([seen], [candidate], { ...policy, tasks: { tests: 'claude' } }), []);
  assert.deepEqual(wideningsNow([{ ...seen, passedChecks: 5 }], [candidate], policy), []);
  assert.deepEqual(wideningsNow([seen], [], policy), []);
  const pulledAgain = { ...candidate, model: { ...candidate.model, digest: 'def' } };
  assert.deepEqual(wideningsNow([seen], [pulledAgain], policy), []);
});

test('nothing is proposed where every difficulty stays here anyway', () => {
  const all = (['easy', 'medium', 'hard'] as const).map((band) => ({
    ...seen,
    band,
    passed: 60,
    failed: 0,
    passedChecks: 60,
  }));
  assert.deepEqual(wideningsNow(all, [candidate], { ...policy, dial: 'economy' }), []);
});
