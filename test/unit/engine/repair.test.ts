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

const documented = () => requestFor('document', { task: 'document', target, surface: 'command' });

test('a model that is told what its check found mends its answer, and Claude is not asked', async (t) => {
  const { ollama, claude, engine } = await rigWith(t, { quality: 'inventedParameter', mends: true });
  const { outcome, events } = await run(engine, documented());
  assert.deepEqual(
    outcome.attempts.map(({ route, verdict }) => [route, verdict?.kind]),
    [
      ['local', 'failed'],
      ['local', 'passed'],
    ],
  );
  assert.equal(outcome.verdict?.kind, 'passed');
  assert.equal(outcome.failure, undefined);
  assert.equal(outcome.proposal?.verdict.kind, 'passed');
  assert.equal(outcome.account.paid?.high, 0);
  assert.equal(claude.bills.length, 0);
  assert.equal(events.filter(({ type }) => type === 'text').length, 1, 'only the good one is shown');
  assert.ok(events.some((event) => event.type === 'progress' && event.progress.code === 'repairing'));

  const [first, second] = ollama.arrivals.to('/api/chat').map(({ body }) => JSON.parse(String(body)));
  const asked = second.messages as { role: string; content: string }[];
  assert.deepEqual(asked.slice(0, first.messages.length), first.messages, 'the prefix stays for the cache');
  assert.equal(asked.at(-2)?.role, 'assistant');
  assert.match(asked.at(-1)?.content ?? '', /describes a parameter `netOptions`/);
});

test('both tries of the same model teach, each by its own verdict', async (t) => {
  const { engine } = await rigWith(t, { quality: 'inventedParameter', mends: true });
  await run(engine, documented());
  const [learned, ...others] = await engine.lessons();
  assert.equal(others.length, 0);
  assert.ok((learned?.passed ?? 0) > 0 && (learned?.failed ?? 0) > 0, JSON.stringify(learned));
});

test('a refusal is not asked again: what a model will not do it will not do twice', async (t) => {
  const { engine } = await rigWith(t, { quality: 'refusal' });
  const { outcome, events } = await run(engine, documented());
  assert.deepEqual(
    outcome.attempts.map(({ route }) => route),
    ['local', 'claude'],
  );
  const said = events.flatMap((event) => (event.type === 'progress' ? [event.progress.code] : []));
  assert.deepEqual(
    said.filter((code) => code === 'askingAfterCheck' || code === 'handedOver'),
    ['askingAfterCheck'],
    'that Claude is asked is said once',
  );
});

test('where no Claude may be asked, the second try is the last and the better one is shown under its finding', async (t) => {
  const { claude, engine } = await rigWith(t, { quality: 'inventedParameter' }, { 'maia.mode': 'localOnly' });
  const { outcome, events } = await run(engine, documented());
  assert.deepEqual(
    outcome.attempts.map(({ verdict }) => verdict?.kind),
    ['failed', 'failed'],
  );
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.failure?.code, 'checkFailed');
  assert.equal(outcome.proposal?.verdict.kind, 'failed');
  assert.equal(events.filter(({ type }) => type === 'text').length, 1);
  assert.equal(claude.bills.length, 0);
});

test('the repair is left out where it would outlast the patience, and Claude is asked at once', async (t) => {
  // Predicted quick, for nothing was measured yet; in truth each answer takes most of the patience.
  const { engine } = await rigWith(
    t,
    { quality: 'inventedParameter', mends: true, tokensPerSecond: 60 },
    { 'maia.patience.held': 1, 'maia.dial': 'economy', 'maia.tasks': { document: 'local' } },
  );
  const { outcome } = await run(engine, documented());
  assert.deepEqual(
    outcome.attempts.map(({ route }) => route),
    ['local', 'claude'],
  );
});
