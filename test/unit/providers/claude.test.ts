import assert from 'node:assert/strict';
import { issue } from '../../../src/privacy/permit.ts';
import { ProviderError } from '../../../src/providers/provider.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import { callOf, type Heard, hear, never, thrownBy, told } from './asking.ts';
import { endOf, onServer, tiers } from './onClaude.ts';

onServer('The bytes that arrive are the bytes of the permit', async (at) => {
  const composed = at.claude.compose(callOf(at.sonnet, 'Ünïcode "quotes" \u2028 and 😀'));
  const heard = await hear(at.claude.stream(issue('cloud', composed), never));
  assert.equal(heard.error, undefined);
  assert.equal(at.server.arrivals.to('/v1/messages')[0]?.body.toString('utf8'), composed.body);
});

onServer('Without a permit nothing is sent, nor with one for something else', async (at) => {
  const composed = at.claude.compose(callOf(at.sonnet, 'hello'));
  const otherModel = composed.body.replace('claude-sonnet-5-5', 'claude-opus-5-5');
  for (const sendable of [
    { boundary: 'machine', composed } as const,
    issue('network', composed),
    issue('cloud', { ...composed, body: otherModel }),
  ])
    assert.equal(told((await hear(at.claude.stream(sendable, never))).error), 'unexpected never');
  const elsewhere = issue('cloud', { ...composed, host: 'elsewhere:443' });
  assert.equal(told((await hear(at.claude.stream(elsewhere, never))).error), 'claudeUnreachable elsewhere');
  assert.equal(at.server.requests.length, 0);
});

onServer('An answer streams and ends with what the server bills', async (at) => {
  const heard = await at.ask();
  assert.equal(heard.error, undefined);
  assert.ok(heard.text.length > 0);
  assert.equal(endOf(heard), 'complete');
  const usages = heard.events.flatMap((event) => (event.type === 'usage' ? [event] : []));
  assert.equal(usages[0]?.final, false);
  const last = usages.at(-1);
  const [bill] = at.server.bills;
  assert.ok(last?.final && bill);
  assert.equal(last.usage.outputTokens, bill.output);
  assert.equal(last.usage.inputTokens, bill.input.input);
});

onServer('A second turn reads the first one from the cache and says how much', async (at) => {
  const long = 'This is a rule that stands in every prompt of this conversation. '.repeat(120);
  const system = { role: 'system', parts: [{ type: 'text', text: long }] } as const;
  const asked = { role: 'user', parts: [{ type: 'text', text: 'one' }] } as const;
  const lastUsage = ({ events }: Heard) => {
    const usage = events.findLast((event) => event.type === 'usage');
    assert.ok(usage?.type === 'usage');
    return usage.usage;
  };
  const first = lastUsage(await at.ask({ messages: [system, asked] }));
  assert.ok(first.cacheWriteTokens > 512);
  assert.equal(first.cacheReadTokens, 0);
  const answered = { role: 'assistant', parts: [{ type: 'text', text: 'two' }] } as const;
  const second = lastUsage(await at.ask({ messages: [system, asked, answered, asked] }));
  assert.ok(second.cacheReadTokens >= first.cacheWriteTokens);
});

