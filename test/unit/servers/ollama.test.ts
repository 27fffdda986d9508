import assert from 'node:assert/strict';
import { it } from 'node:test';
import { goJson, goTime } from '../../servers/ollama/goJson.ts';
import { keepAliveMs } from '../../servers/ollama/keepAlive.ts';
import { type OllamaOptions, type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { tokenize } from '../../servers/wire/tokens.ts';

function onServer(name: string, options: OllamaOptions, run: (server: OllamaServer) => Promise<void>): void {
  it(name, async () => {
    const server = await startOllama(options);
    try {
      await run(server);
    } finally {
      await server.close();
    }
  });
}

const chat = (server: OllamaServer, body: object, signal?: AbortSignal) =>
  fetch(`${server.url}/api/chat`, {
    method: 'POST',
    signal,
    body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello there' }], ...body }),
  });

const model = 'llama3.2:3b';
const windowOf = async (server: OllamaServer) => {
  const { models } = (await (await fetch(`${server.url}/api/ps`)).json()) as {
    models: { name: string; context_length: number }[];
  };
  return Object.fromEntries(models.map((each) => [each.name, each.context_length]));
};

it('Go’s JSON escapes what HTML would read, and its times lose trailing zeros', () => {
  assert.equal(goJson({ a: '<b> & \u2028' }), '{"a":"\\u003cb\\u003e \\u0026 \\u2028"}');
  assert.match(goTime(1_795_000_000_123), /^2026-11-\d\dT\d\d:\d\d:\d\d\.123000511Z$/);
});

it('tokens joined are the text, whatever it holds', () => {
  const text = 'const a = 1; // Ünïcode 漢字かな 😀\r\n\tdone…';
  assert.equal(tokenize(text).join(''), text);
  assert.equal(tokenize('漢字').length, 2);
});

it('keep-alive is seconds, a Go duration, or forever', () => {
  assert.equal(keepAliveMs(undefined, 7), 7);
  assert.equal(keepAliveMs(30, 7), 30_000);
  assert.equal(keepAliveMs('1h30m', 7), 5_400_000);
  assert.ok(keepAliveMs(-1, 7) > 9e12);
  assert.equal(keepAliveMs('-1m', 7), keepAliveMs(-1, 7));
  assert.throws(() => keepAliveMs('10', 7), /missing unit in duration "10"/);
});

onServer(
  'another window, batch or shift reloads a model; truncate and temperature do not',
  {},
  async (server) => {
    let loads = 0;
    const ask = async (body: object) => {
      const held = server.hold('load');
      const reached = held.reached.then(() => true);
      const answering = chat(server, { model, ...body }).then((answer) => answer.text());
      const loaded = await Promise.race([reached, answering.then(() => false)]);
      held.release();
      held.remove();
      await answering;
      if (loaded) loads += 1;
      return loaded;
    };
    assert.equal(await ask({}), true);
    assert.equal(await ask({ truncate: false, options: { temperature: 0.1 } }), false);
    assert.equal(await ask({ options: { num_ctx: 4096 } }), false);
    assert.equal(await ask({ options: { num_ctx: 8192 } }), true);
    assert.equal(await ask({}), true, 'leaving the window out goes back to the default');
    assert.equal(await ask({ shift: false }), true);
    assert.equal(await ask({ shift: false, options: { num_thread: 2 } }), true);
    assert.equal(loads, 5);
  },
);

onServer(
  'a window beyond the trained length is clamped to it',
  { models: ['codellama:13b'] },
  async (server) => {
    await (await chat(server, { model: 'codellama:13b', options: { num_ctx: 1_000_000 } })).text();
    assert.deepEqual(await windowOf(server), { 'codellama:13b': 16_384 });
  },
);

onServer(
  'requests to one model are answered one by one, headers only with the first token',
  {},
  async (server) => {
    const held = server.hold('token', { afterTokens: 2 });
    const first = await chat(server, { model });
    await held.reached;
    let second: Response | undefined;
    const waiting = chat(server, { model }).then((answer) => {
      second = answer;
      return answer.text();
    });
    await server.arrivals.waitFor('/api/chat', 2);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(second, undefined);
    held.release();
    await first.text();
    assert.match(await waiting, /"done":true/);
  },
);

onServer('only requests that wait for a load count for the queue', { maxQueue: 2 }, async (server) => {
  const held = server.hold('load');
  const cold = [chat(server, { model })];
  await held.reached;
  cold.push(chat(server, { model }));
  await server.arrivals.waitFor('/api/chat', 2);
  const refused = await chat(server, { model });
  assert.equal(refused.status, 503);
  assert.deepEqual(await refused.json(), {
    error: 'server busy, please try again.  maximum pending requests exceeded',
  });
  held.release();
  for (const answer of await Promise.all(cold)) assert.match(await answer.text(), /"done":true/);
  const warm = await Promise.all(Array.from({ length: 5 }, () => chat(server, { model })));
  for (const answer of warm) {
    assert.equal(answer.status, 200);
    await answer.text();
  }
});

onServer(
  'a model that does not fit beside the loaded one makes it leave, once it is idle',
  { memoryBytes: 10e9 },
  async (server) => {
    const held = server.hold('token', { afterTokens: 2 });
    const first = await chat(server, { model });
    await held.reached;
    const second = chat(server, { model: 'codellama:13b' });
    await server.arrivals.waitFor('/api/chat', 2);
    assert.deepEqual(server.loaded(), [model]);
    held.release();
    await first.text();
    await (await second).text();
    assert.deepEqual(server.loaded(), ['codellama:13b']);
  },
);

onServer('a keep-alive of 0 frees the memory after the answer', {}, async (server) => {
  await (await chat(server, { model, keep_alive: 0 })).text();
  for (let tries = 0; server.loaded().length > 0; tries += 1) {
    assert.ok(tries < 100);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});

onServer(
  'a pull reports its layers, stops with its caller, and goes on where it was',
  { registry: ['qwen2.5-coder:7b'], pullReportMs: 5 },
  async (server) => {
    const pull = (signal?: AbortSignal) =>
      fetch(`${server.url}/api/pull`, {
        method: 'POST',
        signal,
        body: JSON.stringify({ name: 'qwen2.5-coder:7b' }),
      });
    const stop = new AbortController();
    const begun = await pull(stop.signal);
    const reader = begun.body?.getReader();
    assert.ok(reader);
    while (server.pulled('qwen2.5-coder:7b') < 1e9) await reader.read();
    stop.abort();
    await assert.rejects(reader.read());
    await server.arrivals.ended(server.requests[0]!);
    const before = server.pulled('qwen2.5-coder:7b');
    assert.ok(before >= 1e9 && before < 4.69e9);
    const lines = (await (await pull()).text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines[0], { status: 'pulling manifest' });
    assert.equal(lines[1].completed, before);
    assert.match(lines[1].status, /^pulling [0-9a-f]{12}$/);
    assert.deepEqual(
      lines.slice(-3).map((line) => line.status),
      ['verifying sha256 digest', 'writing manifest', 'success'],
    );
    assert.equal((await chat(server, { model: 'qwen2.5-coder:7b' })).status, 200);
  },
);

onServer('a thinking model thinks unless it is told not to', { models: ['qwen3:4b'] }, async (server) => {
  const thoughts = async (body: object) => {
    const text = await (await chat(server, { model: 'qwen3:4b', ...body })).text();
    return /"thinking":/.test(text);
  };
  assert.equal(await thoughts({}), true);
  assert.equal(await thoughts({ think: false }), false);
});

onServer(
  'a cloud model is listed as such and asks for a sign-in',
  { models: [{ name: 'glm-4.6:cloud', remoteModel: 'glm-4.6' }] },
  async (server) => {
    const { models } = (await (await fetch(`${server.url}/api/tags`)).json()) as { models: object[] };
    assert.ok('remote_model' in models[0]!);
    assert.equal((await chat(server, { model: 'glm-4.6:cloud' })).status, 401);
  },
);

onServer('what arrived is kept to the byte', {}, async (server) => {
  const body = '{"model":"llama3.2:3b","messages":[{"role":"user","content":"caf\\u00e9 é"}] }';
  await (await fetch(`${server.url}/api/chat`, { method: 'POST', body })).text();
  assert.equal(server.requests[0]?.body.toString('utf8'), body);
  assert.ok(server.arrivals.holds('caf\\u00e9 é'));
  assert.ok(server.arrivals.holds('POST /api/chat'));
});
