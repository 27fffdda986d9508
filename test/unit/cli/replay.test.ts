import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Output } from '../../../src/cli/output.ts';
import { replay } from '../../../src/cli/replay.ts';
import { WrongUse } from '../../../src/cli/wrongUse.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import type { Replay, Undecided } from '../../../src/vocabulary/decision.ts';
import { decision } from '../ledger/fixtures.ts';

async function run(result: Replay, asked: { id?: string; json?: boolean; latest?: readonly string[] } = {}) {
  const said: string[] = [];
  const data: unknown[] = [];
  const ids: string[] = [];
  const output = {
    say: (text: string) => said.push(text),
    aside: (text: string) => said.push(text),
    data: (value: unknown) => data.push(value),
  };
  const engine = {
    summary: async () => ({ latest: (asked.latest ?? ['latest']).map((id) => ({ id })) }),
    replay: async (id: string) => {
      ids.push(id);
      return result;
    },
  };
  const code = await replay(
    engine as unknown as Engine,
    createPhrases(),
    output as unknown as Output,
    asked.id,
    asked.json ?? false,
  );
  return { code, said: said.join('\n'), data, ids };
}

const was = decision('r1');

test('a decision that comes to the same is told in a line, with the rules that decided', async () => {
  const { code, said, ids } = await run({ kind: 'same', recorded: was, again: was }, { id: 'r1' });
  assert.equal(code, 0);
  assert.deepEqual(ids, ['r1']);
  assert.match(said, /^r1 is decided as it was: llama3\.2:3b\. .+\n {2}rules and data: rules-1$/);
});

test('one that comes out differently is told with both, and with both versions of the rules', async () => {
  const undecided: Undecided = {
    requestId: 'r1',
    classification: was.classification,
    failure: { code: 'nothingLeft', params: { because: [{ code: 'noKey', params: {} }] } },
    considered: [],
    promptTokens: 1,
    policyVersion: 'rules-2',
  };
  const { code, said } = await run({ kind: 'different', recorded: was, again: undecided }, { id: 'r1' });
  assert.equal(code, 1);
  assert.match(said, /it was: llama3\.2:3b/);
  assert.match(said, /now: {4}No model can answer this\./);
  assert.match(said, /rules-1[\s\S]*rules-2/);
});

test('without an id it is the latest request, as data where programs ask', async () => {
  const { ids, data } = await run({ kind: 'notKept' }, { json: true });
  assert.deepEqual(ids, ['latest']);
  assert.deepEqual(data, [{ id: 'latest', kind: 'notKept' }]);
  assert.match((await run({ kind: 'notKept' })).said, /does not hold/);
  await assert.rejects(run({ kind: 'notKept' }, { latest: [] }), WrongUse);
});
