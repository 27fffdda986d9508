import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Message } from '../../../src/vocabulary/request.ts';
import { startOllama } from '../../servers/ollama.ts';
import { onBothServers, requestFor, rigUp, run, secretForm as secret } from './rig.ts';

const strategic = 'design a multi-tenant billing architecture';
const weather = { name: 'weather', description: 'The weather of a city', inputSchema: { type: 'object' } };

const at = onBothServers();

const never = new AbortController().signal;

/** A tool's result on top of what was asked. */
function afterTool(asked: string, callId: string): readonly Message[] {
  return [
    { role: 'user', parts: [{ type: 'text', text: asked }] },
    { role: 'assistant', parts: [{ type: 'toolCall', callId, name: 'weather', input: { city: 'Oslo' } }] },
    { role: 'user', parts: [{ type: 'toolResult', callId, name: 'weather', text: 'Rain.' }] },
  ];
}

test('a preview sends nothing, records nothing and marks nothing', async () => {
  const preview = await at.rig.engine.decide(
    requestFor(`explain GITHUB_TOKEN=${secret}`, { conversation: 'previewed' }),
    never,
  );
  assert.equal(preview.ok && preview.value.protected, true);
  assert.equal((await at.rig.engine.summary('all')).latest.length, 0);
  const { outcome } = await run(at.rig.engine, requestFor(strategic, { conversation: 'previewed' }));
  assert.equal(outcome.decision?.protected, false);
  assert.equal(outcome.decision?.route, 'claude');
});

test('a request that is refused for what it carries marks its conversation too', async () => {
  const refused = await run(
    at.rig.engine,
    requestFor(`explain GITHUB_TOKEN=${secret}`, {
      conversation: 'refused',
      word: { route: 'claude', said: 'command' },
    }),
  );
  assert.equal(refused.outcome.end, 'failed');
  const later = await at.rig.engine.decide(requestFor(strategic, { conversation: 'refused' }), never);
  assert.equal(later.ok && later.value.protected, true);
});

test('a secret that shows in the very bytes alone is not sent, and marks the conversation', async () => {
  const { outcome } = await run(
    at.rig.engine,
    requestFor('', {
      conversation: 'inBytes',
      surface: 'picker',
      messages: afterTool('what is the weather in Oslo?', secret),
      tools: [weather],
    }),
  );
  assert.equal(outcome.attempts[0]?.failure?.code, 'noPermit');
  assert.equal(at.claude.arrivals.holds(secret), false);
  const later = await at.rig.engine.decide(requestFor(strategic, { conversation: 'inBytes' }), never);
  assert.equal(later.ok && later.value.protected, true);
});

test('a line of a protected file that shows in the very bytes alone marks the conversation for good', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  const line = 'the-vault-opens-at-nine-sharp';
  await writeFile(join(folder, '.env'), `${line}\n`);
  const rig = await rigUp({
    ollama: at.ollama.url,
    claude: at.claude.url,
    key: at.claude.key,
    folder,
  });
  t.after(async () => {
    await rig.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { outcome } = await run(
    rig.engine,
    requestFor('', {
      conversation: 'lineInBytes',
      surface: 'picker',
      messages: afterTool('what is the weather in Oslo?', line),
      tools: [weather],
    }),
  );
  const failure = outcome.attempts[0]?.failure;
  assert.equal(failure?.code === 'noPermit' && failure.params.reason.code, 'protectedLines');
  assert.equal(outcome.secretOffer, undefined);
  assert.equal(at.claude.arrivals.holds(line), false);
  const { outcome: later } = await run(
    rig.engine,
    requestFor(strategic, { conversation: 'lineInBytes', word: { route: 'claude', said: 'command' } }),
  );
  assert.equal(later.end, 'failed');
  assert.equal(later.secretOffer, undefined);
});

test('/claude takes the tier that the prompt names', async () => {
  const decided = await at.rig.engine.decide(
    requestFor('use opus to explain closures', { word: { route: 'claude', said: 'command' } }),
    never,
  );
  assert.equal(decided.ok && decided.value.model.name, 'claude-opus-5-5');
});

test('where /local and the prompt disagree, the command counts and is the only word told', async () => {
  const decided = await at.rig.engine.decide(
    requestFor('ask Claude to explain closures', { word: { route: 'local', said: 'command' } }),
    never,
  );
  assert.ok(decided.ok);
  assert.equal(decided.value.route, 'local');
  assert.deepEqual(
    decided.value.reasons.filter(({ code }) => code === 'wordRoute').map(({ params }) => params),
    [{ route: 'local' }],
  );
});

test('protected content without a local model says what is missing, not to ask one', async () => {
  const empty = await startOllama({ models: [] });
  at.rig.settings['maia.ollama.host'] = empty.url;
  const asked = requestFor(`explain GITHUB_TOKEN=${secret}`);
  const without = await at.rig.engine.decide(asked, never);
  await empty.close();
  await at.rig.engine.checkHealth(AbortSignal.timeout(10_000));
  const gone = await at.rig.engine.decide(asked, never);
  const codes = (result: typeof gone) =>
    !result.ok && result.failure.code === 'nothingLeft'
      ? result.failure.params.because.map(({ code }) => code)
      : [];
  assert.deepEqual(codes(without), ['protectedSecret', 'noLocalModel']);
  assert.deepEqual(codes(gone), ['protectedSecret', 'providerUnreachable']);
});
