import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProbeResult } from '../../../src/vocabulary/probe.ts';
import type { Reading } from '../../../src/vocabulary/reading.ts';
import { claudeAttempt, folderFor, ledgerIn, localAttempt, outcome, requestRow, sonnet } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);

const qwen = { provider: 'ollama', name: 'qwen2.5-coder:7b' } as const;

function reading(at: number, changes: Partial<Reading> = {}): Reading {
  return { model: qwen, digest: 'abc', host: '127.0.0.1:11434', at, ...changes };
}

function probe(changes: Partial<ProbeResult> = {}): ProbeResult {
  return {
    kind: 'tools',
    model: qwen,
    digest: 'abc',
    host: '127.0.0.1:11434',
    at: noon,
    passed: true,
    steps: [{ step: 'oneTool', finding: 'passed' }],
    ...changes,
  };
}

test('How fast models are is known after a restart, oldest first and as it was told', async (t) => {
  const folder = folderFor(t);
  const before = ledgerIn(t, folder);
  const whole = reading(noon, {
    firstTokenMs: 120.5,
    tokensPerSecond: 41.25,
    promptTokensPerSecond: 800,
    loadMs: 4_000,
    loadBytes: 4_700_000_000,
  });
  await before.measured(reading(noon + 5, { tokensPerSecond: 40 }));
  await before.measured(whole);
  await before.measured(whole);
  await before.close();
  const { readings } = await ledgerIn(t, folder).machine();
  assert.deepEqual(readings, [whole, reading(noon + 5, { tokensPerSecond: 40 })]);
});

test('Of each model only the last readings are kept', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const other = { model: { ...qwen, name: 'phi4:14b' }, tokensPerSecond: 7 };
  await ledger.measured(reading(noon - 1, other));
  for (let nth = 0; nth < 60; nth += 1) await ledger.measured(reading(noon + nth, { tokensPerSecond: nth }));
  const { readings } = await ledger.machine();
  assert.equal(readings.length, 41);
  assert.equal(readings[0]?.model.name, 'phi4:14b');
  assert.equal(readings[1]?.at, noon + 20);
  assert.equal(readings.at(-1)?.at, noon + 59);
});

test('Of each probe the last result counts, per digest and host', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder);
  await ledger.probed(probe({ passed: false, steps: [{ step: 'oneTool', finding: 'callAsText' }] }));
  await ledger.probed(probe({ at: noon + 1 }));
  await ledger.probed(probe({ at: noon + 2, digest: 'other', passed: false }));
  await ledger.probed(probe({ at: noon + 3, kind: 'chat' }));
  const { digest: _none, ...nameless } = probe({ at: noon + 4 });
  await ledger.probed(nameless);
  await ledger.close();
  const { probes } = await ledgerIn(t, folder).machine();
  assert.deepEqual(probes, [
    probe({ at: noon + 1 }),
    probe({ at: noon + 2, digest: 'other', passed: false }),
    probe({ at: noon + 3, kind: 'chat' }),
    nameless,
  ]);
});

test('A conversation is found where it was answered last, after a restart too', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder);
  const account = { baselineModel: sonnet };
  const turn = async (id: string, at: number, conversation: string, over: Parameters<typeof outcome>[2]) => {
    await ledger.decided(requestRow(id, { at, conversation }));
    await ledger.finished(outcome(id, account, over), at);
  };
  await turn('one', noon, 'talk', {});
  await turn('two', noon + 1_000, 'talk', {
    attempts: [localAttempt({ end: 'failed' }), claudeAttempt({ index: 1, startedAt: noon + 1_500 })],
    answeredBy: 1,
  });
  await turn('three', noon + 2_000, 'talk', { end: 'failed' });
  await turn('four', noon + 3_000, 'other', {});
  await ledger.close();
  const later = ledgerIn(t, folder);
  assert.deepEqual(await later.lastTurn('talk'), {
    model: { provider: 'claude', name: sonnet },
    task: 'explain',
    promptTokens: 1_000,
    at: noon + 1_500,
  });
  assert.equal((await later.lastTurn('other'))?.model.name, 'llama3.2:3b');
  assert.equal(await later.lastTurn('unheard'), undefined);
});
