import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { longAnswer } from '../../servers/answers/longAnswer.ts';
import { type OllamaServer, ollamaFaults, startOllama } from '../../servers/ollama.ts';
import { type Rig, requestFor, rigUp, run, vatTarget as target } from './rig.ts';

let ollama: OllamaServer;
let rig: Rig;
before(async () => {
  ollama = await startOllama({
    models: ['codellama:13b', 'llama3.2:3b'],
    says: ({ turns }) => (turns.at(-1)?.text.includes('at length') ? longAnswer : undefined),
  });
  rig = await rigUp({ ollama: ollama.url });
});
after(async () => {
  await rig.close();
  await ollama.close();
});

test('an explanation streams from a local model and is recorded', async () => {
  const { outcome, text, events } = await run(
    rig.engine,
    requestFor('explain this', { task: 'explain', target }),
  );
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.decision?.route, 'local');
  assert.match(text, /addVat/);
  assert.equal(text, outcome.text);
  assert.equal(events[0]?.type, 'decided');
  assert.equal(events.filter((event) => event.type === 'finished').length, 1);
  const summary = await rig.engine.summary('all');
  assert.equal(summary.metrics.auto_routed_to_local, 1);
  assert.ok(summary.metrics.cost_savings.low > 0);
});

test('the function, num_ctx, think and truncate arrive on the wire', async () => {
  await run(rig.engine, requestFor('explain this', { task: 'explain', target }));
  const body = ollama.arrivals.to('/api/chat').at(-1)?.json() as {
    truncate: boolean;
    options: { num_ctx: number };
    messages: { content: string }[];
  };
  assert.equal(body.truncate, false);
  assert.ok(body.options.num_ctx >= 2048);
  assert.ok(body.messages.some((message) => message.content.includes('net * (1 + rate)')));
});

test('a documented function comes back as a proposal that was checked, and nothing is streamed before', async () => {
  const { outcome, events } = await run(
    rig.engine,
    requestFor('document', { task: 'document', target, surface: 'command' }),
  );
  assert.equal(outcome.end, 'answered', JSON.stringify(outcome.failure));
  assert.equal(outcome.verdict?.kind, 'passed', JSON.stringify(outcome.verdict));
  assert.equal(outcome.proposal?.before, target.text);
  assert.match(
    outcome.proposal?.after ?? '',
    /\/\*\*[\s\S]*@param net[\s\S]*@param rate[\s\S]*\*\/\s*export function addVat/,
  );
  const checked = events.findIndex((event) => event.type === 'checked');
  const text = events.findIndex((event) => event.type === 'text');
  assert.ok(checked >= 0 && checked < text);
});

test('a cancelled request closes the connection and is recorded as cancelled', async () => {
  const held = ollama.hold('prompt');
  const cancel = new AbortController();
  const running = run(rig.engine, requestFor('explain this', { task: 'explain', target }), cancel.signal);
  const nth = ollama.arrivals.to('/api/chat').length;
  const arrival = await ollama.arrivals.waitFor('/api/chat', nth + 1);
  cancel.abort();
  const { outcome } = await running;
  await ollama.arrivals.ended(arrival);
  held.release();
  assert.equal(outcome.end, 'cancelled');
  assert.equal(outcome.attempts[0]?.end, 'cancelled');
  assert.ok(arrival.closedAt !== undefined);
});

test('a request that is cancelled while its answer is checked counts as cancelled, and nothing of it is shown', async () => {
  const cancel = new AbortController();
  const { outcome, text } = await run(
    rig.engine,
    requestFor('document', { task: 'document', target, surface: 'command' }),
    cancel.signal,
    (event) => {
      if (event.type === 'progress' && event.progress.code === 'checking') cancel.abort();
    },
  );
  assert.equal(outcome.end, 'cancelled');
  assert.equal(outcome.attempts[0]?.end, 'complete');
  assert.equal(outcome.proposal, undefined);
  assert.equal(text, '');
});

