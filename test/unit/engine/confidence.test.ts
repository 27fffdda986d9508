import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Attempt } from '../../../src/vocabulary/attempt.ts';
import type { Task } from '../../../src/vocabulary/task.ts';
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

/** A file with a syntax error, so that nothing can check what is written for it. */
const broken = { ...vatTarget, text: `${vatTarget.text}\nexport const half = {` };
const document = () => requestFor('document', { task: 'document', target: broken, surface: 'command' });

/** Outcomes of the past: of answers as sure as the practice model's nearly all were bad, or nearly all good. */
function remember(home: string, task: Task, { model, digest = '' }: Attempt, areBad: boolean): void {
  const db = new DatabaseSync(join(home, 'ledger.sqlite'));
  const insert = db.prepare(
    `INSERT INTO confidence_outcomes (request_id, idx, provider, model, digest, task, mean, opening, min, good, at)
     VALUES (?, 0, 'ollama', ?, ?, ?, ?, ?, -9, ?, ?)`,
  );
  for (let at = 0; at < 40; at += 1) {
    const isLow = at % 2 === 0;
    const mean = (isLow ? -0.9 : -0.02) + (at - 20) / 10_000;
    insert.run(`past-${at}`, model.name, digest, task, mean, mean, Number(isLow !== areBad), at);
  }
  db.exec('UPDATE lesson_version SET version = version + 1');
  db.close();
}

/** The same request again, after the ledger was given a past. */
async function asked(areBad: boolean) {
  const { engine, home } = servers.rig;
  const { outcome } = await run(engine, document());
  const [first] = outcome.attempts;
  assert.ok(first?.route === 'local' && outcome.verdict?.kind === 'notChecked');
  remember(home, 'document', first, areBad);
  return run(engine, document());
}

test('an answer that nothing could check goes up where such doubt was shown to mean a bad one', async () => {
  const { outcome, events } = await asked(true);
  assert.deepEqual(
    outcome.attempts.map(({ route, verdict, passedOver }) => [route, verdict?.kind, passedOver?.code]),
    [
      ['local', 'notChecked', 'unsure'],
      ['claude', 'notChecked', undefined],
    ],
  );
  assert.equal(outcome.answeredBy, 1);
  assert.equal(events.filter(({ type }) => type === 'text').length, 1);
  assert.ok(events.some((event) => event.type === 'progress' && event.progress.code === 'askingAsUnsure'));
});

test('it stays where such doubt has meant nothing bad', async () => {
  const { outcome } = await asked(false);
  assert.deepEqual(
    outcome.attempts.map(({ route }) => route),
    ['local'],
  );
  assert.equal(outcome.verdict?.kind, 'notChecked');
});

test('where Claude may not be asked the doubt moves nothing, and makes nothing pass', async () => {
  servers.rig.settings['maia.mode'] = 'localOnly';
  const { outcome } = await asked(true);
  assert.deepEqual(
    outcome.attempts.map(({ route }) => route),
    ['local'],
  );
  assert.equal(outcome.verdict?.kind, 'notChecked');
});

test('where Claude then fails, the unchecked answer stands, and is not taken for checked', async () => {
  const fault = servers.claude.fail({ how: 'status', status: 400, body: {} }, { times: 99 });
  const { outcome } = await asked(true).finally(() => fault.remove());
  assert.deepEqual([outcome.end, outcome.answeredBy, outcome.verdict?.kind], ['answered', 0, 'notChecked']);
});

const explain = () => requestFor('explain this at length', { task: 'explain', target: vatTarget });

async function explainedAfter(areBad: boolean) {
  const { engine, home } = servers.rig;
  const { outcome } = await run(engine, explain());
  const [first] = outcome.attempts;
  assert.ok(first?.route === 'local' && first.confidence?.opening !== undefined);
  remember(home, 'explain', first, areBad);
  return run(engine, explain());
}

test('what begins in such doubt is never seen: Claude is asked before anything was shown, and nobody is blamed', async () => {
  const { engine } = servers.rig;
  const { outcome, events, text } = await explainedAfter(true);
  assert.deepEqual(
    outcome.attempts.map(({ route, verdict, passedOver }) => [
      route,
      verdict?.kind === 'failed',
      passedOver?.code,
    ]),
    [
      ['local', false, 'unsure'],
      ['claude', false, undefined],
    ],
  );
  assert.ok(events.every(({ type }) => type !== 'restarted'));
  assert.equal(text, outcome.text);
  assert.ok((await engine.lessons()).every(({ failed }) => failed === 0));
});

test('where Claude then fails, what began in doubt is shown after all', async () => {
  const fault = servers.claude.fail({ how: 'status', status: 400, body: {} }, { times: 99 });
  const { outcome } = await explainedAfter(true).finally(() => fault.remove());
  assert.deepEqual(
    outcome.attempts.map(({ route }) => route),
    ['local', 'claude', 'local'],
  );
  assert.equal(outcome.end, 'answered');
});

test('what begins in doubt that meant nothing bad is shown', async () => {
  const { outcome } = await explainedAfter(false);
  assert.deepEqual(
    outcome.attempts.map(({ route }) => route),
    ['local'],
  );
});