onServer('The key goes out as it is, and nothing of the shell with it', async (at) => {
  const shell = {
    ANTHROPIC_CUSTOM_HEADERS: 'X-Of-The-Shell: yes\nAuthorization: Bearer stolen',
    ANTHROPIC_AUTH_TOKEN: 'token-of-the-shell',
    ANTHROPIC_API_KEY: 'key-of-the-shell',
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    ANTHROPIC_LOG: 'debug',
  };
  const saved = Object.keys(shell).map((name) => [name, process.env[name]] as const);
  const printed: unknown[] = [];
  const { log, warn, info, error, debug } = console;
  for (const name of ['log', 'warn', 'info', 'error', 'debug'] as const)
    console[name] = (...said: unknown[]) => void printed.push(said);
  Object.assign(process.env, shell);
  try {
    assert.equal(endOf(await at.ask()), 'complete');
    assert.equal(process.env.ANTHROPIC_CUSTOM_HEADERS, shell.ANTHROPIC_CUSTOM_HEADERS);
  } finally {
    Object.assign(console, { log, warn, info, error, debug });
    for (const [name, value] of saved)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
  const headers = at.server.arrivals.to('/v1/messages')[0]?.headers;
  assert.equal(headers?.authorization, 'Bearer the-right-key');
  assert.equal(headers?.['x-of-the-shell'], undefined);
  assert.deepEqual(printed, []);
});

onServer('Without a key nobody is asked, and a key that was replaced counts at once', async (at) => {
  at.key = undefined;
  assert.equal(told((await at.ask()).error), 'noKey elsewhere');
  assert.equal(told(await thrownBy(at.claude.models(never))), 'noKey elsewhere');
  assert.equal(at.server.requests.length, 0);
  at.key = 'a-wrong-key';
  assert.equal(told((await at.ask()).error), 'badKey elsewhere');
  at.key = ' the-right-key\n';
  assert.equal(endOf(await at.ask()), 'complete');
});

const stops = [
  ['refusal', 'refused'],
  ['max_tokens', 'length'],
  ['pause_turn', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['stop_sequence', 'complete'],
] as const;
for (const [reason, end] of stops)
  onServer(`A stop for ${reason} ends as ${end}, with a closed account`, async (at) => {
    at.server.fail({ how: 'stop', afterTokens: 2, reason });
    const heard = await at.ask();
    assert.equal(endOf(heard), end);
    const usage = heard.events.findLast((event) => event.type === 'usage');
    assert.ok(usage?.type === 'usage' && usage.final);
  });

onServer('An answer that its limit cut says so', async (at) => {
  assert.equal(endOf(await at.ask({ maxOutputTokens: 3 })), 'length');
});

onServer('A tool call comes whole, once its input is', async (at) => {
  const tools = [
    {
      name: 'get_weather',
      description: 'The weather of a city',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const messages = [
    { role: 'user', parts: [{ type: 'text', text: 'What is the weather in Paris?' }] },
  ] as const;
  const heard = await at.ask({ tools, messages });
  assert.equal(endOf(heard), 'toolCalls');
  const call = heard.events.find((event) => event.type === 'toolCall');
  assert.ok(call?.type === 'toolCall');
  assert.equal(call.name, 'get_weather');
  assert.deepEqual(Object.keys(call.input), ['city']);
});

onServer('A tool call that was cut is no call', async (at) => {
  const tools = [
    { name: 'get_weather', description: 'The weather of a city', inputSchema: { type: 'object' } },
  ];
  at.server.fail({ how: 'reset', afterTokens: 1 });
  const heard = await at.ask({ tools });
  assert.equal(
    heard.events.some((event) => event.type === 'toolCall'),
    false,
  );
  assert.notEqual(heard.error, undefined);
});

for (const where of ['arrival', 'prompt', 'token'] as const)
  onServer(`A cancel closes the connection at once when it stands at: ${where}`, async (at) => {
    const held = at.server.hold(where, where === 'token' ? { afterTokens: 2 } : {});
    const cancel = new AbortController();
    const reason = new Error('the user has gone');
    const heard = at.ask({}, cancel.signal);
    const arrival = await held.reached;
    cancel.abort(reason);
    assert.equal((await heard).error, reason);
    await at.server.arrivals.ended(arrival);
    assert.notEqual(arrival.closedAt, undefined);
  });

onServer('A redirect is refused, and neither key nor prompt go elsewhere', async (at) => {
  const elsewhere = await startAnthropic({ anyKey: true });
  try {
    const headers = { Location: `${elsewhere.url}/v1/messages` };
    at.server.fail({ how: 'status', status: 307, body: '', headers });
    assert.equal(told((await at.ask()).error), 'redirectRefused elsewhere');
    assert.equal(elsewhere.requests.length, 0);
  } finally {
    await elsewhere.close();
  }
});

onServer('A server that is gone is unreachable, and a retry is free', async (at) => {
  await at.server.crash();
  const { error } = await at.ask();
  assert.equal(told(error), 'claudeUnreachable again');
  assert.ok(error instanceof ProviderError && error.free);
});

onServer('The tiers are asked for by the ids of the settings, with the limits of the list', async (at) => {
  const models = await at.claude.models(never);
  assert.deepEqual(
    models.map(({ id }) => id.name),
    Object.values(tiers),
  );
  assert.equal(at.server.arrivals.to('/v1/models').length, 1);
  assert.deepEqual(at.claude.known(), models);
});

onServer(
  'Every tier is taken by the server as it is composed, thinking or not, with tools and without',
  async (at) => {
    const tools = [{ name: 'read', description: 'reads' }];
    for (const model of at.claude.known())
      for (const think of [false, true])
        for (const changes of [
          { think },
          { think, tools },
          { think, tools, toolChoice: 'required' } as const,
        ]) {
          const heard = await at.ask({ ...changes, maxOutputTokens: 2_048 }, never, undefined, model);
          assert.equal(heard.error, undefined, `${model.id.name} ${JSON.stringify(changes)}`);
        }
  },
);

onServer('Thinking that was asked for is shown apart from the answer', async (at) => {
  const heard = await at.ask({ think: true, maxOutputTokens: 4_096 });
  assert.equal(endOf(heard), 'complete');
  assert.ok(heard.events.some((event) => event.type === 'thinking' && event.text.length > 0));
  assert.equal(
    (await at.ask()).events.some((event) => event.type === 'thinking'),
    false,
  );
});

onServer('A call and its result go back in the form that the server takes', async (at) => {
  const tools = [
    {
      name: 'get_weather',
      description: 'The weather of a city',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ];
  const asked = { role: 'user', parts: [{ type: 'text', text: 'What is the weather in Paris?' }] } as const;
  const called = (await at.ask({ tools, messages: [asked] })).events.find(
    (event) => event.type === 'toolCall',
  );
  assert.ok(called?.type === 'toolCall');
  const result = {
    type: 'toolResult',
    callId: called.callId,
    name: called.name,
    text: '18 degrees',
  } as const;
  const heard = await at.ask({
    tools,
    messages: [asked, { role: 'assistant', parts: [called] }, { role: 'user', parts: [result] }],
  });
  assert.equal(heard.error, undefined);
  assert.equal(endOf(heard), 'complete');
  assert.ok(heard.text.length > 0);
});
