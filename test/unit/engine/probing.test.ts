import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Probing } from '../../../src/engine/probing.ts';
import { policyOf } from '../../../src/platform/policyOf.ts';
import { createProviders } from '../../../src/providers/providers.ts';
import type { Considered } from '../../../src/vocabulary/decision.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';
import type { Clock } from '../../../src/vocabulary/ports.ts';
import type { ProbeEvent, ProbeResult } from '../../../src/vocabulary/probe.ts';
import type { Reason } from '../../../src/vocabulary/reason.ts';
import { type OllamaOptions, type OllamaServer, startOllama } from '../../servers/ollama.ts';

const never = new AbortController().signal;
const tooler = 'qwen2.5-coder:7b';

/** Time that passes at once where somebody waits for quiet; the long sleeps of a probe last as long as it does. */
function skippingClock(): { readonly clock: Clock; timeIsUp(): void } {
  let skipped = 0;
  const { promise: up, resolve: timeIsUp } = Promise.withResolvers<void>();
  const clock: Clock = {
    now: () => Date.now() + skipped,
    monotonic: () => performance.now() + skipped,
    sleep: async (ms, signal) => {
      if (ms <= 3_000) {
        await new Promise((resolve) => setImmediate(resolve));
        skipped += ms;
        return;
      }
      if (signal.aborted) return;
      const aborted = new Promise<void>((done) =>
        signal.addEventListener('abort', () => done(), { once: true }),
      );
      await Promise.race([aborted, up]);
    },
  };
  return { clock, timeIsUp };
}

interface World {
  readonly server: OllamaServer;
  readonly probing: Probing;
  readonly kept: ProbeResult[];
  /** Ends the sleeps that are long. */
  timeIsUp(): void;
  candidate(name?: string): Candidate;
  look(): Promise<void>;
  load(name: string): Promise<void>;
  /** Resolves once a result of this model is known. */
  known(name?: string): Promise<boolean>;
}

function inWorld(name: string, run: (world: World) => Promise<void>, options: OllamaOptions = {}): void {
  test(name, async () => {
    const server = await startOllama({ models: [tooler], ...options });
    const policy = policyOf(
      (setting) => ({ user: setting === 'maia.ollama.host' ? server.url : undefined }),
      {},
    );
    const providers = createProviders({
      policy: () => policy,
      clock: { now: Date.now, monotonic: () => performance.now(), sleep: async () => undefined },
      secrets: { claudeKey: async () => undefined, onDidChange: () => ({ dispose: () => undefined }) },
      online: () => true,
      practice: false,
      machineMemoryBytes: 16 * 2 ** 30,
      resilience: { firstWaitMs: 1 },
    });
    const { health } = providers;
    const kept: ProbeResult[] = [];
    const told = new Set<() => void>();
    const ending = new AbortController();
    const { clock, timeIsUp } = skippingClock();
    const probing = new Probing({
      local: providers.ollama,
      health,
      ledger: {
        async probed(result) {
          kept.push(result);
          for (const look of told) look();
        },
        egress: async () => undefined,
      },
      privacy: { permit: () => Promise.reject(new Error('nothing here leaves the machine')) },
      policy: () => policy,
      clock,
      ledgerFailed: () => undefined,
      ending: ending.signal,
    });
    const candidate = (model = tooler): Candidate => {
      const found = health.current().candidates.find((one) => one.model.id.name === model);
      assert.ok(found, `${model} is a candidate`);
      return found;
    };
    try {
      await health.check(never);
      await run({
        server,
        probing,
        kept,
        timeIsUp,
        candidate,
        look: async () => void (await health.check(never)),
        async load(model) {
          const serving = health.serving(candidate(model).model, true);
          await providers.ollama.load(model, never);
          serving.dispose();
        },
        known: (model = tooler) =>
          new Promise((resolve) => {
            const look = () => {
              const result = kept.find((one) => one.model.name === model);
              if (result) resolve(result.passed);
            };
            told.add(look);
            look();
          }),
      });
    } finally {
      ending.abort(new DOMException('over', 'AbortError'));
      await providers.close();
      await server.close();
    }
  });
}

function removed({ model }: Candidate, code: 'toolsNotProven' | 'chatNotProven'): Considered {
  const removedBy: Reason = { code, params: { model: model.id.name } };
  return { model: model.id, route: model.route, removedBy };
}

/** Loads a model as Maia does. */
async function warm({ load, look }: World, name = tooler): Promise<void> {
  await load(name);
  await look();
}

const chats = ({ server }: World) =>
  server.arrivals
    .to('/api/chat')
    .filter((one) => (one.json() as { messages: unknown[] }).messages.length > 0);

