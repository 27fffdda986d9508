import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeDirectFetch } from '../../../src/providers/directFetch.ts';
import { createOllamaProvider } from '../../../src/providers/ollama.ts';
import type { LocalProvider, ProviderEvent, Sendable } from '../../../src/providers/provider.ts';
import {
  createResilience,
  type Resilience,
  type ResilienceOptions,
} from '../../../src/providers/resilience.ts';
import { type OllamaServer, ollamaFaults, startOllama } from '../../servers/ollama.ts';
import { callOf, type Heard, hear, localModel, never, told } from './asking.ts';

after(closeDirectFetch);

interface Trying {
  readonly server: OllamaServer;
  readonly ollama: LocalProvider;
  readonly resilience: Resilience;
  readonly sendable: Sendable;
  ask(onEvent?: (event: ProviderEvent) => void, signal?: AbortSignal): Promise<Heard>;
  /** Calls that reached the server. */
  calls(): number;
}

const model = localModel();

function trying(name: string, options: ResilienceOptions, run: (at: Trying) => Promise<void>): void {
  test(name, async () => {
    const server = await startOllama({ models: [model.id.name] });
    const ollama = createOllamaProvider({ address: () => server.url });
    const resilience = createResilience({ firstWaitMs: 1, ...options });
    const sendable = {
      boundary: 'machine',
      composed: ollama.compose(callOf(model, 'Explain queues.')),
    } as const;
    try {
      await run({
        server,
        ollama,
        resilience,
        sendable,
        ask: (onEvent, signal = never) => hear(resilience.stream(ollama, sendable, signal), onEvent),
        calls: () => server.arrivals.to('/api/chat').length,
      });
    } finally {
      await server.close();
    }
  });
}

const whole = (heard: Heard) => heard.error === undefined && heard.events.at(-1)?.type === 'end';

trying('A failure before the first byte is asked again, and the caller is told', {}, async (at) => {
  at.server.fail(ollamaFaults.queueFull());
  at.server.fail(ollamaFaults.engineCrash(0));
  const heard = await at.ask();
  assert.ok(whole(heard));
  assert.equal(at.calls(), 3);
  const retries = heard.events.flatMap((event) => (event.type === 'retrying' ? [event.failure.code] : []));
  assert.deepEqual(retries, ['queueFull', 'engineCrashed']);
});

trying('It is asked again only so often', { retries: 2 }, async (at) => {
  at.server.fail(ollamaFaults.queueFull(), { times: Number.POSITIVE_INFINITY });
  assert.equal(told((await at.ask()).error), 'queueFull again');
  assert.equal(at.calls(), 3);
});

trying('After the first byte nothing is asked again, so that no two halves are glued', {}, async (at) => {
  at.server.fail({ how: 'reset', afterTokens: 2 });
  const heard = await at.ask();
  assert.equal(told(heard.error), 'cut elsewhere');
  assert.ok(heard.text.length > 0);
  assert.equal(at.calls(), 1);
});

trying('What would fail again is not asked again', {}, async (at) => {
  at.server.fail(ollamaFaults.loadFails('not enough memory'));
  assert.equal(told((await at.ask()).error), 'modelLoadFailed elsewhere');
  at.server.fail({ how: 'status', status: 400, body: { error: 'invalid model name' } });
  assert.equal(told((await at.ask()).error), 'badRequest never');
  assert.equal(at.calls(), 2);
});

trying(
  'A cancel ends the wait for the next try at once',
  { firstWaitMs: 60_000, longestWaitMs: 900 },
  async (at) => {
    at.server.fail(ollamaFaults.queueFull(), { times: Number.POSITIVE_INFINITY });
    const cancel = new AbortController();
    const heard = await at.ask((event) => {
      if (event.type === 'retrying') cancel.abort(new Error('gone'));
    }, cancel.signal);
    assert.equal(heard.error, cancel.signal.reason);
    assert.equal(at.calls(), 1);
  },
);

