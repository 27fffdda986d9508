import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Providers } from '../../../src/providers/providers.ts';
import { createProviders } from '../../../src/providers/providers.ts';
import type { Attempt } from '../../../src/vocabulary/attempt.ts';
import type { Health } from '../../../src/vocabulary/health.ts';
import type { Model } from '../../../src/vocabulary/model.ts';
import type { Policy } from '../../../src/vocabulary/policy.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import { type OllamaOptions, type OllamaServer, ollamaFaults, startOllama } from '../../servers/ollama.ts';
import { callOf, hear, never } from './asking.ts';

interface World {
  readonly server: OllamaServer;
  readonly providers: Providers;
  policy: Policy;
  online: boolean;
  key: string | undefined;
  keyChanged(): void;
  /** The next state that holds, now or when it comes. */
  until(holds: (health: Health) => boolean): Promise<Health>;
}

const basicPolicy = (host: string): Policy => ({
  mode: 'auto',
  dial: 'balanced',
  tasks: {},
  models: { allow: [], deny: [], allowOrigins: [], denyOrigins: [] },
  patience: { streamedMs: 15_000, heldMs: 60_000 },
  budget: {},
  offline: false,
  claude: {
    // Nothing here may be asked: nobody listens on this port.
    baseUrl: 'http://127.0.0.1:9',
    models: { haiku: 'claude-haiku-5-5', sonnet: 'claude-sonnet-5-5', opus: 'claude-opus-5-5' },
    cheapTier: false,
  },
  ollama: { host },
  privacy: { protectedPaths: [], trustedHosts: [] },
  verify: { runTests: false },
  baseline: 'claude-sonnet-5-5',
  prices: {},
  footer: 'full',
});

function inWorld(name: string, run: (world: World) => Promise<void>, options: OllamaOptions = {}): void {
  test(name, async () => {
    const server = await startOllama(options);
    const keyListeners = new Set<() => void>();
    const world: World = {
      server,
      policy: basicPolicy(server.url),
      online: true,
      key: undefined,
      keyChanged() {
        for (const listener of keyListeners) listener();
      },
      until(holds) {
        const { health } = providers;
        return new Promise((resolve) => {
          if (holds(health.current())) return resolve(health.current());
          const listening = health.onDidChange((changed) => {
            if (!holds(changed)) return;
            listening.dispose();
            resolve(changed);
          });
        });
      },
      get providers() {
        return providers;
      },
    };
    const providers = createProviders({
      policy: () => world.policy,
      clock: { now: Date.now, monotonic: () => performance.now(), sleep: async () => {} },
      secrets: {
        claudeKey: async () => world.key,
        onDidChange(listener) {
          keyListeners.add(listener);
          return { dispose: () => keyListeners.delete(listener) };
        },
      },
      online: () => world.online,
      practice: false,
      probeEveryMs: 20,
      probePatienceMs: 400,
      machineMemoryBytes: 8 * 2 ** 30,
      resilience: { firstWaitMs: 1 },
    });
    try {
      await run(world);
    } finally {
      await providers.close();
      await server.close();
    }
  });
}

const small = 'llama3.2:3b';

function candidateOf(health: Health, name: string) {
  const found = health.candidates.find((candidate) => candidate.model.id.name === name);
  assert.ok(found, `${name} is a candidate`);
  return found;
}

/** One call as the engine makes it, with what it tells health. */
async function ask({ providers }: World, model: Model, text = 'Explain queues.'): Promise<Attempt> {
  const startedAt = Date.now();
  const started = performance.now();
  const serving = providers.health.serving(model);
  const composed = providers.ollama.compose(callOf(model, text));
  const heard = await hear(providers.ollama.stream({ boundary: 'machine', composed }, never));
  const usage = heard.events.find((event) => event.type === 'usage');
  const end = heard.events.find((event) => event.type === 'end');
  const failure = heard.error && typeof heard.error === 'object' && 'failure' in heard.error;
  const attempt: Attempt = {
    index: 0,
    model: model.id,
    route: model.route,
    boundary: model.boundary,
    startedAt,
    firstTokenMs: 1,
    totalMs: performance.now() - started,
    ...(usage?.type === 'usage' ? { usage: usage.usage } : {}),
    ...(end?.type === 'end' ? { generateMs: end.generateMs } : {}),
    end: end?.type === 'end' ? end.end : 'failed',
    ...(failure ? { failure: (heard.error as { failure: Attempt['failure'] }).failure } : {}),
  };
  providers.health.served(attempt, model);
  serving.dispose();
  return attempt;
}