async function all(events: AsyncIterable<ProbeEvent>, seen: (event: ProbeEvent) => void = () => undefined) {
  const list: ProbeEvent[] = [];
  for await (const event of events) {
    list.push(event);
    seen(event);
  }
  return list;
}

inWorld('A model that a request lacked is probed once all is quiet, and is proven then', async (world) => {
  await warm(world);
  const { probing, candidate, known } = world;
  assert.equal(candidate().toolsProven, false);
  const request = probing.request();
  probing.lacked([removed(candidate(), 'toolsNotProven')], [candidate()]);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(chats(world).length, 0, 'not while a request is answered');
  request.dispose();
  assert.equal(await known(), true);
  assert.equal(candidate().toolsProven, true);
  assert.equal(chats(world).length, 5);
  // What is known is not asked again.
  probing.lacked([removed(candidate(), 'toolsNotProven')], [candidate()]);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(chats(world).length, 5);
});

inWorld('A request ends the probe that runs, and it begins anew afterwards', async (world) => {
  await warm(world);
  const { probing, candidate, known, server } = world;
  const held = server.hold('token', { afterTokens: 0 });
  probing.lacked([removed(candidate(), 'toolsNotProven')], [candidate()]);
  const arrival = await held.reached;
  const request = probing.request();
  await server.arrivals.ended(arrival);
  assert.equal(world.kept.length, 0);
  request.dispose();
  assert.equal(await known(), true);
  assert.equal(chats(world).length, 6);
});

inWorld('A model that does not load is not tried again with every request', async (world) => {
  const { probing, candidate, server } = world;
  server.failLoads('error: not enough memory');
  const loads = () => server.arrivals.to('/api/chat').length + server.arrivals.to('/api/generate').length;
  const lacked = async () => {
    probing.lacked([removed(candidate(), 'toolsNotProven')], [candidate()]);
    await new Promise((resolve) => setTimeout(resolve, 60));
  };
  await lacked();
  const tried = loads();
  assert.ok(tried > 0);
  await lacked();
  assert.equal(loads(), tried);
  server.failLoads(undefined);
  await all(probing.probe(tooler, 'tools', never));
  assert.equal(candidate().toolsProven, true, 'the user may ask for it at any time');
});