trying('A model that keeps failing to load is left alone, and others are not', {}, async (at) => {
  at.server.fail(ollamaFaults.loadFails(), { times: 2 });
  let changes = 0;
  at.resilience.onDidChange(() => {
    changes += 1;
  });
  await at.ask();
  assert.equal(at.resilience.failing(model.id), false);
  await at.ask();
  assert.equal(at.resilience.failing(model.id), true);
  assert.equal(at.resilience.failing({ provider: 'ollama', name: 'other' }), false);
  assert.equal(at.resilience.failing({ provider: 'claude', name: model.id.name }), false);
  assert.equal(changes, 1);
  assert.equal(told((await at.ask()).error), 'modelLoadFailed elsewhere');
  assert.equal(at.calls(), 2);
});

trying(
  'A model is tried again after its rest, and one good answer heals it',
  { modelRestsMs: 400 },
  async (at) => {
    at.server.fail(ollamaFaults.loadFails(), { times: 2 });
    await at.ask();
    await at.ask();
    assert.equal(at.resilience.failing(model.id), true);
    await new Promise((resolve) => setTimeout(resolve, 420));
    assert.equal(at.resilience.failing(model.id), false);
    assert.ok(whole(await at.ask()));
    assert.ok(whole(await at.ask()));
  },
);

trying('A fault of the request breaks nothing, even where it comes as a 500', {}, async (at) => {
  const body = { error: 'invalid format: "x"; expected "json" or a valid JSON Schema object' };
  at.server.fail({ how: 'status', status: 500, body }, { times: 6 });
  for (let times = 0; times < 6; times++) assert.equal(told((await at.ask()).error), 'badRequest never');
  assert.equal(at.resilience.failing(model.id), false);
});

trying('A server that keeps dying is left alone until it was seen again', { retries: 0 }, async (at) => {
  await at.server.crash();
  for (let times = 0; times < 4; times++)
    assert.equal(told((await at.ask()).error), 'ollamaUnreachable elsewhere');
  assert.equal(at.resilience.failing({ provider: 'ollama', name: 'any' }), true);
  await at.server.restart();
  assert.equal(told((await at.ask()).error), 'ollamaUnreachable elsewhere');
  at.resilience.recovered('ollama');
  assert.equal(at.resilience.failing(model.id), false);
  assert.ok(whole(await at.ask()));
});

trying('Cancelled calls break nothing', {}, async (at) => {
  for (let times = 0; times < 6; times++) {
    const held = at.server.hold('token', { afterTokens: 1 });
    const cancel = new AbortController();
    const heard = at.ask(undefined, cancel.signal);
    await held.reached;
    cancel.abort();
    assert.equal((await heard).error, cancel.signal.reason);
  }
  assert.equal(at.resilience.failing(model.id), false);
  assert.ok(whole(await at.ask()));
});

trying(
  'Calls beyond the limit wait for their turn, and beyond that are refused',
  { atOnce: 1, waiting: 1 },
  async (at) => {
    const held = at.server.hold('token', { afterTokens: 1 });
    const first = at.ask();
    await held.reached;
    const second = at.ask();
    const third = await at.ask();
    assert.equal(told(third.error), 'queueFull elsewhere');
    assert.equal(at.calls(), 1);
    held.release();
    assert.ok(whole(await first));
    assert.ok(whole(await second));
    assert.equal(at.calls(), 2);
  },
);

trying('A cancel while waiting for a turn sends nothing', { atOnce: 1 }, async (at) => {
  const held = at.server.hold('token', { afterTokens: 1 });
  const first = at.ask();
  await held.reached;
  const cancel = new AbortController();
  const second = at.ask(undefined, cancel.signal);
  cancel.abort();
  assert.equal((await second).error, cancel.signal.reason);
  held.release();
  assert.ok(whole(await first));
  assert.ok(whole(await at.ask()));
  assert.equal(at.calls(), 2);
});

trying('A reader that walks away frees its turn and its connection', { atOnce: 1 }, async (at) => {
  const held = at.server.hold('token', { afterTokens: 2 });
  for await (const event of at.resilience.stream(at.ollama, at.sendable, never))
    if (event.type === 'text') break;
  const arrival = await held.reached;
  await at.server.arrivals.ended(arrival);
  assert.notEqual(arrival.closedAt, undefined);
  assert.ok(whole(await at.ask()));
});
