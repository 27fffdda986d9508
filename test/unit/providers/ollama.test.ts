import assert from 'node:assert/strict';
import { createOllamaProvider } from '../../../src/providers/ollama.ts';
import { type Call, ProviderError } from '../../../src/providers/provider.ts';
import { ollamaFaults } from '../../servers/ollama.ts';
import { callOf, hear, never, thrownBy, told } from './asking.ts';
import { ask, onServer } from './onOllama.ts';

onServer('The bytes that arrive are the bytes that were composed', async (at) => {
  const composed = at.ollama.compose(callOf(await at.model(), 'Ünïcode "quotes" \u2028 and 😀'));
  const heard = await hear(at.ollama.stream({ boundary: 'machine', composed }, never));
  assert.equal(heard.error, undefined);
  const [arrival] = at.server.arrivals.to('/api/chat');
  assert.equal(arrival?.body.toString('utf8'), composed.body);
});

onServer('An answer streams as text and ends with its tokens and times', async (at) => {
  const { events, text, error } = await hear(ask(at, await at.model()));
  assert.equal(error, undefined);
  assert.ok(text.length > 0);
  const usage = events.at(-2);
  assert.ok(
    usage?.type === 'usage' && usage.final && usage.usage.inputTokens > 0 && usage.usage.outputTokens > 0,
  );
  const end = events.at(-1);
  assert.ok(end?.type === 'end' && end.end === 'complete' && end.generateMs !== undefined);
});

onServer(
  'The list says what a model can do, what it is behind, and what is loaded with which window',
  async (at) => {
    await hear(ask(at, await at.model('codellama:13b')));
    const models = await at.ollama.models(never);
    const names = models.map((model) => `${model.id.name} ${model.boundary} ${model.route}`);
    assert.deepEqual(names, [
      'codellama:13b machine local',
      'glm-4.6:cloud cloud other',
      'llama3.2:3b machine local',
      'nomic-embed-text:latest machine local',
      'qwen3:8b machine local',
    ]);
    const [codellama, remote, llama, embed, qwen] = models;
    assert.equal(codellama?.loaded?.contextTokens, 4_096);
    assert.ok((codellama?.loaded?.expiresAt ?? 0) > Date.now());
    assert.equal(codellama?.capabilities.tools, false);
    assert.equal(codellama?.contextTokens, 16_384);
    assert.equal(codellama?.parametersBillion, 13);
    assert.equal(llama?.capabilities.tools, true);
    assert.equal(llama?.loaded, undefined);
    assert.equal(embed?.capabilities.chat, false);
    assert.equal(qwen?.capabilities.thinking, true);
    assert.equal(qwen?.defaultContextTokens, 10_000);
    assert.equal(remote?.sizeBytes, undefined);
  },
  {
    models: [
      'llama3.2:3b',
      'codellama:13b',
      'nomic-embed-text',
      { name: 'qwen3:8b', numCtx: 10_000 },
      { name: 'glm-4.6:cloud', remoteModel: 'glm-4.6' },
    ],
  },
);

onServer('A description is asked for once per digest', async (at) => {
  await at.ollama.models(never);
  await at.ollama.models(never);
  assert.equal(at.server.arrivals.to('/api/show').length, 2);
});

onServer('A cold model says that it loads before its first word, with its size', async (at) => {
  const model = await at.model();
  const held = at.server.hold('load');
  const heard = hear(ask(at, model), (event) => {
    if (event.type === 'loading') held.release();
  });
  const { events } = await heard;
  assert.deepEqual(events[0], { type: 'loading', bytes: model.sizeBytes });
  assert.equal(events.filter((event) => event.type === 'loading').length, 1);
});

onServer('A second request to a busy model says that it waits', async (at) => {
  const model = await at.model();
  await hear(ask(at, model));
  const loaded = await at.model();
  const held = at.server.hold('token', { afterTokens: 1 });
  const first = hear(ask(at, loaded));
  await held.reached;
  const second = hear(ask(at, loaded), (event) => {
    if (event.type === 'queued') held.release();
  });
  assert.equal((await second).events[0]?.type, 'queued');
  assert.equal((await first).error, undefined);
});

onServer('A loaded model is asked with the window it has, so that it is not loaded again', async (at) => {
  await hear(ask(at, await at.model()));
  const heard = await hear(ask(at, await at.model()));
  assert.equal(heard.events[0]?.type, 'text');
  const windows = at.server.arrivals.to('/api/chat').map((arrival) => arrival.json().options);
  assert.deepEqual(windows, Array(2).fill({ num_ctx: 4_096, num_predict: 256 }));
});

for (const at of ['arrival', 'load', 'prompt', 'token'] as const)
  onServer(`A cancel closes the connection at once when it stands at: ${at}`, async (playing) => {
    const model = await playing.model();
    const held = playing.server.hold(at, at === 'token' ? { afterTokens: 2 } : {});
    const cancel = new AbortController();
    const reason = new Error('the user has gone');
    const heard = hear(ask(playing, model, 'Explain what a queue is.', cancel.signal));
    const arrival = await held.reached;
    cancel.abort(reason);
    assert.equal((await heard).error, reason);
    await playing.server.arrivals.ended(arrival);
    assert.equal(arrival.finishedAt, undefined);
    assert.notEqual(arrival.closedAt, undefined);
  });