inWorld(
  'A cold model is loaded for a probe only where it puts nothing out of memory',
  async (world) => {
    const { probing, candidate, server } = world;
    await warm(world, 'phi4:14b');
    probing.lacked([removed(candidate(), 'toolsNotProven')], [candidate()]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.deepEqual(server.loaded(), ['phi4:14b'], 'both would be more than 80 % of 16 GiB');
    await fetch(`${server.url}/api/chat`, {
      method: 'POST',
      body: JSON.stringify({ model: 'phi4:14b', messages: [], keep_alive: 0 }),
    });
    await world.look();
    probing.lacked([removed(candidate(), 'toolsNotProven')], [candidate()]);
    assert.equal(await world.known(), true);
    assert.deepEqual(server.loaded(), [tooler]);
  },
  { models: [tooler, { name: 'phi4:14b', sizeBytes: 9.1e9 }] },
);

inWorld(
  'Of several cold models one is tried, the one that is likeliest to do',
  async (world) => {
    const { probing, candidate, server } = world;
    const both = [candidate('a:7b'), candidate('b:7b')];
    const bound = (value: number) => ({
      prior: value,
      known: true,
      passed: 0,
      failed: 0,
      mean: value,
      bound: value,
    });
    probing.lacked(
      [
        { ...removed(both[0]!, 'toolsNotProven'), quality: bound(0.4) },
        { ...removed(both[1]!, 'toolsNotProven'), quality: bound(0.6) },
      ],
      both,
    );
    await world.known('b:7b');
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.deepEqual(server.loaded(), ['b:7b']);
  },
  {
    models: ['a:7b', 'b:7b'].map((name) => ({ name, capabilities: ['completion', 'tools'], sizeBytes: 1e9 })),
  },
);

inWorld(
  'A base model by its template is not offered, and a probe settles whether it chats',
  async (world) => {
    const base = candidateNames(world);
    assert.deepEqual(base, ['starcoder2:15b false', 'starcoder2:instruct true']);
    await warm(world, 'starcoder2:15b');
    const candidate = world.candidate('starcoder2:15b');
    world.probing.lacked([removed(candidate, 'chatNotProven')], [candidate]);
    assert.equal(await world.known('starcoder2:15b'), false);
    assert.equal(world.candidate('starcoder2:15b').chatProven, false);
  },
  {
    models: [
      { name: 'starcoder2:15b', template: '{{ .Prompt }}', quality: 'endless' },
      { name: 'starcoder2:instruct', template: '### Instruction\n{{ .Prompt }}\n### Response\n' },
    ],
  },
);

inWorld(
  'A base model by its template that follows the chat of a probe is offered',
  async (world) => {
    await warm(world, 'base:7b');
    const candidate = world.candidate('base:7b');
    assert.equal(candidate.chatProven, false);
    world.probing.lacked([removed(candidate, 'chatNotProven')], [candidate]);
    assert.equal(await world.known('base:7b'), true);
    assert.equal(world.candidate('base:7b').chatProven, true);
  },
  { models: [{ name: 'base:7b', template: '{{ .Prompt }}' }] },
);

inWorld(
  'At the user’s word it loads, tells each step, and is remembered whatever came out',
  async (world) => {
    const events = await all(world.probing.probe(tooler, 'tools', never));
    assert.deepEqual(
      events.map((event) => (event.type === 'asking' ? `${event.step} ${event.at}/${event.of}` : event.type)),
      [
        'loading',
        'oneTool 1/5',
        'chooseTool 2/5',
        'typedArguments 3/5',
        'noCall 4/5',
        'useResult 5/5',
        'done',
      ],
    );
    const last = events.at(-1);
    assert.ok(last?.type === 'done' && last.result.ok && !last.result.value.passed);
    assert.equal(world.kept.length, 1);
    assert.equal(world.candidate().toolsProven, false);
  },
  { models: [{ name: tooler, quality: 'callAsText' }] },
);

inWorld('At the user’s word it still gives way to a request, and begins anew', async (world) => {
  await warm(world);
  const { probing, server } = world;
  const held = server.hold('token', { afterTokens: 0 });
  const running = all(probing.probe(tooler, 'tools', never));
  await held.reached;
  const request = probing.request();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(chats(world).length, 1);
  request.dispose();
  const events = await running;
  assert.equal(events.at(-1)?.type, 'done');
  assert.ok(events.some(({ type }) => type === 'waiting'));
  assert.equal(world.kept[0]?.passed, true);
});

inWorld('A cancelled probe stops at once, throws the reason and keeps nothing', async (world) => {
  await warm(world);
  const stop = new AbortController();
  const held = world.server.hold('prompt');
  const running = all(world.probing.probe(tooler, 'tools', stop.signal));
  const arrival = await held.reached;
  stop.abort(new DOMException('cancelled by the test', 'AbortError'));
  await assert.rejects(running, /cancelled by the test/);
  await world.server.arrivals.ended(arrival);
  assert.equal(world.kept.length, 0);
});

inWorld(
  'What can’t be probed says why',
  async ({ probing }) => {
    const failure = async (name: string, kind: 'tools' | 'chat') => {
      const last = (await all(probing.probe(name, kind, never))).at(-1);
      return last?.type === 'done' && !last.result.ok ? last.result.failure.code : undefined;
    };
    assert.equal(await failure('nobody:1b', 'tools'), 'modelMissing');
    assert.equal(await failure('codellama:13b', 'tools'), 'modelLacks');
    assert.equal(await failure('nomic-embed-text', 'chat'), 'modelMissing');
    assert.equal(await failure('nomic-embed-text:latest', 'chat'), 'modelLacks');
  },
  { models: ['codellama:13b', 'nomic-embed-text'] },
);

function candidateNames({ candidate }: World): string[] {
  return ['starcoder2:15b', 'starcoder2:instruct'].map((name) => `${name} ${candidate(name).chatProven}`);
}

inWorld('Two that somebody waits for are tried one after the other', async (world) => {
  await warm(world);
  const { probing, server } = world;
  const held = server.hold('token', { afterTokens: 0 });
  const first = all(probing.probe(tooler, 'tools', never));
  await held.reached;
  const second = all(probing.probe(tooler, 'chat', never));
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(chats(world).length, 1);
  held.release();
  assert.deepEqual([(await first).length, (await second).length], [6, 4]);
  assert.deepEqual(
    world.kept.map(({ kind, passed }) => [kind, passed]),
    [
      ['tools', true],
      ['chat', true],
    ],
  );
  assert.equal(chats(world).length, 8);
});

inWorld('A probe that ran out of time counts for now, and is not kept', async (world) => {
  await warm(world);
  const held = world.server.hold('token', { afterTokens: 0 });
  const running = all(world.probing.probe(tooler, 'tools', never));
  await held.reached;
  world.timeIsUp();
  const last = (await running).at(-1);
  assert.ok(last?.type === 'done' && last.result.ok && !last.result.value.passed);
  assert.deepEqual(last.result.value.steps, [{ step: 'oneTool', finding: 'timedOut' }]);
  assert.equal(world.candidate().toolsProven, false);
  assert.equal(world.kept.length, 0);
});