test('when a model fails before its first token the next one answers, and what is shown says nothing of it', async () => {
  ollama.fail({ how: 'error', afterTokens: 0, message: 'an error was encountered' });
  const { outcome, events, text } = await run(
    rig.engine,
    requestFor('explain this', { task: 'explain', target, conversation: 'before' }),
  );
  assert.equal(outcome.end, 'answered');
  assert.deepEqual(
    outcome.attempts.map((attempt) => attempt.end),
    ['failed', 'complete'],
  );
  assert.notEqual(outcome.attempts[0]?.model.name, outcome.attempts[1]?.model.name);
  assert.equal(events.filter((event) => event.type === 'restarted').length, 0);
  assert.match(text, /addVat/);
});

test('a server killed in mid-answer: the answer says that it starts again, and what follows is whole', async () => {
  const cut = ollama.fail({ how: 'reset', afterTokens: 60 });
  const { outcome, events, text } = await run(
    rig.engine,
    requestFor('explain at length what a queue is', { conversation: 'cut' }),
  );
  await cut.reached;
  assert.equal(outcome.end, 'answered');
  const restarted = events.findIndex((event) => event.type === 'restarted');
  const firstText = events.findIndex((event) => event.type === 'text');
  assert.ok(firstText >= 0 && restarted > firstText);
  assert.equal(text, outcome.text);
  assert.ok(text.endsWith(longAnswer));
});

test('a server killed in the first words of an answer, which nobody has seen yet: another one answers, and nothing starts again', async () => {
  const cut = ollama.fail({ how: 'reset', afterTokens: 4 });
  const { outcome, events, text } = await run(
    rig.engine,
    requestFor('explain this', { task: 'explain', target, conversation: 'cut' }),
  );
  await cut.reached;
  assert.equal(outcome.end, 'answered');
  assert.equal(
    events.some(({ type }) => type === 'restarted'),
    false,
  );
  assert.equal(text, outcome.text);
});

test('when every model fails the request ends once, with the failure that says so', async () => {
  ollama.fail(
    { how: 'status', status: 500, body: { error: 'llama-server process has terminated: exit status 1' } },
    { times: Number.POSITIVE_INFINITY },
  );
  const { outcome, events } = await run(rig.engine, requestFor('explain this', { task: 'explain', target }));
  assert.equal(outcome.end, 'failed');
  assert.equal(outcome.failure?.code, 'modelLoadFailed');
  assert.equal(events.filter((event) => event.type === 'finished').length, 1);
});

test('an Ollama that is not there is told from one without models', async () => {
  const gone = await startOllama({ models: [] });
  const own = await rigUp({ ollama: gone.url, settings: { 'maia.mode': 'localOnly' } });
  const empty = await run(own.engine, requestFor('explain closures', { task: 'explain' }));
  await gone.close();
  await own.engine.checkHealth(AbortSignal.timeout(10_000));
  const absent = await run(own.engine, requestFor('explain closures', { task: 'explain' }));
  await own.close();
  const found = await startOllama({ models: [] });
  const alone = await rigUp({ ollama: found.url });
  const noKeyEither = await run(alone.engine, requestFor('explain closures', { task: 'explain' }));
  await alone.close();
  await found.close();
  assert.equal(noKeyEither.outcome.failure?.code, 'noModelsInstalled');
  assert.equal(empty.outcome.failure?.code, 'noModelsInstalled');
  assert.equal(absent.outcome.failure?.code, 'ollamaUnreachable');
});

test('a server that is not Ollama is called that, with the address, and not "start Ollama"', async () => {
  const other = await startOllama();
  for (const on of ['/api/tags', '/api/version', '/api/ps'])
    other.fail(ollamaFaults.notOllama(), { on, times: Number.POSITIVE_INFINITY });
  const alone = await rigUp({ ollama: other.url });
  const { outcome } = await run(alone.engine, requestFor('explain closures', { task: 'explain' }));
  await alone.close();
  await other.close();
  assert.equal(outcome.failure?.code, 'notOllama');
});
