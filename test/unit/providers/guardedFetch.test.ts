import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { closeDirectFetch, directFetch } from '../../../src/providers/directFetch.ts';
import { type Guard, guardedFetch, HttpError } from '../../../src/providers/guardedFetch.ts';
import { type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { never, thrownBy, told } from './asking.ts';

let server: OllamaServer;
before(async () => {
  server = await startOllama();
});
after(async () => {
  await server.close();
  await closeDirectFetch();
});
beforeEach(() => {
  seen = server.requests.length;
});
let seen = 0;

const guarding = (changes: Partial<Guard> = {}) =>
  guardedFetch(directFetch, {
    host: 'here:1',
    model: 'some:1b',
    signal: never,
    patience: { headersMs: 60_000, idleMs: 60_000 },
    throwStatus: true,
    ...changes,
  });
const at = (path: string) => `${server.url}${path}`;

test('Other bytes than those composed are not sent', async () => {
  const guarded = guarding({ body: '{"model":"a"}' });
  const sending = guarded.fetch(at('/api/show'), { method: 'POST', body: '{"model":"b"}' });
  assert.equal(told(await thrownBy(sending)), 'unexpected never');
  assert.equal(told(guarded.thrown()), 'unexpected never');
  assert.equal(server.requests.length, seen);
});

test('An error keeps its status, its text and its headers', async () => {
  const headers = { 'Retry-After': '3' };
  server.fail({ how: 'status', status: 418, body: 'short and stout', headers }, { on: '/api/tags' });
  const error = await thrownBy(guarding().fetch(at('/api/tags')));
  assert.ok(error instanceof HttpError);
  assert.deepEqual(
    [error.status, error.body, error.headers.get('retry-after')],
    [418, 'short and stout', '3'],
  );
});

test('Of an endless error only a beginning is read', async () => {
  server.fail({ how: 'status', status: 500, body: 'x'.repeat(5_000_000) }, { on: '/api/tags' });
  const error = await thrownBy(guarding().fetch(at('/api/tags')));
  assert.ok(error instanceof HttpError && error.body.length === 65_536);
});

for (const status of [301, 302, 303, 307, 308])
  test(`A redirect by ${status} is refused`, async () => {
    const headers = { Location: at('/api/version') };
    server.fail({ how: 'status', status, body: '', headers }, { on: '/api/tags' });
    assert.equal(told(await thrownBy(guarding().fetch(at('/api/tags')))), 'redirectRefused elsewhere');
    assert.equal(server.requests.length, seen + 1);
  });

test('A signal that fires while nobody has answered ends the wait with its reason', async () => {
  const held = server.hold('arrival', { on: '/api/tags' });
  const cancel = new AbortController();
  const asking = thrownBy(guarding({ signal: cancel.signal }).fetch(at('/api/tags')));
  const arrival = await held.reached;
  cancel.abort(new Error('enough'));
  assert.equal(await asking, cancel.signal.reason);
  await server.arrivals.ended(arrival);
  assert.notEqual(arrival.closedAt, undefined);
});

test('Closing ends the connection of an answer that nobody reads to its end', async () => {
  const held = server.hold('token', { afterTokens: 1 });
  const body = JSON.stringify({
    model: 'llama3.2:3b',
    messages: [{ role: 'user', content: 'Explain queues.' }],
  });
  const guarded = guarding();
  const response = await guarded.fetch(at('/api/chat'), { method: 'POST', body });
  assert.equal(response.status, 200);
  const arrival = await held.reached;
  guarded.close();
  await server.arrivals.ended(arrival);
  assert.notEqual(arrival.closedAt, undefined);
});
