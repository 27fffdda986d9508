import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../../../src/router/decide.ts';
import type { DecisionInput } from '../../../src/router/router.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';
import type { Task } from '../../../src/vocabulary/task.ts';
import { allClaude, asking, claude, local } from './candidates.ts';

const tools = { chat: true, tools: true, images: false, thinking: false };
const small = local('llama3.2:3b', { toolsProven: true }, { capabilities: tools });
const coder = local('codellama:13b', { toolsProven: true }, { capabilities: tools });
const sonnet = claude('sonnet');

function inLoop(
  task: Task,
  candidates: readonly Candidate[],
  kept: Candidate,
  change: Partial<DecisionInput> = {},
): ReturnType<typeof decide> {
  const asked = asking(task, candidates, change);
  return decide({
    ...asked,
    needs: { ...asked.needs, tools: true },
    sticky: { model: kept.model.id, task: 'chat', inLoop: true },
  });
}

test('a loop of tool calls stays with its model, whatever its question now looks like', () => {
  for (const task of ['explain', 'tests', 'architecture', 'security'] as const) {
    const result = inLoop(task, [small, coder, ...allClaude], small);
    assert.deepEqual(result.ok && result.decision.model, small.model.id, task);
  }
});

test('when its model fails the loop goes up to Claude, never to another local model', () => {
  const result = inLoop('explain', [small, coder, ...allClaude], small);
  assert.deepEqual(result.ok && result.decision.chain, [sonnet.model.id]);
});

test('a loop that Claude has never comes down', () => {
  const result = inLoop('explain', [small, coder, ...allClaude], sonnet);
  assert.deepEqual(result.ok && [result.decision.model, result.decision.chain], [sonnet.model.id, []]);
});

test('a loop whose model may not be asked any more goes up, and where it can not, says why', () => {
  const gone = { ...small, state: 'failing' as const };
  const up = inLoop('explain', [gone, coder, ...allClaude], small);
  assert.deepEqual(up.ok && up.decision.model, sonnet.model.id);
  const nowhere = inLoop('explain', [gone, coder, claude('sonnet', { state: 'noKey' })], small);
  assert.equal(nowhere.ok, false);
  assert.deepEqual(
    !nowhere.ok &&
      nowhere.failure.code === 'nothingLeft' &&
      nowhere.failure.params.because.map(({ code }) => code),
    ['noKey', 'providerFailing'],
  );
});

test('/local keeps the model of its conversation while another one is just as fit', () => {
  const one = local('one:7b');
  const other = local('other:7b', { speed: { firstTokenMs: 1, tokensPerSecond: 100, samples: 9 } });
  const word = { route: 'local', said: 'command' } as const;
  const sticky = { model: one.model.id, task: 'explain' as const };
  const first = decide(asking('explain', [one, other, ...allClaude], { word }));
  const next = decide(asking('explain', [one, other, ...allClaude], { word, sticky }));
  assert.equal(first.ok && first.decision.model.name, 'other:7b');
  assert.equal(next.ok && next.decision.model.name, 'one:7b');
});
