import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type AnthropicServer, startAnthropic } from '../../servers/anthropic.ts';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { type Rig, requestFor, rigUp, run, vatTarget as target } from './rig.ts';

let ollama: OllamaServer;
let claude: AnthropicServer;
let withClaude: Rig;
let alone: Rig;
before(async () => {
  ollama = await startOllama({ models: [{ name: 'llama3.2:3b', quality: 'loop' }] });
  claude = await startAnthropic();
  withClaude = await rigUp({
    ollama: ollama.url,
    claude: claude.url,
    key: claude.key,
    settings: { 'maia.tasks': { explain: 'local' } },
  });
  alone = await rigUp({ ollama: ollama.url });
});
after(async () => {
  await withClaude.close();
  await alone.close();
  await ollama.close();
  await claude.close();
});

const word = { model: 'llama3.2:3b', said: 'prose' as const };

test('an answer that runs in circles is stopped, and Claude is asked', async () => {
  const { outcome, events, text } = await run(
    withClaude.engine,
    requestFor('explain this', { task: 'explain', target }),
  );
  assert.deepEqual(
    outcome.attempts.map(({ route, end, failure }) => [route, end, failure?.code]),
    [
      ['local', 'failed', 'runsInCircles'],
      ['claude', 'complete', undefined],
    ],
  );
  assert.ok(events.some(({ type }) => type === 'restarted'));
  assert.equal(outcome.end, 'answered');
  assert.equal(text, outcome.text);
});

test('where nobody else is left it fails, and says what happened', async () => {
  const { outcome } = await run(alone.engine, requestFor('explain this', { task: 'explain', target, word }));
  assert.equal(outcome.end, 'failed');
  assert.equal(outcome.failure?.code, 'runsInCircles');
  const [attempt] = outcome.attempts;
  assert.equal(attempt?.failure?.code, 'runsInCircles');
  const arrival = ollama.arrivals.to('/api/chat').at(-1);
  assert.ok(arrival);
  await ollama.arrivals.ended(arrival);
});

test('an answer that is held stops early too', async () => {
  const { outcome, events } = await run(
    alone.engine,
    requestFor('document', { task: 'document', target, surface: 'command', word }),
  );
  assert.equal(outcome.attempts[0]?.failure?.code, 'runsInCircles');
  assert.equal(
    events.some(({ type }) => type === 'text'),
    false,
  );
});