onServer('A reader that walks away closes the connection', async (at) => {
  const held = at.server.hold('token', { afterTokens: 2 });
  for await (const event of ask(at, await at.model())) if (event.type === 'text') break;
  const arrival = await held.reached;
  await at.server.arrivals.ended(arrival);
  assert.notEqual(arrival.closedAt, undefined);
});

onServer('A cancel leaves another stream untouched', async (at) => {
  const cancel = new AbortController();
  await hear(ask(at, await at.model()));
  const model = await at.model();
  const held = at.server.hold('token', { afterTokens: 1 });
  const first = hear(ask(at, model));
  await held.reached;
  const second = hear(ask(at, model, 'Another question', cancel.signal));
  await at.server.arrivals.waitFor('/api/chat', 3);
  cancel.abort();
  held.release();
  assert.equal((await first).events.at(-1)?.type, 'end');
  assert.equal((await second).error, cancel.signal.reason);
});

onServer('A signal that is aborted already sends nothing', async (at) => {
  const gone = AbortSignal.abort();
  const heard = await hear(ask(at, await at.model(), 'x', gone));
  assert.equal(heard.error, gone.reason);
  assert.equal(at.server.arrivals.to('/api/chat').length, 0);
});

for (const how of ['reset', 'end', 'truncate'] as const) {
  onServer(`A stream that ends by ${how} in the middle is cut, and not to be taken for whole`, async (at) => {
    at.server.fail({ how, afterTokens: 3 });
    const { events, text, error } = await hear(ask(at, await at.model()));
    assert.equal(told(error), 'cut elsewhere');
    assert.ok(text.length > 0);
    assert.equal(
      events.some((event) => event.type === 'end'),
      false,
    );
  });
}

onServer('A connection that is reset before the first word may be tried again', async (at) => {
  at.server.fail({ how: 'reset', afterTokens: 0 });
  assert.equal(told((await hear(ask(at, await at.model()))).error), 'cut again');
});

onServer('A line that is no JSON ends the stream, and nothing is written to the console', async (at) => {
  const printed: unknown[] = [];
  const saved = { log: console.log, warn: console.warn };
  console.log = console.warn = (...said) => void printed.push(said);
  try {
    at.server.fail({ how: 'garbage', afterTokens: 2, bytes: 'not json at all\n' });
    assert.equal(told((await hear(ask(at, await at.model()))).error), 'cut elsewhere');
    at.server.fail({ how: 'status', status: 500, body: 'plain text' });
    assert.equal(told((await hear(ask(at, await at.model()))).error), 'serverError elsewhere');
  } finally {
    Object.assign(console, saved);
  }
  assert.deepEqual(printed, []);
});

onServer('An engine that dies is told from a server that dies', async (at) => {
  const model = await at.model();
  at.server.fail(ollamaFaults.engineCrash(3));
  assert.equal(told((await hear(ask(at, model))).error), 'engineCrashed elsewhere');
  at.server.fail(ollamaFaults.engineCrash(0));
  assert.equal(told((await hear(ask(at, model))).error), 'engineCrashed again');
  const held = at.server.hold('token', { afterTokens: 2 });
  const heard = hear(ask(at, model));
  await held.reached;
  await at.server.crash();
  assert.equal(told((await heard).error), 'cut elsewhere');
  assert.equal(told((await hear(ask(at, model))).error), 'ollamaUnreachable elsewhere');
  assert.equal(told(await thrownBy(at.ollama.models(never))), 'ollamaUnreachable elsewhere');
  assert.equal(told(await thrownBy(at.ollama.version(never))), 'ollamaUnreachable elsewhere');
});

onServer('A prompt that is too long says how long it is and what the window holds', async (at) => {
  const { error } = await hear(ask(at, await at.model(), 'many words '.repeat(20_000)));
  assert.equal(told(error), 'contextTooLong elsewhere');
  const params = error instanceof ProviderError && error.failure.params;
  assert.ok(params && 'needed' in params && 'window' in params);
  assert.equal(params.window, 4_096);
  assert.ok(Number(params.needed) > 4_096);
});

onServer('A model that was deleted meanwhile is missing', async (at) => {
  const model = await at.model();
  at.server.remove(model.id.name);
  assert.equal(told((await hear(ask(at, model))).error), 'modelMissing elsewhere');
});

