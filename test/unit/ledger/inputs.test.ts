import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { dropOldInputs, packed, redactInput } from '../../../src/ledger/inputs.ts';
import type { UndecidedRow } from '../../../src/ledger/ledger.ts';
import { migrate } from '../../../src/ledger/schema.ts';
import type { Considered, Undecided } from '../../../src/vocabulary/decision.ts';
import type { DecisionInput } from '../../../src/vocabulary/decisionInput.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';
import type { Reason } from '../../../src/vocabulary/reason.ts';
import { decision, folderFor, ledgerIn, requestRow } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const canary = 'c4n4ry';
const hash = (kind: string, text: string): string => `${kind}${text.length}`.padEnd(8, '0');

function candidate(number: number): Candidate {
  return {
    model: {
      id: { provider: 'ollama', name: `qwen2.5-coder:${number}b-instruct-q4_K_M` },
      boundary: 'machine',
      host: '127.0.0.1:11434',
      route: 'local',
      digest: Array.from({ length: 64 }, (_, at) => ((at * 7 + number * 13) % 16).toString(16)).join(''),
      family: 'qwen2',
      parametersBillion: number + 0.6,
      sizeBytes: 4_683_073_184 + number * 1_234_567,
      capabilities: { chat: true, tools: number % 2 === 0, images: false, thinking: false },
      contextTokens: 32_768,
      loaded: {
        contextTokens: 4_096,
        memoryBytes: 5_123_456_789 + number,
        gpuBytes: 0,
        expiresAt: noon + number,
      },
    },
    state: 'ready',
    busy: false,
    fitsMemory: true,
    toolsProven: number % 3 === 0,
    speed: {
      firstTokenMs: 123.456 * number,
      tokensPerSecond: 17.3 + number / 7,
      loadMs: 900.5,
      samples: number,
    },
  };
}

function input(models: number, over: Partial<DecisionInput> = {}): DecisionInput {
  const { classification } = decision('one');
  const candidates = Array.from({ length: models }, (_, at) => candidate(at + 1));
  return {
    requestId: 'one',
    classification,
    needs: { tools: false, images: false, promptTokens: 1234, outputTokens: 800 },
    protection: { protected: false, reasons: [] },
    candidates,
    policy: {
      mode: 'auto',
      offline: false,
      dial: 'balanced',
      tasks: {},
      models: { allow: ['qwen2.5-coder*'], deny: [], allowOrigins: [], denyOrigins: ['Hong Kong'] },
      patience: { streamedMs: 15_000, heldMs: 60_000 },
      budget: { dayUsd: 2 },
      claude: { cheapTier: false },
      ollama: { host: 'http://127.0.0.1:11434' },
      privacy: { trustedHosts: ['gpu.lan:11434'] },
    },
    experience: candidates.map(({ model }) => ({
      model: model.id,
      task: 'explain',
      band: 'easy',
      passed: 3.217,
      failed: 0.271828,
      passedChecks: 4,
    })),
    ...over,
  };
}

test('what a decision was made of comes back as it was', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const given = input(3);
  await ledger.decided(requestRow('one', { input: given }));
  assert.deepEqual(await ledger.decisionInput('one'), {
    ...given,
    policy: { ...given.policy, ollama: { host: '127.0.0.1:11434' } },
  });
  assert.equal(await ledger.decisionInput('another'), undefined);
});

test('a decision comes back with what was expected of each candidate', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const considered: readonly Considered[] = [
    {
      model: { provider: 'ollama', name: 'a:1b' },
      route: 'local',
      quality: { prior: 0.5, known: false, passed: 1, failed: 0.5, mean: 0.6, bound: 0.4 },
      time: { waitMs: 0, firstTokenMs: 300, usefulMs: 400, measured: true },
    },
    {
      model: { provider: 'claude', name: 'claude-sonnet-5-5' },
      route: 'claude',
      usd: { low: 0.001, high: 0.002 },
      removedBy: { code: 'noKey', params: {} },
    },
  ];
  const made = decision('one', { considered, bar: 0.55 });
  await ledger.decided(requestRow('one', { decision: made, input: input(2) }));
  assert.deepEqual(await ledger.decisionOf('one'), made);
  // Without its input it is kept as it is.
  await ledger.decided(requestRow('two', { decision: { ...made, requestId: 'two' } }));
  assert.deepEqual(await ledger.decisionOf('two'), { ...made, requestId: 'two' });
});

