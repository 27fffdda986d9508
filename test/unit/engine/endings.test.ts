import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineEvent } from '../../../src/vocabulary/event.ts';
import { startOllama } from '../../servers/ollama.ts';
import { onBothServers, requestFor, rigUp, run, vatTarget as target } from './rig.ts';

const at = onBothServers();

function cancelAt(nth: number, code: string): { signal: AbortSignal; seen: (event: EngineEvent) => void } {
  const cancel = new AbortController();
  let count = 0;
  return {
    signal: cancel.signal,
    seen: (event) => {
      if (event.type !== 'progress' || event.progress.code !== code) return;
      count += 1;
      if (count === nth) cancel.abort();
    },
  };
}

const documented = () => requestFor('document', { task: 'document', target, surface: 'command' });

test('cancelled before a model was asked, nothing is sent and nothing failed', async () => {
  const before = at.ollama.arrivals.to('/api/chat').length;
  const cancel = new AbortController();
  const running = run(at.rig.engine, requestFor('explain this', { task: 'explain', target }), cancel.signal);
  cancel.abort();
  const { outcome } = await running;
  assert.equal(outcome.end, 'cancelled');
  assert.equal(outcome.failure, undefined);
  assert.equal(at.ollama.arrivals.to('/api/chat').length, before);
});

test('cancelled during the check of a held answer, nothing of it is given', async () => {
  const { signal, seen } = cancelAt(1, 'checking');
  const { outcome, events } = await run(at.rig.engine, documented(), signal, seen);
  assert.equal(outcome.end, 'cancelled');
  assert.equal(outcome.answeredBy, undefined);
  assert.equal(outcome.proposal, undefined);
  assert.equal(
    events.some((event) => event.type === 'text'),
    false,
  );
});

test("cancelled during the check of Claude's answer, the local one that failed its own does not become the answer", async () => {
  const bad = await startOllama({ models: [{ name: 'codellama:13b', quality: 'inventedParameter' }] });
  at.rig.settings['maia.ollama.host'] = bad.url;
  const { signal, seen } = cancelAt(3, 'checking');
  const { outcome } = await run(at.rig.engine, documented(), signal, seen);
  await bad.close();
  assert.deepEqual(
    outcome.attempts.map((attempt) => attempt.route),
    ['local', 'local', 'claude'],
  );
  assert.equal(outcome.end, 'cancelled');
  assert.equal(outcome.answeredBy, undefined);
  assert.ok((outcome.account.saved?.high ?? 0) < 0, 'what was paid for nothing counts against the saving');
});

test('an answer that was given whole stays one, however its reader leaves', async () => {
  const cancel = new AbortController();
  const { outcome } = await run(
    at.rig.engine,
    requestFor('explain this', { task: 'explain', target }),
    cancel.signal,
    (event) => {
      if (event.type === 'checked') cancel.abort();
    },
  );
  assert.equal(outcome.end, 'answered');
});

test('a request that runs while Maia closes is written down as cancelled, not left to be settled by others', async () => {
  const held = at.ollama.hold('prompt');
  const running = run(at.rig.engine, requestFor('explain this', { task: 'explain', target }));
  await held.reached;
  await at.rig.engine.dispose();
  held.release();
  assert.equal((await running).outcome.end, 'cancelled');
  const later = await rigUp({ ollama: at.ollama.url, home: at.rig.home });
  const { latest } = await later.engine.summary('all');
  await later.engine.dispose();
  assert.deepEqual(
    latest.map((row) => [row.end, row.attempts]),
    [['cancelled', 1]],
  );
});

test('whoever stops reading ends the request, and its row is closed all the same', async () => {
  const changed = new Promise<void>((resolve) => {
    const listening = at.rig.engine.onDidChangeLedger(async () => {
      const { latest } = await at.rig.engine.summary('all');
      if (latest[0]?.end === 'running' || latest[0] === undefined) return;
      listening.dispose();
      resolve();
    });
  });
  for await (const event of at.rig.engine.run(
    requestFor('explain this', { task: 'explain', target }),
    new AbortController().signal,
  ))
    if (event.type === 'decided') break;
  await changed;
  assert.equal((await at.rig.engine.summary('all')).latest[0]?.end, 'cancelled');
});

test('an answer of nothing but its limit of tokens is empty, and another model is asked', async () => {
  at.ollama.fail({ how: 'stop', afterTokens: 0, reason: 'length' });
  const { outcome } = await run(at.rig.engine, requestFor('explain this', { task: 'explain', target }));
  assert.equal(outcome.end, 'answered');
  assert.equal(outcome.attempts[0]?.failure?.code, 'emptyAnswer');
  assert.notEqual(outcome.text, '');
});

test('a held answer that hit its limit and that nothing can check is asked of Claude', async () => {
  at.ollama.fail({ how: 'stop', afterTokens: 3, reason: 'length' });
  const { outcome } = await run(
    at.rig.engine,
    requestFor('commit message', {
      task: 'commit',
      context: [{ kind: 'pasted', text: '+ const rate = 0.2;' }],
    }),
  );
  assert.deepEqual(
    outcome.attempts.map((attempt) => [attempt.route, attempt.verdict?.findings[0]?.code]),
    [
      ['local', 'cutShort'],
      ['claude', 'nothingToCheck'],
    ],
  );
});

test('what one provider will never take is asked of the other, not of its next model', async () => {
  at.ollama.fail({ how: 'status', status: 400, body: { error: 'invalid options: mirostat' } });
  const { outcome } = await run(at.rig.engine, requestFor('explain this', { task: 'explain', target }));
  assert.deepEqual(
    outcome.attempts.map((attempt) => [attempt.route, attempt.end]),
    [
      ['local', 'failed'],
      ['claude', 'complete'],
    ],
  );
});
