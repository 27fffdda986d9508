import assert from 'node:assert/strict';
import { test } from 'node:test';
import { egress } from '../../../src/cli/egress.ts';
import type { Output } from '../../../src/cli/output.ts';
import { WrongUse } from '../../../src/cli/wrongUse.ts';
import type { Engine } from '../../../src/engine/engine.ts';

const row = {
  requestId: 'r1',
  at: Date.UTC(2026, 10, 23, 12, 0, 5),
  host: 'api.anthropic.com',
  model: 'claude-sonnet-5-5',
  bytes: 2_048,
  allowedBecause: 'allowedOnce',
};

function run(rows: readonly (typeof row)[], options: { period?: string; json?: boolean; jsonl?: boolean }) {
  const said: string[] = [];
  const data: unknown[] = [];
  const output = { say: (text: string) => said.push(text), data: (value: unknown) => data.push(value) };
  const engine: Pick<Engine, 'left'> = { left: async () => rows };
  const asked = { period: 'month', json: false, jsonl: false, ...options };
  return egress(engine as Engine, output as unknown as Output, asked).then((code) => ({ code, said, data }));
}

test('what left is one line each for people, one object a line for programs', async () => {
  const people = await run([row], {});
  assert.match(
    people.said[0] ?? '',
    /^2026-11-23 12:00:05 {2}api\.anthropic\.com {2}claude-sonnet-5-5 {2}\S+ KB {2}you allowed its secret once$/,
  );
  assert.deepEqual((await run([row, row], { jsonl: true })).data, [row, row]);
  assert.deepEqual((await run([row], { json: true })).data, [[row]]);
  assert.match((await run([], {})).said[0] ?? '', /nothing/);
});

test('a period that there is none is told', async () => {
  await assert.rejects(run([row], { period: 'year' }), WrongUse);
});