test('of ten thousand decisions and more the newest can be decided again', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  db.exec(`INSERT INTO inputs (request_id, at, input)
    WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < 10050)
    SELECT 'r' || at, at, x'00' FROM n`);
  dropOldInputs(db);
  const row = db.prepare('SELECT count(*) AS kept, min(at) AS oldest FROM inputs').get();
  assert.deepEqual({ ...row }, { kept: 10_000, oldest: 51 });
  db.close();
});

test('it takes little room, with thirty models too', () => {
  const bytes = (models: number) => packed(redactInput(input(models), hash)).length;
  assert.ok(bytes(3) < 1_200, `${bytes(3)} bytes with three models`);
  assert.ok(bytes(30) < 6_000, `${bytes(30)} bytes with thirty models`);
});

const reasons: readonly Reason[] = [
  { code: 'protectedPath', params: { path: `/home/${canary}/x`, boundary: 'cloud' } },
  { code: 'wordModelNearest', params: { asked: `${canary} words`, model: 'codellama:13b' } },
  { code: 'newerReason', params: { said: canary } } as unknown as Reason,
];

function canaries(): DecisionInput {
  const plain = input(2);
  return {
    ...plain,
    classification: { ...plain.classification, reasons },
    protection: { protected: true, reasons },
    word: { model: `the model ${canary} said`, said: 'prose' },
    policy: {
      ...plain.policy,
      models: { allow: [`/home/${canary}/model`], deny: [`${canary}\n`], allowOrigins: [], denyOrigins: [] },
      ollama: { host: `http://${canary}:${canary}@gpu.lan:11434/${canary}?key=${canary}` },
      privacy: { trustedHosts: [`https://${canary}@gpu.lan`] },
      // What a whole policy holds besides is not kept.
      ...{ baseline: canary, footer: canary },
    },
  };
}

test('nothing that the developer wrote or named is kept of it, nor of a request that nobody may take', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder);
  const { classification } = canaries();
  const undecided: Undecided = {
    requestId: 'two',
    classification,
    failure: { code: 'pinnedModelMissing', params: { model: `the ${canary} one`, installed: ['a:1b'] } },
    considered: [{ model: { provider: 'ollama', name: 'a:1b' }, route: 'local', removedBy: reasons[0]! }],
    promptTokens: 10,
    policyVersion: 'rules-1',
  };
  const { decision: _none, ...asked } = requestRow('two', {
    folder: `/home/${canary}/client`,
    input: { ...canaries(), requestId: 'two' },
  });
  const row: UndecidedRow = { ...asked, undecided };
  await ledger.decided(requestRow('one', { input: canaries() }));
  await ledger.undecided(row);
  const read = [
    await ledger.decisionInput('one'),
    await ledger.decisionInput('two'),
    await ledger.undecidedOf('two'),
  ];
  assert.ok(read.every(Boolean));
  assert.ok(!JSON.stringify(read).includes(canary), JSON.stringify(read));
  for (const file of readdirSync(folder)) assert.ok(!readFileSync(join(folder, file)).includes(canary), file);
});

test('a request that nobody may take is kept for /why and counted nowhere', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ledger.decided(requestRow('taken', { at: noon }));
  const before = await ledger.summary('all', noon);
  const { decision: _none, ...asked } = requestRow('refused', { at: noon });
  const undecided: Undecided = {
    requestId: 'refused',
    classification: decision('refused').classification,
    failure: { code: 'nothingLeft', params: { because: [{ code: 'noKey', params: {} }] } },
    considered: [],
    promptTokens: 10,
    policyVersion: 'rules-1',
  };
  await ledger.undecided({ ...asked, undecided });
  await ledger.undecided({ ...asked, undecided });
  assert.deepEqual(await ledger.undecidedOf('refused'), undecided);
  assert.equal(await ledger.decisionOf('refused'), undefined);
  assert.deepEqual(await ledger.summary('all', noon), before);
  assert.deepEqual(await ledger.servedToday(noon), { local: 0, all: 0 });
});