inWorld('Before anybody was asked nothing is claimed, and nobody is asked', async ({ providers, server }) => {
  const { local, claude } = providers.health.current();
  assert.deepEqual({ local, claude }, { local: 'unknown', claude: 'unknown' });
  assert.equal(server.requests.length, 0);
});

inWorld(
  'A check lists both sides, what fits this memory, and who has no key',
  async ({ providers }) => {
    const health = await providers.health.check(never);
    assert.deepEqual([health.local, health.claude], ['ready', 'noKey']);
    assert.equal(candidateOf(health, small).fitsMemory, true);
    assert.equal(candidateOf(health, 'codellama:13b').fitsMemory, false);
    assert.equal(candidateOf(health, small).toolsProven, false);
    const sonnet = candidateOf(health, 'claude-sonnet-5-5');
    assert.deepEqual([sonnet.state, sonnet.toolsProven, sonnet.model.tier], ['noKey', true, 'sonnet']);
  },
  { models: [small, { name: 'codellama:13b', sizeBytes: 7.4e9 }] },
);

inWorld(
  'Ollama without a model that chats says so',
  async ({ providers }) => {
    assert.equal((await providers.health.check(never)).local, 'noModels');
  },
  { models: ['nomic-embed-text'] },
);

inWorld('A key that is set and removed is followed', async (world) => {
  await world.providers.health.check(never);
  world.key = 'a key';
  world.keyChanged();
  const health = await world.until(({ claude }) => claude === 'ready');
  assert.equal(candidateOf(health, 'claude-opus-5-5').state, 'ready');
  world.key = undefined;
  world.keyChanged();
  await world.until(({ claude }) => claude === 'noKey');
});

inWorld('Offline, Claude is offline and this machine is not', async (world) => {
  world.online = false;
  const health = await world.providers.health.check(never);
  assert.equal(health.claude, 'offline');
  assert.equal(candidateOf(health, 'claude-sonnet-5-5').state, 'offline');
  assert.equal(candidateOf(health, small).state, 'ready');
});

inWorld(
  'While it loads it is loading, while it answers busy, and then ready with its speed',
  async (world) => {
    const { providers, server } = world;
    const model = candidateOf(await providers.health.check(never), small).model;
    const loading = server.hold('load');
    const asked = ask(world, model);
    await loading.reached;
    await world.until(({ local }) => local === 'loading');
    const writing = server.hold('token', { afterTokens: 1 });
    loading.release();
    await asked;
    const again = ask(world, candidateOf(providers.health.current(), small).model);
    await writing.reached;
    const busy = await world.until(({ local }) => local === 'busy');
    assert.equal(candidateOf(busy, small).busy, true);
    assert.equal(candidateOf(busy, small).model.loaded?.contextTokens, 4_096);
    writing.release();
    await again;
    const ready = await world.until(({ local }) => local === 'ready');
    assert.equal(candidateOf(ready, small).busy, false);
  },
);

inWorld('A server that dies and comes back is followed without a question', async (world) => {
  await world.providers.health.check(never);
  await world.server.crash();
  const gone = await world.until(({ local }) => local === 'unreachable');
  assert.equal(candidateOf(gone, small).state, 'unreachable');
  await world.server.restart();
  const back = await world.until(({ local }) => local === 'ready');
  assert.equal(candidateOf(back, small).state, 'ready');
});

inWorld('A kept connection that breaks is asked about once more before anybody is told', async (world) => {
  const { health } = world.providers;
  await health.check(never);
  const told: string[] = [];
  const listening = health.onDidChange(({ local }) => told.push(local));
  const { arrivals } = world.server;
  // As a connection that was lost: nothing tells yet whether the server is.
  const lost = { how: 'status', status: 499, body: { error: 'closed' } } as const;
  const arrival = await world.server.fail(lost, { on: '/api/version' }).reached;
  await arrivals.waitFor('/api/version', arrivals.to('/api/version').indexOf(arrival) + 3);
  listening.dispose();
  assert.deepEqual(told, []);
});

inWorld('Breakers that opened while it was gone close when it is back', async (world) => {
  const { providers, server } = world;
  const model = candidateOf(await providers.health.check(never), small).model;
  await server.crash();
  for (let times = 0; times < 5; times++) await ask(world, model);
  assert.equal(providers.health.current().local, 'unreachable');
  await server.restart();
  const back = await world.until(({ local }) => local === 'ready');
  assert.equal(candidateOf(back, small).state, 'ready');
  assert.equal((await ask(world, model)).end, 'complete');
});

