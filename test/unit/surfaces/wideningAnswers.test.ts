import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AnswerStore,
  answerWidening,
  stillOpen,
  wideningId,
} from '../../../src/surfaces/wideningAnswers.ts';
import type { Widening } from '../../../src/vocabulary/experience.ts';

const earned: Widening = {
  model: { provider: 'ollama', name: 'qwen2.5-coder:7b' },
  digest: 'abc',
  task: 'tests',
  passedChecks: 14,
  share: 0.95,
};

function storeWith(
  tasks: unknown,
): AnswerStore & { readonly state: { refused: readonly string[]; tasks: unknown } } {
  const state: { refused: readonly string[]; tasks: unknown } = { refused: [], tasks };
  return {
    state,
    refused: () => state.refused,
    setRefused: async (ids) => {
      state.refused = ids;
    },
    tasks: () => state.tasks,
    setTasks: async (next) => {
      state.tasks = next;
    },
  };
}

test('a yes sets the switch for that task and leaves the others as they are', async () => {
  const store = storeWith({ review: 'claude' });
  await answerWidening({ type: 'keepLocal', id: wideningId(earned) }, [earned], store);
  assert.deepEqual(store.state, { refused: [], tasks: { review: 'claude', tests: 'local' } });
});

test('a yes mends a setting that could not be read', async () => {
  for (const broken of ['local', ['tests'], null, 5]) {
    const store = storeWith(broken);
    await answerWidening({ type: 'keepLocal', id: wideningId(earned) }, [earned], store);
    assert.deepEqual(store.state.tasks, { tests: 'local' });
  }
});

test('a no is remembered, and the model under another digest is proposed anew', async () => {
  const store = storeWith(undefined);
  const pulledAgain = { ...earned, digest: 'def' };
  await answerWidening({ type: 'notNow', id: wideningId(earned) }, [earned], store);
  assert.equal(store.state.tasks, undefined);
  assert.deepEqual(stillOpen([earned, pulledAgain], store), [pulledAgain]);
});

test('an answer to what nobody proposes changes nothing', async () => {
  const store = storeWith({});
  for (const type of ['keepLocal', 'notNow'] as const)
    await answerWidening({ type, id: 'llama3.2:3b abc security' }, [earned], store);
  assert.deepEqual(store.state, { refused: [], tasks: {} });
});

test('at most a hundred refusals are kept, the newest', async () => {
  const store = storeWith({});
  for (let at = 0; at < 130; at += 1) {
    const one = { ...earned, digest: String(at) };
    await answerWidening({ type: 'notNow', id: wideningId(one) }, [one], store);
  }
  assert.equal(store.state.refused.length, 100);
  assert.match(store.state.refused.at(-1) ?? '', / 129 /);
});
