import assert from 'node:assert/strict';
import { it } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import {
  type AnthropicOptions,
  type AnthropicServer,
  anthropicFaults,
  startAnthropic,
} from '../../servers/anthropic.ts';

interface At {
  readonly server: AnthropicServer;
  readonly client: Anthropic;
}

function onServer(name: string, run: (at: At) => Promise<void>, options: AnthropicOptions = {}): void {
  it(name, async () => {
    const server = await startAnthropic(options);
    const client = new Anthropic({ apiKey: server.key, baseURL: server.url, maxRetries: 0, logLevel: 'off' });
    try {
      await run({ server, client });
    } finally {
      await server.close();
    }
  });
}

const model = 'claude-sonnet-5-5';
const hello = [{ role: 'user' as const, content: 'Hello there' }];
const thrown = async (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as InstanceType<typeof Anthropic.APIError>,
  );

onServer('a stream has the events in their order, each with a blank line after it', async ({ server }) => {
  const answer = await fetch(`${server.url}/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'anthropic-version': '2026-10-21' },
    body: JSON.stringify({ model, max_tokens: 500, stream: true, messages: hello }),
  });
  assert.equal(answer.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const text = await answer.text();
  assert.ok(text.endsWith('\n\n'));
  const events = text
    .trimEnd()
    .split('\n\n')
    .map((event) => {
      const [, type, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
      assert.equal((JSON.parse(data ?? '') as { type: string }).type, type);
      return type;
    });
  const order = events.filter((type, at) => type !== events[at - 1]);
  assert.deepEqual(order, [
    'message_start',
    'content_block_start',
    'ping',
    'content_block_delta',
    'content_block_stop',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
});

onServer('the bill is what the client was told', async ({ server, client }) => {
  const { usage } = await client.messages.stream({ model, max_tokens: 500, messages: hello }).finalMessage();
  const [bill] = server.bills;
  assert.equal(bill?.reported, 'all');
  assert.equal(bill?.output, usage.output_tokens);
  assert.equal(bill?.input.input, usage.input_tokens);
  assert.ok(bill.thinking > 0 && bill.thinking < bill.output);
});

let clock = 1_000_000;
onServer(
  'a marked prefix is written, then read, for five minutes from its last use',
  async ({ client }) => {
    const ask = async (prefix: string, words: string) => {
      const { usage } = await client.messages.create({
        model,
        max_tokens: 500,
        system: [{ type: 'text', text: prefix, cache_control: { type: 'ephemeral' } }],
        messages: [{ role: 'user', content: words }],
      });
      return {
        written: usage.cache_creation_input_tokens,
        read: usage.cache_read_input_tokens,
        rest: usage.input_tokens,
      };
    };
    const long = 'Stable words. '.repeat(300);
    const first = await ask(long, 'one');
    assert.ok((first.written ?? 0) >= 512 && first.read === 0);
    assert.ok(first.rest < 20, 'what comes after the mark is not cached');
    assert.deepEqual(await ask(long, 'two'), { written: 0, read: first.written, rest: first.rest });
    clock += 299_000;
    assert.equal((await ask(long, 'three')).read, first.written);
    clock += 299_000;
    assert.equal((await ask(long, 'four')).read, first.written, 'a read keeps it alive');
    clock += 301_000;
    assert.equal((await ask(long, 'five')).read, 0);
    assert.deepEqual(await ask('Few words.', 'six').then(({ written, read }) => [written, read]), [0, 0]);
    assert.equal((await ask(`x${long}`, 'seven')).read, 0, 'one word in front is another prefix');
  },
  { now: () => clock },
);

onServer('a conversation that grows reads what it wrote and writes what is new', async ({ client }) => {
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Stable words. '.repeat(300) }];
  const ask = async () => {
    const { usage, content } = await client.messages
      .stream({ model, max_tokens: 500, cache_control: { type: 'ephemeral' }, messages })
      .finalMessage();
    messages.push({ role: 'assistant', content }, { role: 'user', content: 'And what then?' });
    return usage;
  };
  const first = await ask();
  const second = await ask();
  assert.equal(second.cache_read_input_tokens, first.cache_creation_input_tokens);
  assert.ok((second.cache_creation_input_tokens ?? 0) > 0);
});

const refused: readonly (readonly [string, object])[] = [
  ['temperature', { temperature: 0 }],
  ['top_p', { top_p: 0.5 }],
  ['prefill', { messages: [...hello, { role: 'assistant', content: 'Well' }] }],
  ['thinking switched off in the wrong way', { thinking: { type: 'disabled' } }],
  [
    'forced tool choice',
    { tools: [{ name: 'f', input_schema: { type: 'object' } }], tool_choice: { type: 'any' } },
  ],
  ['an unknown field', { wish: 1 }],
  [
    'a result without its call',
    { messages: [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 'x', content: 'y' }] }] },
  ],
];
for (const [what, change] of refused)
  onServer(`${what} is a 400`, async ({ client }) => {
    const params = {
      model,
      max_tokens: 500,
      messages: hello,
      ...change,
    } as Anthropic.MessageCreateParamsNonStreaming;
    const error = await thrown(client.messages.create(params));
    assert.equal(error?.status, 400);
    assert.equal(error?.type, 'invalid_request_error');
  });

const errors = [
  [anthropicFaults.badKey(), 401, 'authentication_error'],
  [anthropicFaults.outOfCredit(), 402, 'billing_error'],
  [anthropicFaults.forbidden(), 403, 'permission_error'],
  [anthropicFaults.modelNotAvailable(model), 404, 'not_found_error'],
  [anthropicFaults.tooLarge(), 413, 'request_too_large'],
  [anthropicFaults.rateLimited(7), 429, 'rate_limit_error'],
  [anthropicFaults.serverError(), 500, 'api_error'],
  [anthropicFaults.overloaded(), 529, 'overloaded_error'],
  [anthropicFaults.overloadedInStream(3), undefined, 'overloaded_error'],
] as const;
onServer('each error has its status and type, and the next request is served', async ({ server, client }) => {
  for (const [fault, status, type] of errors) {
    server.fail(fault);
    const ask = () => client.messages.stream({ model, max_tokens: 500, messages: hello }).finalMessage();
    const error = await thrown(ask());
    assert.deepEqual([error?.status, error?.type], [status, type]);
    if (status === 429) assert.equal(error?.headers?.get('retry-after'), '7');
    assert.equal((await ask()).stop_reason, 'end_turn');
  }
  server.fail(anthropicFaults.spendLimit());
  const limit = await thrown(client.messages.create({ model, max_tokens: 500, messages: hello }));
  assert.equal(limit?.errorCode, 'enforced_spend_limit_reached');
});

onServer('a wrong key is refused', async ({ server }) => {
  const client = new Anthropic({ apiKey: 'wrong', baseURL: server.url, maxRetries: 0, logLevel: 'off' });
  assert.equal(
    (await thrown(client.messages.create({ model, max_tokens: 9, messages: hello })))?.status,
    401,
  );
});

onServer('max_tokens cuts, a refusal ends, a stop sequence stops', async ({ server, client }) => {
  const reason = async (change: object) =>
    (await client.messages.stream({ model, max_tokens: 500, messages: hello, ...change }).finalMessage())
      .stop_reason;
  assert.equal(await reason({ max_tokens: 20 }), 'max_tokens');
  assert.equal(await reason({ stop_sequences: ['smallest'] }), 'stop_sequence');
  server.fail(anthropicFaults.refusal());
  assert.equal(await reason({}), 'refusal');
});

onServer('a tool is called with streamed JSON, and its result is put into words', async ({ client }) => {
  const tools: Anthropic.Tool[] = [
    {
      name: 'get_weather',
      input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'What is the weather in Lima?' }];
  const called = await client.messages.stream({ model, max_tokens: 500, tools, messages }).finalMessage();
  assert.equal(called.stop_reason, 'tool_use');
  const use = called.content.find((block) => block.type === 'tool_use');
  assert.deepEqual(use?.input, { city: 'Lima' });
  messages.push(
    { role: 'assistant', content: called.content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: '18 degrees' }] },
  );
  const said = await client.messages.stream({ model, max_tokens: 500, tools, messages }).finalMessage();
  assert.equal(said.stop_reason, 'end_turn');
  assert.match(JSON.stringify(said.content), /18 degrees/);
});

onServer('a client that goes is noticed, and pays for what was made', async ({ server, client }) => {
  const held = server.hold('token', { afterTokens: 20 });
  const stream = client.messages.stream({ model, max_tokens: 500, messages: hello });
  const arrival = await held.reached;
  const at = performance.now();
  stream.abort();
  await thrown(stream.finalMessage());
  await server.arrivals.ended(arrival);
  assert.ok(arrival.closedAt !== undefined && arrival.closedAt - at < 200);
  assert.equal(server.bills[0]?.output, 20);
  assert.equal(server.bills[0]?.reported, 'start');
});

onServer('models are listed with their limits, tokens are counted', async ({ client }) => {
  const ids: string[] = [];
  for await (const each of client.models.list()) ids.push(each.id);
  assert.ok(ids.includes(model) && ids.includes('claude-haiku-5-5') && ids.includes('claude-opus-5-5'));
  const counted = await client.messages.countTokens({ model, messages: hello });
  const { usage } = await client.messages.create({ model, max_tokens: 500, messages: hello });
  assert.equal(counted.input_tokens, usage.input_tokens);
});