onServer('A tool call arrives as one, with its input as an object', async (at) => {
  const model = await at.model();
  const tools = [
    {
      name: 'get_weather',
      description: 'The weather of a city',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const composed = at.ollama.compose(callOf(model, 'What is the weather in Paris?', { tools }));
  const { events } = await hear(at.ollama.stream({ boundary: 'machine', composed }, never));
  const call = events.find((event) => event.type === 'toolCall');
  assert.ok(call?.type === 'toolCall');
  assert.equal(call.name, 'get_weather');
  assert.deepEqual(Object.keys(call.input), ['city']);
  const end = events.at(-1);
  assert.ok(end?.type === 'end' && end.end === 'toolCalls');
});

onServer('An answer that its limit cut says so', async (at) => {
  const composed = at.ollama.compose(callOf(await at.model(), 'Explain queues.', { maxOutputTokens: 3 }));
  const { events } = await hear(at.ollama.stream({ boundary: 'machine', composed }, never));
  const end = events.at(-1);
  assert.ok(end?.type === 'end' && end.end === 'length');
});

for (const at of ['arrival', 'token'] as const)
  onServer(
    `A silence that lasts too long is a stall, and the connection is closed: ${at}`,
    async (playing) => {
      const patience =
        at === 'arrival' ? { headersMs: 400, idleMs: 60_000 } : { headersMs: 60_000, idleMs: 400 };
      const ollama = createOllamaProvider({ address: () => playing.server.url, patience });
      const held = playing.server.hold(at, at === 'token' ? { afterTokens: 1 } : {});
      const composed = ollama.compose(callOf(await playing.model(), 'hello'));
      const { error } = await hear(ollama.stream({ boundary: 'machine', composed }, never));
      assert.equal(told(error), 'stalled elsewhere');
      const arrival = await held.reached;
      await playing.server.arrivals.ended(arrival);
      assert.notEqual(arrival.closedAt, undefined);
    },
  );

onServer('A model is loaded and freed without a question', async (at) => {
  await at.model();
  await at.ollama.load('llama3.2:3b', never);
  assert.deepEqual(at.server.loaded(), ['llama3.2:3b']);
  assert.equal((await at.model()).loaded?.contextTokens, 4_096);
  await at.ollama.unload('llama3.2:3b', never);
  assert.deepEqual(at.server.loaded(), []);
});

onServer(
  'A pull tells how far it is, and can be cancelled',
  async (at) => {
    const steps = [];
    for await (const step of at.ollama.pull('qwen2.5-coder:1.5b', never)) steps.push(step);
    assert.equal(steps.at(-1)?.status, 'success');
    assert.ok(steps.some((step) => (step.completedBytes ?? 0) > 0 && step.totalBytes));
    assert.equal((await at.model('qwen2.5-coder:1.5b')).capabilities.chat, true);

    const cancel = new AbortController();
    const reason = new Error('enough');
    const cancelled = async () => {
      for await (const step of at.ollama.pull('codegemma:7b', cancel.signal))
        if (step.completedBytes) cancel.abort(reason);
    };
    assert.equal(await thrownBy(cancelled()), reason);
    const unknown = async () => {
      for await (const _step of at.ollama.pull('no-such-model', never));
    };
    assert.equal(told(await thrownBy(unknown())), 'modelMissing never');
  },
  { registry: ['qwen2.5-coder:1.5b', 'codegemma:7b'] },
);

onServer('A call and its result go back in the form that the server takes', async (at) => {
  const model = await at.model();
  const tools = [
    {
      name: 'get_weather',
      description: 'The weather of a city',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const asked = { role: 'user', parts: [{ type: 'text', text: 'What is the weather in Paris?' }] } as const;
  const turn = (messages: Call['messages']) =>
    hear(
      at.ollama.stream(
        { boundary: 'machine', composed: at.ollama.compose(callOf(model, '', { tools, messages })) },
        never,
      ),
    );
  const called = (await turn([asked])).events.find((event) => event.type === 'toolCall');
  assert.ok(called?.type === 'toolCall');
  const result = {
    type: 'toolResult',
    callId: called.callId,
    name: called.name,
    text: '18 degrees',
  } as const;
  const heard = await turn([
    asked,
    { role: 'assistant', parts: [called] },
    { role: 'user', parts: [result] },
  ]);
  assert.equal(heard.error, undefined);
  assert.ok(heard.text.includes('18 degrees'));
});

onServer(
  'The end tells how much of the prompt was read, and how long that took',
  async (at) => {
    const model = await at.model();
    const long = `Explain this. ${'A queue keeps what comes in order. '.repeat(60)}`;
    const read = async (words: string) => {
      const { events } = await hear(ask(at, model, words));
      const usage = events.find((event) => event.type === 'usage');
      const end = events.find((event) => event.type === 'end');
      assert.ok(usage && end && (end.promptMs ?? 0) > 0);
      return (end.promptTokensRead ?? 0) / usage.usage.inputTokens;
    };
    assert.equal(await read(long), 1);
    const goneOn = await read(`${long} And what comes out first?`);
    assert.ok(goneOn < 0.3, `${goneOn} of it`);
    assert.equal(await read(`Please: ${long}`), 1);
  },
  { defaults: { promptTokensPerSecond: 50_000 } },
);