inWorld('A model that does not load is failing although the server answers every ping', async (world) => {
  const { providers, server } = world;
  const model = candidateOf(await providers.health.check(never), small).model;
  server.fail(ollamaFaults.loadFails('not enough memory'), { times: 2 });
  await ask(world, model);
  await ask(world, model);
  const health = await providers.health.check(never);
  assert.equal(candidateOf(health, small).state, 'failing');
  assert.equal(candidateOf(health, 'codellama:13b').state, 'ready');
  assert.deepEqual(
    health.lastErrors.map(({ model: name, failure }) => [name, failure.code]),
    [[small, 'modelLoadFailed']],
  );
});

inWorld('An answer takes the last error of its model away', async (world) => {
  const { providers, server } = world;
  const model = candidateOf(await providers.health.check(never), small).model;
  server.fail(ollamaFaults.loadFails());
  await ask(world, model);
  assert.equal(providers.health.current().lastErrors.length, 1);
  await ask(world, model);
  assert.equal(providers.health.current().lastErrors.length, 0);
});

inWorld('Listeners hear real changes only', async (world) => {
  const { providers, server } = world;
  await providers.health.check(never);
  let heard = 0;
  const listening = providers.health.onDidChange(() => {
    heard += 1;
  });
  await server.arrivals.waitFor('/api/version', 8);
  assert.equal(heard, 0);
  listening.dispose();
  server.install('qwen2.5-coder:7b');
  await providers.health.check(never);
  assert.equal(heard, 0);
  assert.ok(candidateOf(providers.health.current(), 'qwen2.5-coder:7b'));
});

inWorld('Nobody is asked in the background once nobody listens', async (world) => {
  const { providers, server } = world;
  const listening = providers.health.onDidChange(() => {});
  await server.arrivals.waitFor('/api/tags', 1);
  listening.dispose();
  const answered = server.requests.length;
  await new Promise((resolve) => setTimeout(resolve, 120));
  assert.ok(server.requests.length <= answered + 3, 'at most the question that was under way');
});

inWorld('A tool call that was proved on this machine is remembered for that model alone', async (world) => {
  const { health } = world.providers;
  const { model } = candidateOf(await health.check(never), small);
  const result = { kind: 'tools', model: model.id, digest: model.digest, host: model.host, at: 1 } as const;
  health.learn({ probes: [{ ...result, passed: true, steps: [] }] });
  assert.equal(candidateOf(health.current(), small).toolsProven, true);
  assert.equal(candidateOf(health.current(), 'codellama:13b').toolsProven, false);
});

inWorld(
  'Whether a model chats is told by its template, and by what a probe found where that is known',
  async ({ providers: { health } }) => {
    const known = await health.check(never);
    const chats = (name: string, now = health.current()) => candidateOf(now, name).chatProven;
    assert.deepEqual([chats('chat:7b', known), chats('bare:7b', known)], [true, false]);
    const { model } = candidateOf(known, 'bare:7b');
    const found = { model: model.id, digest: model.digest, host: model.host, steps: [] };
    health.learn({ probes: [{ ...found, kind: 'tools', at: 1, passed: true }] });
    assert.equal(chats('bare:7b'), true, 'who calls tools follows a chat');
    health.learn({ probes: [{ ...found, kind: 'chat', at: 2, passed: false }] });
    assert.equal(chats('bare:7b'), false);
    health.learn({ probes: [{ ...found, kind: 'chat', at: 1, passed: true }] });
    assert.equal(chats('bare:7b'), false, 'the later result counts');
    const elsewhere = { ...found, host: 'gpu.lan:11434' };
    health.learn({ probes: [{ ...elsewhere, kind: 'chat', at: 9, passed: true }] });
    assert.equal(chats('bare:7b'), false, 'another host says nothing of this one');
  },
  { models: ['chat:7b', { name: 'bare:7b', template: '{{ .Prompt }}' }] },
);

