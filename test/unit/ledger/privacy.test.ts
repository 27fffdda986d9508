import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { accountOf } from '../../../src/ledger/account.ts';
import { redactReason } from '../../../src/ledger/redact.ts';
import { workspaceOf } from '../../../src/ledger/workspace.ts';
import type { Reason } from '../../../src/vocabulary/reason.ts';
import { claudeAttempt, decision, folderFor, ledgerIn, outcome, requestRow, sonnet } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const canary = 'c4n4ry';

test('no prompt, answer, path, conversation or identifier reaches the disk in clear', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder);
  const path = `/home/${canary}/client/src/billing.ts`;
  const reasons: Reason[] = [
    { code: 'protectedPath', params: { path, boundary: 'cloud' } },
    { code: 'wordModelNearest', params: { asked: `${canary} words`, model: 'codellama:13b' } },
    { code: 'handedOver', params: { from: 'a', to: 'b', failure: `cut at ${canary}` } },
    { code: 'checkFailed', params: { model: 'a', finding: `name ${canary} unknown` } },
    { code: 'newerReason', params: { said: canary, list: [canary] } } as unknown as Reason,
  ];
  const classification = { ...decision('one').classification, reasons };
  const considered = [
    { model: { provider: 'claude', name: sonnet }, route: 'claude', removedBy: reasons[0]! },
  ] as const;
  const decided = decision('one', { reasons, classification, considered });
  const attempt = claudeAttempt({
    failure: { code: 'badRequest', params: { provider: 'claude', detail: canary } },
    verdict: { kind: 'failed', findings: [{ code: 'paramUnknown', params: { name: canary } }] },
    confidence: { tokens: 9, mean: -0.5, min: -4, weakest: { logprob: -4, token: 3, name: canary } },
  });
  const account = accountOf({ attempts: [attempt], answeredBy: 0, baselineModel: sonnet, at: noon });
  await ledger.decided(
    requestRow('one', {
      folder: `/home/${canary}/client`,
      conversation: `${canary}-conversation`,
      decision: decided,
    }),
  );
  await ledger.mark(`${canary}-conversation`, noon, 'protected');
  await ledger.attempted('one', attempt);
  await ledger.finished(
    outcome('one', account, {
      decision: decided,
      attempts: [attempt],
      text: `the answer ${canary}`,
      verdict: attempt.verdict!,
      failure: { code: 'unexpected', params: { detail: canary } },
      proposal: {
        uri: `file://${path}`,
        path,
        after: canary,
        verdict: attempt.verdict!,
        openBeside: false,
      },
    }),
    noon,
  );
  const summary = await ledger.summary('all', noon);
  assert.equal(summary.latest.length, 1);
  assert.equal(await ledger.marked(`${canary}-conversation`), 'protected');
  assert.ok(!JSON.stringify([summary, await ledger.decisionOf('one')]).includes(canary));
  const files = readdirSync(folder);
  assert.ok(files.includes('ledger.sqlite-wal'));
  for (const file of files) assert.ok(!readFileSync(join(folder, file)).includes(canary), file);
  assert.ok(readFileSync(join(folder, 'ledger.sqlite-wal')).includes('paramUnknown'));
});

test('a workspace is its own name and a hash that another folder of that name does not share', () => {
  const hash = (kind: string, text: string): string => `${kind}(${text})`;
  assert.deepEqual(workspaceOf('/home/ada/shop/', hash), { name: 'shop', hash: 'workspace(/home/ada/shop)' });
  assert.deepEqual(workspaceOf('c:\\work\\shop', hash), { name: 'shop', hash: 'workspace(C:\\work\\shop)' });
});

test('the hash of one folder cannot be computed with the key of another', async (t) => {
  const keys = await Promise.all(
    [folderFor(t), folderFor(t)].map(async (folder) => {
      await ledgerIn(t, folder).mark('same', noon, 'protected');
      return readFileSync(join(folder, 'hash.key'), 'hex');
    }),
  );
  assert.equal(keys[0]?.length, 64);
  assert.notEqual(keys[0], keys[1]);
});

test('a pattern that Maia ships stays readable in a reason, one of the user becomes a hash', () => {
  const hash = (): string => '0123456789abcdef';
  const held = (path: string): Reason =>
    redactReason({ code: 'protectedPath', params: { path, boundary: 'cloud' } }, hash);
  assert.deepEqual(held('**/.env*').params, { path: '**/.env*', boundary: 'cloud' });
  assert.deepEqual(held('**/merger/**').params, { path: '#01234567', boundary: 'cloud' });
});

test('the name of a rule stays readable', () => {
  const rule: Reason = {
    code: 'taskByRule',
    params: { task: 'architecture', rule: 'design an architecture' },
  };
  assert.deepEqual(
    redactReason(rule, () => 'hash'),
    rule,
  );
});

test('a path in the place of a model name becomes a hash; a model name with slashes stays', () => {
  const hash = (): string => '0123456789abcdef';
  const model = (name: string): Reason => redactReason({ code: 'loaded', params: { model: name } }, hash);
  assert.deepEqual(model('hf.co/owner/some-model:Q4_K_M').params, { model: 'hf.co/owner/some-model:Q4_K_M' });
  for (const path of ['/home/ada/x', '~/x', 'C:\\x', './x', 'file:///x'])
    assert.deepEqual(model(path).params, { model: '#01234567' }, path);
});
