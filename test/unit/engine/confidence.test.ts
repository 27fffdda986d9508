import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { onBothServers, requestFor, run, vatTarget } from './rig.ts';

const servers = onBothServers();

test('each attempt keeps how sure its model was, and the ledger keeps no name of it', async () => {
  const { engine, home } = servers.rig;
  const request = requestFor('tests', { task: 'tests', target: vatTarget, surface: 'command' });
  const { outcome } = await run(engine, request);
  const [attempt] = outcome.attempts;
  const { confidence } = attempt ?? {};
  assert.ok(confidence && confidence.tokens > 20 && confidence.mean < 0 && confidence.min < confidence.mean);
  assert.ok(confidence.weakest && outcome.text.includes(confidence.weakest.name ?? '?'));
  await engine.dispose();
  const db = new DatabaseSync(join(home, 'ledger.sqlite'), { readOnly: true });
  const row = db.prepare('SELECT * FROM attempts WHERE request_id = ?').get(request.id);
  db.close();
  assert.equal(row?.confidence_tokens, confidence.tokens);
  assert.equal(row?.confidence_mean, confidence.mean);
  assert.equal(row?.confidence_min, confidence.min);
  assert.equal(row?.weakest_name, confidence.weakest.logprob);
  assert.equal(row?.weakest_name_token, confidence.weakest.token);
});

test('Claude tells nothing of it', async () => {
  const { outcome } = await run(
    servers.rig.engine,
    requestFor('explain queues', { word: { route: 'claude', said: 'command' } }),
  );
  assert.equal(outcome.attempts[0]?.route, 'claude');
  assert.equal(outcome.attempts[0]?.confidence, undefined);
});
