import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { accountOf } from '../../../src/ledger/account.ts';
import { folderFor, ledgerIn, localAttempt, outcome, requestRow, sonnet } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const account = accountOf({ attempts: [localAttempt()], answeredBy: 0, baselineModel: sonnet, at: noon });

test('a request is kept from its decision to its outcome', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ledger.decided(requestRow('one', { at: noon }));
  await ledger.intend({
    requestId: 'one',
    index: 0,
    model: { provider: 'ollama', name: 'llama3.2:3b' },
    route: 'local',
    boundary: 'machine',
    at: noon,
    promptTokens: 1000,
    maxOutputTokens: 500,
  });
  assert.equal((await ledger.summary('all', noon)).latest[0]?.end, 'running');
  await ledger.attempted('one', localAttempt());
  await ledger.finished(outcome('one', account), noon + 1000);
  const summary = await ledger.summary('all', noon);
  assert.equal(summary.metrics.total_requests, 1);
  assert.equal(summary.metrics.auto_routed_to_local, 1);
  assert.deepEqual(summary.metrics.cost_savings, account.saved);
  assert.equal(summary.latest[0]?.end, 'answered');
  assert.equal(summary.latest[0]?.totalMs, 1000);
  assert.deepEqual(await ledger.servedToday(noon), { local: 1, all: 1 });
  assert.equal((await ledger.decisionOf('one'))?.model.name, 'llama3.2:3b');
  assert.equal(await ledger.decisionOf('other'), undefined);
});

test('opening touches no file; the first call makes a private folder with private files', async (t) => {
  const folder = join(folderFor(t), 'maia');
  const ledger = ledgerIn(t, folder);
  assert.equal(existsSync(folder), false);
  await ledger.mark('conversation', noon, 'protected');
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  for (const file of ['ledger.sqlite', 'ledger.sqlite-wal', 'hash.key'])
    assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
});
