import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineEvent } from '../../../src/vocabulary/event.ts';
import { anthropicFaults } from '../../servers/anthropic/messageFaults.ts';
import { onBothServers, requestFor, run, vatTarget as target } from './rig.ts';

const at = onBothServers();

const documented = () => requestFor('document', { task: 'document', target, surface: 'command' });

/** The local model stands still after a few tokens; then the developer asks for Claude. */
async function leftFor(request: ReturnType<typeof requestFor>) {
  const held = at.ollama.hold('token', { afterTokens: 3 });
  const running = run(at.rig.engine, request);
  await held.reached;
  const taken = at.rig.engine.askClaudeNow(request.id);
  const ran = await running;
  held.release();
  return { taken, ...ran };
}

test('asked for now, Claude gives the answer of a held request and the local generation is cut', async () => {
  const nth = at.ollama.arrivals.to('/api/chat').length + 1;
  const { taken, outcome, events } = await leftFor(documented());
  assert.equal(taken, true);
  assert.deepEqual(
    outcome.attempts.map(({ route, end, failure, verdict }) => [route, end, failure?.code, verdict?.kind]),
    [
      ['local', 'cancelled', 'leftForClaude', undefined],
      ['claude', 'complete', undefined, 'passed'],
    ],
  );
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.proposal?.verdict.kind, 'passed');
  assert.equal(outcome.failure, undefined);
  const said = events.flatMap((event) => (event.type === 'progress' ? [event.progress.code] : []));
  assert.ok(said.includes('claudeWanted'));
  assert.ok(!said.includes('handedOver'), 'no model failed');
  const arrival = await at.ollama.arrivals.waitFor('/api/chat', nth);
  const ended = await at.ollama.arrivals.ended(arrival);
  assert.ok(ended.closedAt !== undefined && ended.finishedAt === undefined, 'its server goes on writing');
});

test('asked for while an answer is checked, Claude answers, and the model before is not said to have failed', async () => {
  const request = documented();
  const { outcome } = await run(at.rig.engine, request, undefined, (event) => {
    if (event.type === 'progress' && event.progress.code === 'checking')
      at.rig.engine.askClaudeNow(request.id);
  });
  assert.deepEqual(
    outcome.attempts.map(({ route, end, verdict, passedOver }) => [
      route,
      end,
      verdict?.kind,
      passedOver?.code,
    ]),
    [
      ['local', 'complete', undefined, 'wordRoute'],
      ['claude', 'complete', 'passed', undefined],
    ],
  );
  assert.ok((await at.rig.engine.lessons()).every(({ failed }) => failed === 0));
});

test('what streams starts again as Claude’s whole answer, by the developer’s word', async () => {
  const { outcome, events, text } = await leftFor(requestFor('What does SIGCHLD do?'));
  const restarted = events.find((event): event is Extract<EngineEvent, { type: 'restarted' }> => {
    return event.type === 'restarted';
  });
  assert.equal(restarted?.reason.code, 'wordRoute');
  assert.equal(outcome.text, text);
  assert.equal(outcome.attempts.at(-1)?.route, 'claude');
});

test('a model that was left for Claude is not judged by it: nobody has seen its answer', async () => {
  await leftFor(documented());
  const lessons = await at.rig.engine.lessons();
  assert.deepEqual(
    lessons.filter(({ failed }) => failed > 0),
    [],
  );
});

test('where Claude may not be asked, the word does nothing and the local answer comes', async () => {
  at.rig.settings['maia.mode'] = 'localOnly';
  const request = documented();
  let taken: boolean | undefined;
  const { outcome } = await run(at.rig.engine, request, undefined, (event) => {
    if (event.type === 'progress' && event.progress.code === 'asking')
      taken = at.rig.engine.askClaudeNow(request.id);
  });
  assert.equal(taken, false);
  assert.equal(outcome.attempts[0]?.route, 'local');
  assert.equal(outcome.end, 'answered');
});

test('where Claude then fails, the local model is asked after all', async () => {
  at.claude.fail(anthropicFaults.modelNotAvailable('claude'));
  const { outcome } = await leftFor(documented());
  assert.deepEqual(
    outcome.attempts.map(({ route, end }) => [route, end]),
    [
      ['local', 'cancelled'],
      ['claude', 'failed'],
      ['local', 'complete'],
    ],
  );
  assert.equal(outcome.end, 'answered');
});

test('said twice or too late it does nothing more', async () => {
  const request = documented();
  const { engine } = at.rig;
  const said: boolean[] = [];
  await run(engine, request, undefined, (event) => {
    if (event.type === 'progress' && event.progress.code === 'asking')
      said.push(engine.askClaudeNow(request.id), engine.askClaudeNow(request.id));
  });
  said.push(engine.askClaudeNow(request.id), engine.askClaudeNow('nobody'));
  assert.deepEqual(said, [true, false, false, false, false, false]);
});

test('once all of an answer was shown, the word that comes during its check is not taken', async () => {
  const request = requestFor('What does SIGCHLD do?');
  const said: boolean[] = [];
  await run(at.rig.engine, request, undefined, (event) => {
    if (event.type === 'checked') said.push(at.rig.engine.askClaudeNow(request.id));
  });
  assert.deepEqual(said, [false]);
});

test('an answer is judged again against the file as it is now', async () => {
  const request = documented();
  const { outcome } = await run(at.rig.engine, request);
  const text = `// first\n${target.text}`;
  const caret = text.indexOf('addVat');
  const moved = { ...request, target: { ...target, text, selection: { start: caret, end: caret } } };
  const signal = new AbortController().signal;
  const judged = await at.rig.engine.judgeAgain(moved, 'document', outcome.text, signal);
  assert.equal(judged?.verdict.kind, 'passed');
  assert.equal(judged?.proposal?.before, text);
  assert.equal(judged?.proposal?.after, `// first\n${outcome.proposal?.after}`);
});