inWorld(
  'The window that a request needs decides what fits, and models that answer somebody keep their place',
  async ({ providers: { health, ollama } }) => {
    const known = await health.check(never);
    const fits = (name: string, needTokens: number) =>
      candidateOf({ ...known, candidates: health.fitting(health.current().candidates, needTokens) }, name)
        .fitsMemory;
    assert.deepEqual([fits('a:7b', 2_000), fits('a:7b', 30_000)], [true, false]);
    const loading = health.serving(candidateOf(known, 'b:7b').model, true);
    await ollama.load('b:7b', never);
    loading.dispose();
    await health.check(never);
    assert.equal(fits('a:7b', 2_000), true, 'an idle one makes room');
    assert.equal(health.fitsBeside(candidateOf(health.current(), 'a:7b').model), false);
    const serving = health.serving(candidateOf(health.current(), 'b:7b').model);
    assert.equal(fits('a:7b', 2_000), false);
    serving.dispose();
    assert.equal(fits('a:7b', 2_000), true);
  },
  {
    models: ['a:7b', 'b:7b'].map((name) => ({ name, sizeBytes: 4e9, contextLength: 65_536 })),
  },
);

inWorld('A change of host in the settings is followed', async (world) => {
  const other = await startOllama({ models: ['codegemma:7b'] });
  try {
    await world.providers.health.check(never);
    world.policy = basicPolicy(other.url);
    const health = await world.until(({ candidates }) =>
      candidates.some(({ model }) => model.id.name === 'codegemma:7b'),
    );
    assert.equal(
      health.candidates.some(({ model }) => model.id.name === small),
      false,
    );
  } finally {
    await other.close();
  }
});

inWorld('A server that answers nothing any more is unreachable, though its port is open', async (world) => {
  await world.providers.health.check(never);
  const hold = { how: 'hold', at: 'arrival' } as const;
  const held = world.server.fail(hold, { on: '/api/version', times: Number.POSITIVE_INFINITY });
  const list = world.server.fail(hold, { on: '/api/tags', times: Number.POSITIVE_INFINITY });
  await world.until(({ local }) => local === 'unreachable');
  for (const each of [held, list]) {
    each.remove();
    each.release();
  }
  await world.until(({ local }) => local === 'ready');
});

for (const [what, change] of [
  ['offline', { offline: true }],
  ['local only', { mode: 'localOnly' }],
] as const)
  inWorld(`Where the policy says ${what}, not even Claude's list is asked for`, async (world) => {
    const anthropic = await startAnthropic();
    try {
      world.key = anthropic.key;
      world.policy = claudeAt(world, anthropic.url, change);
      await world.providers.health.check(never);
      world.policy = claudeAt(world, anthropic.url, {});
      await world.providers.health.check(never);
      await anthropic.arrivals.waitFor('/v1/models');
      assert.equal(anthropic.requests.length, 1);
    } finally {
      await anthropic.close();
    }
  });

inWorld('A key that Anthropic refuses is told, until another one is set', async (world) => {
  const anthropic = await startAnthropic({ key: 'the right one' });
  try {
    world.policy = claudeAt(world, anthropic.url, {});
    world.key = 'a-wrong-one';
    await world.providers.health.check(never);
    const failing = await world.until(({ claude }) => claude === 'failing');
    assert.equal(
      candidateOf(failing, 'claude-sonnet-5-5').state,
      'ready',
      'asking says what is wrong with the key',
    );
    world.key = 'another-one';
    world.keyChanged();
    await world.until(({ claude }) => claude === 'ready');
  } finally {
    await anthropic.close();
  }
});

function claudeAt(world: World, baseUrl: string, change: Partial<Policy>): Policy {
  const policy = basicPolicy(world.server.url);
  return { ...policy, claude: { ...policy.claude, baseUrl }, ...change };
}

test('Offline, a host of the network is not even asked whether it is there', async () => {
  const asked: string[] = [];
  const policy = { ...basicPolicy('http://gpu.example:11434'), offline: true };
  const providers = createProviders({
    policy: () => policy,
    clock: { now: Date.now, monotonic: () => performance.now(), sleep: async () => {} },
    secrets: { claudeKey: async () => undefined, onDidChange: () => ({ dispose: () => {} }) },
    online: () => true,
    practice: false,
    probeEveryMs: 5,
    fetch: async (input) => {
      asked.push(String(input));
      throw new TypeError('fetch failed');
    },
  });
  const listening = providers.health.onDidChange(() => {});
  assert.equal((await providers.health.check(never)).local, 'unreachable');
  await new Promise((resolve) => setTimeout(resolve, 40));
  listening.dispose();
  await providers.close();
  assert.deepEqual(asked, []);
});
