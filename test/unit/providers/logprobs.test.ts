import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createOllamaProvider } from '../../../src/providers/ollama.ts';
import { tokensOf } from '../../../src/providers/ollamaChunk.ts';
import { callOf, hear, localModel, never } from './asking.ts';
import { onServer } from './onOllama.ts';

onServer('each piece of text comes with its tokens where they are asked for', async (at) => {
  const call = callOf(await at.model(), 'Explain what a queue is.', { logprobs: true });
  const { events, text } = await hear(
    at.ollama.stream({ boundary: 'machine', composed: at.ollama.compose(call) }, never),
  );
  const texts = events.filter((event) => event.type === 'text');
  assert.ok(texts.length > 5);
  assert.equal(
    texts
      .flatMap(({ tokens }) => tokens ?? [])
      .map((one) => one.text)
      .join(''),
    text,
  );
  for (const { tokens } of texts) for (const { logprob } of tokens ?? []) assert.ok(logprob < 0);
});

onServer('nothing is asked for and nothing comes where a call does not want it', async (at) => {
  const composed = at.ollama.compose(callOf(await at.model(), 'Explain what a queue is.'));
  assert.ok(!composed.body.includes('logprobs'));
  const { events } = await hear(at.ollama.stream({ boundary: 'machine', composed }, never));
  assert.ok(events.every((event) => event.type !== 'text' || event.tokens === undefined));
});

test('a model in the cloud is not asked, whoever lists it', () => {
  const ollama = createOllamaProvider({ address: () => 'http://127.0.0.1:9' });
  const compose = (boundary: 'cloud' | 'network' | 'machine') =>
    ollama.compose(callOf(localModel({ boundary }), 'hello', { logprobs: true })).body.includes('logprobs');
  assert.deepEqual([compose('cloud'), compose('network'), compose('machine')], [false, true, true]);
});

test('what cannot be read is no figure, and the other form is understood', () => {
  for (const logprobs of [undefined, null, 7, 'x', {}, [], { content: null }, [null, { token: 3 }]])
    assert.equal(tokensOf({ logprobs }), undefined);
  const one = { token: 'a', logprob: -0.5 };
  assert.deepEqual(tokensOf({ logprobs: [one, { token: 'b', logprob: null }] }), [
    { text: 'a', logprob: -0.5 },
  ]);
  assert.deepEqual(tokensOf({ logprobs: { content: [one] } }), [{ text: 'a', logprob: -0.5 }]);
  assert.deepEqual(tokensOf({ logprobs: [{ token: 'a', logprob: 0.001 }] }), [{ text: 'a', logprob: 0 }]);
});

test('a server that refuses the field is asked again without it, and not a second time', async (t) => {
  const asked: boolean[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/api/ps') return void response.end('{"models":[]}');
    if (request.url === '/api/show') return void response.end('{"details":{},"capabilities":["completion"]}');
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const wants = 'logprobs' in JSON.parse(body);
      asked.push(wants);
      if (wants) {
        response.writeHead(400, { 'content-type': 'application/json' });
        return void response.end('{"error":"unknown field: logprobs"}');
      }
      const message = { role: 'assistant', content: 'A queue.' };
      response.writeHead(200, { 'content-type': 'application/x-ndjson' });
      response.write(`${JSON.stringify({ message, done: false })}\n`);
      response.end(
        `${JSON.stringify({ message: { ...message, content: '' }, done: true, done_reason: 'stop', eval_count: 2 })}\n`,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const ollama = createOllamaProvider({
    address: () => `127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  for (let time = 0; time < 2; time += 1) {
    const composed = ollama.compose(callOf(localModel(), 'hello', { logprobs: true }));
    const { text, error } = await hear(ollama.stream({ boundary: 'machine', composed }, never));
    assert.equal(error, undefined);
    assert.equal(text, 'A queue.');
  }
  assert.deepEqual(asked, [true, false, false]);
});
