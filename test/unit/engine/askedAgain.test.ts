import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startOllama } from '../../servers/ollama.ts';
import { requestFor, rigUp, run, vatTarget as target } from './rig.ts';

const documented = () => requestFor('document', { task: 'document', target, surface: 'command' });

async function rigWith(t: TestContext, mends: boolean) {
  const ollama = await startOllama({
    models: [{ name: 'codellama:13b', quality: 'inventedParameter', mends }],
  });
  const rig = await rigUp({ ollama: ollama.url, settings: { 'maia.mode': 'localOnly' } });
  t.after(async () => {
    await rig.close();
    await ollama.close();
  });
  return { ollama, engine: rig.engine };
}

const sentTo = (ollama: Awaited<ReturnType<typeof startOllama>>) =>
  ollama.arrivals
    .to('/api/chat')
    .map(
      ({ body }) => (JSON.parse(String(body)) as { messages: { role: string; content: string }[] }).messages,
    );

test('asked again, a model is shown its answer and what was found, behind the very prompt of before', async (t) => {
  const { ollama, engine } = await rigWith(t, false);
  const request = documented();
  const { outcome } = await run(engine, request);
  assert.equal(outcome.verdict?.kind, 'failed');
  const again = { answer: outcome.text, findings: outcome.verdict.findings };
  const word = { model: 'codellama:13b', said: 'command' } as const;
  const next = await run(engine, { ...request, id: 'again', word, again });
  assert.equal(next.outcome.decision?.manual, true);
  const sent = sentTo(ollama);
  const [first = [], third = []] = [sent[0], sent[2]];
  assert.deepEqual(third.slice(0, first.length), first);
  assert.equal(third.at(-2)?.content, outcome.text);
  assert.match(third.at(-1)?.content ?? '', /describes a parameter `netOptions`/);
});

test('what the developer wishes stands in the question, and the answer is checked as ever', async (t) => {
  const { ollama, engine } = await rigWith(t, true);
  const request = documented();
  const { outcome } = await run(engine, request);
  assert.equal(outcome.verdict?.kind, 'passed');
  const again = { answer: outcome.text, findings: [], wish: 'Name the unit of net.' };
  const next = await run(engine, { ...request, id: 'wished', again });
  assert.match(sentTo(ollama).at(-1)?.at(-1)?.content ?? '', /Name the unit of net\./);
  assert.notEqual(next.outcome.verdict?.kind, 'notChecked');
  assert.equal(next.outcome.proposal?.before, target.text);
});

test('what a model said over and over is not shown to it again: it is asked anew', async (t) => {
  const { ollama, engine } = await rigWith(t, false);
  const request = documented();
  await run(engine, request);
  const again = { answer: 'so so so so', findings: [{ code: 'repeats', params: {} }] as const };
  await run(engine, { ...request, id: 'anew', again });
  const sent = sentTo(ollama);
  assert.deepEqual(sent[2], sent[0]);
});
