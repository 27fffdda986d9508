import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issue } from '../../../src/privacy/permit.ts';
import { createOllamaProvider } from '../../../src/providers/ollama.ts';
import { ollamaFaults, startOllama } from '../../servers/ollama.ts';
import { callOf, hear, never, thrownBy, told } from './asking.ts';
import { ask, onServer } from './onOllama.ts';

onServer('A redirect is refused and its target never asked', async (at) => {
  const elsewhere = await startOllama();
  try {
    const model = await at.model();
    at.server.fail(ollamaFaults.redirect(`${elsewhere.url}/api/chat`));
    assert.equal(told((await hear(ask(at, model))).error), 'redirectRefused elsewhere');
    at.server.fail(ollamaFaults.redirect(`${elsewhere.url}/api/tags`), { on: '/api/tags' });
    assert.equal(told(await thrownBy(at.ollama.models(never))), 'redirectRefused elsewhere');
    assert.equal(elsewhere.requests.length, 0);
  } finally {
    await elsewhere.close();
  }
});

onServer('A server that is not Ollama is named so', async (at) => {
  const model = await at.model();
  at.server.fail(ollamaFaults.notOllama());
  assert.equal(told((await hear(ask(at, model))).error), 'notOllama elsewhere');
  at.server.fail(ollamaFaults.notOllama(), { on: '/api/tags' });
  assert.equal(told(await thrownBy(at.ollama.models(never))), 'notOllama elsewhere');
  at.server.fail({ how: 'status', status: 200, body: { hello: 'world' } }, { on: '/api/tags' });
  assert.equal(told(await thrownBy(at.ollama.models(never))), 'notOllama elsewhere');
  at.server.fail({ how: 'status', status: 404, body: 'Not Found' }, { on: '/api/tags' });
  assert.equal(told(await thrownBy(at.ollama.models(never))), 'notOllama elsewhere');
});

test('An address that is none is unreachable, under the name that was written', async () => {
  const ollama = createOllamaProvider({ address: () => 'http://not an address' });
  const error = await thrownBy(ollama.models(never));
  assert.equal(told(error), 'ollamaUnreachable elsewhere');
  assert.equal(ollama.host, 'http://not an address');
});

test('A port that fetch itself refuses is unreachable', async () => {
  const ollama = createOllamaProvider({ address: () => '127.0.0.1:9' });
  assert.equal(told(await thrownBy(ollama.models(never))), 'ollamaUnreachable elsewhere');
});

onServer('A changed address is followed, and nothing of the old server is believed', async (at) => {
  const other = await startOllama({ models: [{ name: 'llama3.2:3b', remoteModel: 'llama3.2:3b' }] });
  try {
    let address = at.server.url;
    const ollama = createOllamaProvider({ address: () => address });
    const [, before] = await ollama.models(never);
    assert.ok(before);
    address = other.url;
    const meant = ollama.compose(callOf(before, 'hello'));
    const late = await hear(ollama.stream({ boundary: 'machine', composed: meant }, never));
    assert.equal(told(late.error), 'ollamaUnreachable elsewhere');
    const composed = ollama.compose(callOf({ ...before, host: ollama.host }, 'hello'));
    const { error } = await hear(ollama.stream({ boundary: 'machine', composed }, never));
    assert.equal(told(error), 'noPermit never');
    assert.equal(other.arrivals.to('/api/chat').length, 0);
  } finally {
    await other.close();
  }
});

onServer(
  'A model behind the server is never sent to as if it were on this machine',
  async (at) => {
    const remote = await at.model('plain-name:latest');
    assert.equal(remote.boundary, 'cloud');
    const composed = at.ollama.compose(callOf({ ...remote, boundary: 'machine' }, 'secret'));
    const { error } = await hear(at.ollama.stream({ boundary: 'machine', composed }, never));
    assert.equal(told(error), 'noPermit never');
    assert.equal(at.server.arrivals.to('/api/chat').length, 0);
    const permitted = at.ollama.compose(callOf(remote, 'no secret'));
    await hear(at.ollama.stream(issue('cloud', permitted), never));
    assert.equal(at.server.arrivals.to('/api/chat').length, 1);
  },
  { models: [{ name: 'plain-name', remoteModel: 'big' }] },
);

onServer('A permit counts only for the boundary, host and model that it was issued for', async (at) => {
  const model = await at.model();
  const composed = at.ollama.compose(callOf(model, 'hello'));
  const other = JSON.stringify({ ...JSON.parse(composed.body), model: 'codellama:13b' });
  for (const sendable of [
    issue('cloud', composed),
    issue('network', composed),
    { boundary: 'machine', composed: { ...composed, body: other } } as const,
    { boundary: 'machine', composed: { ...composed, model: { ...model, boundary: 'network' } } } as const,
  ])
    assert.equal(told((await hear(at.ollama.stream(sendable, never))).error), 'unexpected never');
  const elsewhere = { boundary: 'machine', composed: { ...composed, host: 'elsewhere:1' } } as const;
  assert.equal(told((await hear(at.ollama.stream(elsewhere, never))).error), 'ollamaUnreachable elsewhere');
  assert.equal(at.server.arrivals.to('/api/chat').length, 0);
});

onServer('A host in the network needs a permit, and goes through the fetch that was given', async (at) => {
  const asked: string[] = [];
  const overNetwork: typeof fetch = (input, init) => {
    asked.push(String(input));
    return fetch(String(input).replace('http://ollama.test:11434', at.server.url), init);
  };
  const ollama = createOllamaProvider({ address: () => 'ollama.test', fetch: overNetwork });
  const model = (await ollama.models(never)).find((each) => each.id.name === 'llama3.2:3b');
  assert.ok(model);
  assert.equal(model.boundary, 'network');
  assert.equal(model.host, ollama.host);
  const composed = ollama.compose(callOf(model, 'hello'));
  const unpermitted = await hear(ollama.stream({ boundary: 'machine', composed }, never));
  assert.equal(told(unpermitted.error), 'unexpected never');
  const permitted = await hear(ollama.stream(issue('network', composed), never));
  assert.equal(permitted.error, undefined);
  assert.ok(asked.every((url) => url.startsWith('http://ollama.test:11434/api/')));
});

onServer('A host that is changed while a call is on its way gets nothing of that call', async (at) => {
  const other = await startOllama();
  try {
    let address = at.server.url;
    const ollama = createOllamaProvider({ address: () => address });
    const [model] = await ollama.models(never);
    assert.ok(model);
    const composed = ollama.compose(callOf(model, 'hello'));
    const events = ollama.stream({ boundary: 'machine', composed }, never)[Symbol.asyncIterator]();
    const first = events.next();
    address = other.url;
    for (let next = await first; !next.done; ) next = await events.next();
    assert.equal(at.server.arrivals.to('/api/chat').length, 1);
    assert.equal(other.requests.length, 0);
  } finally {
    await other.close();
  }
});
