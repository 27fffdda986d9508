import assert from 'node:assert/strict';
import { test as register } from 'node:test';
import { createOllamaProvider } from '../../src/providers/ollama.ts';
import type { Call, LocalProvider, ProviderEvent } from '../../src/providers/provider.ts';
import type { Model } from '../../src/vocabulary/model.ts';
import type { Message, Tool } from '../../src/vocabulary/request.ts';
import { callOf, hear, never, thrownBy, told } from '../unit/providers/asking.ts';
import type { Subject } from './subject.ts';

const text = (role: Message['role'], words: string): Message => ({
  role,
  parts: [{ type: 'text', text: words }],
});

export const weather: Tool = {
  name: 'get_weather',
  description: 'The weather of a city',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** Maia's own provider on a subject. */
export interface Asked {
  readonly ollama: LocalProvider;
  model(name: string): Promise<Model>;
  stream(
    model: Model,
    words: string,
    changes?: Partial<Call>,
    signal?: AbortSignal,
  ): AsyncIterable<ProviderEvent>;
}

export function asked(subject: Subject): Asked {
  const ollama = createOllamaProvider({ address: () => subject.url });
  return {
    ollama,
    async model(name) {
      const found = (await ollama.models(never)).find((each) => each.id.name === name);
      assert.ok(found, `${name} is listed`);
      return found;
    },
    stream: (model, words, changes = {}, signal = never) =>
      ollama.stream(
        {
          boundary: 'machine',
          composed: ollama.compose(callOf(model, words, { maxOutputTokens: 24, ...changes })),
        },
        signal,
      ),
  };
}

/** Cancels a stream at its first event of a kind; gives what it threw and when it was told to stop. */
async function cancelAt(
  start: (signal: AbortSignal) => AsyncIterable<ProviderEvent>,
  type: ProviderEvent['type'],
): Promise<{ error: unknown; at: number }> {
  const stop = new AbortController();
  let at = 0;
  const { error } = await hear(start(stop.signal), (event) => {
    if (event.type !== type || stop.signal.aborted) return;
    at = performance.now();
    stop.abort('stopped by the test');
  });
  return { error, at };
}

const long = { maxOutputTokens: 200 };

/** What Maia's provider makes of the server: lists, streams, cancels, calls, unloads. */
export function answerContract(the: () => Subject, skip: string | false): void {
  const test = (name: string, run: () => Promise<void>) => register(name, { skip }, run);

  test('the provider lists models with what they can do and where they are', async () => {
    const { model } = asked(the());
    const plain = await model(the().textModel);
    assert.equal(plain.boundary, 'machine');
    assert.equal(plain.route, 'local');
    assert.deepEqual(plain.capabilities, { chat: true, tools: false, images: false, thinking: false });
    assert.ok(plain.contextTokens >= 2048);
    assert.ok((plain.sizeBytes ?? 0) > 0 && (plain.parametersBillion ?? 0) > 0.1);
    assert.equal((await model(the().toolModel)).capabilities.tools, true);
  });

  test('load brings a model into memory with a window, unload takes it out again', async () => {
    const { ollama, model } = asked(the());
    await ollama.load(the().textModel, never);
    const loaded = await model(the().textModel);
    const window = loaded.loaded?.contextTokens ?? 0;
    assert.ok(window >= 2048 && window <= loaded.contextTokens);
    assert.ok((loaded.loaded?.memoryBytes ?? 0) > 0);
    await ollama.unload(the().textModel, never);
    for (let tries = 0; (await model(the().textModel)).loaded !== undefined; tries += 1)
      assert.ok(tries < 200, 'it leaves memory');
  });

  test('an answer streams and ends with its tokens', async () => {
    const { model, stream } = asked(the());
    const heard = await hear(stream(await model(the().textModel), 'Explain what a queue is.'));
    assert.equal(heard.error, undefined);
    assert.ok(heard.text.length > 0);
    const usage = heard.events.at(-2);
    assert.ok(usage?.type === 'usage' && usage.usage.inputTokens > 5 && usage.usage.outputTokens > 0);
    const end = heard.events.at(-1);
    assert.ok(end?.type === 'end' && (end.end === 'complete' || end.end === 'length'));
  });

  test('cancelled while streaming, the connection goes and the next one is served', async () => {
    const { model, stream } = asked(the());
    const it = await model(the().textModel);
    const { error, at } = await cancelAt((signal) => stream(it, 'Tell a long story.', long, signal), 'text');
    assert.equal(error, 'stopped by the test');
    assertSoon(await the().closedAfter(at));
    assert.equal((await hear(stream(it, 'Say hello.'))).error, undefined);
  });

  test('cancelled while queued, the stream before it is untouched', async () => {
    const { model, stream } = asked(the());
    const it = await model(the().textModel);
    const stop = new AbortController();
    let queued: Promise<unknown> | undefined;
    const first = await hear(stream(it, 'Tell a story about a river.', { maxOutputTokens: 40 }), (event) => {
      if (event.type !== 'text' || queued) return;
      queued = thrownBy(
        hear(stream(it, 'And one about a hill.', {}, stop.signal)).then(({ error }) => {
          throw error;
        }),
      );
      setTimeout(() => stop.abort('stopped by the test'), 20);
    });
    assert.equal(await queued, 'stopped by the test');
    assert.equal(first.error, undefined);
    assert.equal(first.events.at(-1)?.type, 'end');
  });

  test('cancelled while the prompt is read, the connection goes and the next one is served', async () => {
    const { model, stream } = asked(the());
    const it = await model(the().textModel);
    await hear(stream(it, 'Say hello.'));
    const stop = new AbortController();
    const prompt = `${'one two three '.repeat(450)} What comes next?`;
    const readsIt = the().reading();
    const reading = hear(stream(it, prompt, {}, stop.signal));
    await readsIt;
    const at = performance.now();
    stop.abort('stopped by the test');
    assert.equal((await reading).error, 'stopped by the test');
    assertSoon(await the().closedAfter(at));
    assert.equal((await hear(stream(it, 'Say hello.'))).error, undefined);
  });

  test('two streams at once are both answered, each with its own text', async () => {
    const { model, stream } = asked(the());
    const it = await model(the().textModel);
    const both = await Promise.all([
      hear(stream(it, 'Describe a cat.')),
      hear(stream(it, 'Describe a bridge.')),
    ]);
    for (const { error, events } of both) {
      assert.equal(error, undefined);
      assert.equal(events.at(-1)?.type, 'end');
    }
    assert.notEqual(both[0].text, both[1].text);
  });

  test('a prompt beyond the window says how much it needs and how much there is', async () => {
    const { ollama, model, stream } = asked(the());
    await ollama.load(the().textModel, never);
    const it = await model(the().textModel);
    const window = it.loaded?.contextTokens ?? 0;
    const { error } = await hear(stream(it, 'word '.repeat(window + 500)));
    const { failure } = error as { failure: { code: string; params: { needed: number; window: number } } };
    assert.equal(failure.code, 'contextTooLong');
    assert.equal(failure.params.window, window);
    assert.ok(failure.params.needed >= window + 500);
  });

  test('a tool is called with what the prompt says, and its result is put into words', async () => {
    const { model, stream, ollama } = asked(the());
    const it = await model(the().toolModel);
    const called = await hear(stream(it, 'What is the weather in Lima?', { tools: [weather] }));
    assert.equal(called.error, undefined);
    const call = called.events.find((event) => event.type === 'toolCall');
    assert.ok(call);
    assert.equal(call.name, 'get_weather');
    assert.deepEqual(call.input, { city: 'Lima' });
    assert.ok(call.callId.length > 0);
    const end = called.events.at(-1);
    assert.ok(end?.type === 'end' && end.end === 'toolCalls');
    const messages: Message[] = [
      text('user', 'What is the weather in Lima?'),
      {
        role: 'assistant',
        parts: [{ type: 'toolCall', callId: call.callId, name: call.name, input: call.input }],
      },
      {
        role: 'user',
        parts: [{ type: 'toolResult', callId: call.callId, name: call.name, text: '18 degrees' }],
      },
    ];
    const composed = ollama.compose(callOf(it, '', { messages, tools: [weather], maxOutputTokens: 40 }));
    const said = await hear(ollama.stream({ boundary: 'machine', composed }, never));
    assert.equal(said.error, undefined);
    assert.ok(said.text.length > 0);
    assert.ok(said.events.every((event) => event.type !== 'toolCall'));
  });

  test('a call that is written as text stays text', async () => {
    const { model, ollama } = asked(the());
    const call = (city: string) => `{"name": "get_weather", "arguments": {"city": "${city}"}}`;
    const messages = [
      text('user', 'What is the weather in Oslo?'),
      text('assistant', call('Oslo')),
      text('user', 'What is the weather in Rome?'),
      text('assistant', call('Rome')),
      text('user', 'What is the weather in Lima?'),
    ];
    const composed = ollama.compose(
      callOf(await model(the().toolModel), '', { messages, maxOutputTokens: 40 }),
    );
    const heard = await hear(ollama.stream({ boundary: 'machine', composed }, never));
    assert.equal(heard.error, undefined);
    assert.ok(heard.events.every((event) => event.type !== 'toolCall'));
    assert.match(heard.text, /^\s*\{"name":/);
  });

  test('a model that is to leave memory while it streams answers to the end first', async () => {
    const { ollama, model, stream } = asked(the());
    let leaving: Promise<void> | undefined;
    const heard = await hear(stream(await model(the().textModel), 'Describe a hill.'), (event) => {
      if (event.type === 'text') leaving ??= ollama.unload(the().textModel, never);
    });
    await leaving;
    assert.equal(heard.error, undefined);
    assert.equal(heard.events.at(-1)?.type, 'end');
    for (let tries = 0; (await model(the().textModel)).loaded !== undefined; tries += 1)
      assert.ok(tries < 200, 'it leaves memory');
  });

  test('a model that is deleted while it streams ends whole, and is then missing', async () => {
    const { ollama, model, stream } = asked(the());
    const name = 'maia-contract:1b';
    const send = (path: string, method: string, body: object) =>
      fetch(the().url + path, { method, body: JSON.stringify(body) }).then((answer) => answer.status);
    assert.equal(await send('/api/copy', 'POST', { source: the().textModel, destination: name }), 200);
    const it = await model(name);
    let deleted: Promise<number> | undefined;
    const heard = await hear(stream(it, 'Describe a lake.'), (event) => {
      if (event.type === 'text') deleted ??= send('/api/delete', 'DELETE', { model: name });
    });
    assert.equal(await deleted, 200);
    assert.equal(heard.error, undefined);
    assert.equal(heard.events.at(-1)?.type, 'end');
    const composed = ollama.compose(callOf(it, 'Describe a lake.'));
    const after = await hear(ollama.stream({ boundary: 'machine', composed }, never));
    assert.equal(told(after.error), 'modelMissing elsewhere');
  });
}

/** Where the server can tell, the connection went within 200 ms. */
export function assertSoon(ms: number | undefined): void {
  if (ms !== undefined) assert.ok(ms <= 200, `the connection went after ${Math.round(ms)} ms`);
}
