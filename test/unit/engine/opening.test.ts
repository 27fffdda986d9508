import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { SettingName } from '../../../src/vocabulary/settings.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import type { ModelSpec } from '../../servers/ollama/modelSpec.ts';
import { startOllama } from '../../servers/ollama.ts';
import { requestFor, rigUp, run, vatTarget as target } from './rig.ts';

async function rigWith(
  t: TestContext,
  model: Omit<ModelSpec, 'name'>,
  settings: Partial<Record<SettingName, unknown>> = {},
) {
  const ollama = await startOllama({ models: [{ name: 'codellama:13b', ...model }] });
  const claude = await startAnthropic();
  const rig = await rigUp({ ollama: ollama.url, claude: claude.url, key: claude.key, settings });
  t.after(async () => {
    await rig.close();
    await ollama.close();
    await claude.close();
  });
  return { ollama, claude, engine: rig.engine };
}

const explained = () => requestFor('explain this', { task: 'explain', target });

test('a refusal is never seen: the request goes to Claude before anything was shown', async (t) => {
  const { engine } = await rigWith(t, { quality: 'refusal' });
  const { outcome, events, text } = await run(engine, explained());
  assert.deepEqual(
    outcome.attempts.map(({ route, verdict }) => [route, verdict?.findings[0]?.code]),
    [
      ['local', 'refusal'],
      ['claude', outcome.attempts[1]?.verdict?.findings[0]?.code],
    ],
  );
  assert.equal(outcome.attempts[0]?.verdict?.kind, 'failed');
  assert.ok((outcome.attempts[0]?.confidence?.tokens ?? 0) > 0, 'how sure it was is kept all the same');
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.failure, undefined);
  assert.equal(
    events.some(({ type }) => type === 'restarted'),
    false,
  );
  assert.equal(text, outcome.text);
  assert.doesNotMatch(text, /sorry/i);
  const learned = (await engine.lessons()).find(({ model }) => model.provider === 'ollama');
  assert.ok((learned?.failed ?? 0) > 0, 'a refusal counts against its model');
});

test('where Claude may not be asked the answer is shown under what its check found', async (t) => {
  const { engine, claude } = await rigWith(t, { quality: 'refusal' }, { 'maia.mode': 'localOnly' });
  const { outcome, text } = await run(engine, explained());
  assert.equal(outcome.attempts.length, 1);
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.verdict?.kind, 'failed');
  assert.match(text, /sorry/i);
  assert.equal(claude.bills.length, 0);
});

test('where Claude may not be asked the same model mends what it can, once, and nothing of its first try is seen', async (t) => {
  const { engine } = await rigWith(t, { quality: 'chatMarks', mends: true }, { 'maia.mode': 'localOnly' });
  const { outcome, events, text } = await run(engine, explained());
  assert.deepEqual(
    outcome.attempts.map(({ route, verdict }) => [route, verdict?.kind]),
    [
      ['local', 'failed'],
      ['local', 'passed'],
    ],
  );
  assert.ok(events.some((event) => event.type === 'progress' && event.progress.code === 'repairing'));
  assert.doesNotMatch(text, /im_start/);
  assert.equal(text, outcome.text);
});

test('a model that does not mend it is shown all the same, under its finding', async (t) => {
  const { engine } = await rigWith(t, { quality: 'chatMarks' }, { 'maia.mode': 'localOnly' });
  const { outcome, text } = await run(engine, explained());
  assert.equal(outcome.attempts.length, 2);
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.verdict?.findings[0]?.code, 'formatLeftover');
  assert.equal(text, outcome.text);
});

test('where Claude does not answer the local answer is shown after all, under what was found', async (t) => {
  const { engine, claude } = await rigWith(t, { quality: 'refusal' });
  claude.fail({ how: 'status', status: 400, body: { error: { type: 'invalid_request_error' } } });
  const { outcome, text } = await run(engine, explained());
  assert.deepEqual(
    outcome.attempts.map(({ route }) => route),
    ['local', 'claude', 'local'],
  );
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.verdict?.findings[0]?.code, 'refusal');
  assert.match(text, /sorry/i);
});

test('Claude is not waited for', async (t) => {
  const { engine } = await rigWith(t, {}, { 'maia.tasks': { explain: 'claude' } });
  const { events } = await run(engine, explained());
  const pieces = events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
  assert.ok((pieces[0]?.length ?? 0) < 40, pieces[0]);
});
