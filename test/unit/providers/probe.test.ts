import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probeModel } from '../../../src/providers/probe.ts';
import type { Clock } from '../../../src/vocabulary/ports.ts';
import { type ProbeKind, type ProbeResult, probeSteps } from '../../../src/vocabulary/probe.ts';
import type { Quality } from '../../servers/answers/spoil.ts';
import { ollamaFaults } from '../../servers/ollama.ts';
import { never, thrownBy, told } from './asking.ts';
import { onServer, type Playing } from './onOllama.ts';

const tooler = 'qwen2.5-coder:7b';

/** A clock whose sleeps last until the test ends them. */
function heldClock() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const clock: Clock = {
    now: () => 1_000,
    monotonic: () => performance.now(),
    sleep: (_ms, signal) =>
      Promise.race([
        promise,
        new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true })),
      ]),
  };
  return { clock, timeIsUp: resolve };
}

async function probed(
  at: Playing,
  kind: ProbeKind,
  { name = tooler, clock = heldClock().clock, signal = never } = {},
): Promise<ProbeResult> {
  const parts = {
    provider: at.ollama,
    clock,
    permit: async (composed: Parameters<Parameters<typeof probeModel>[2]['permit']>[0]) =>
      ({ boundary: 'machine', composed }) as const,
  };
  const steps = probeModel(await at.model(name), kind, parts, signal);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

const findings = ({ steps }: ProbeResult) => steps.map(({ step, finding }) => `${step} ${finding}`);
const playing = (quality: Quality) => ({ models: [{ name: tooler, quality }] });

for (const kind of ['tools', 'chat'] as const)
  onServer(
    `A model that does as it should passes the probe of ${kind}`,
    async (at) => {
      const result = await probed(at, kind);
      assert.equal(result.passed, true, JSON.stringify(result.steps));
      assert.equal(result.steps.length, probeSteps[kind].length);
      const { digest, host } = await at.model(tooler);
      assert.deepEqual(
        [result.kind, result.model.name, result.digest, result.host, result.at],
        [kind, tooler, digest, host, 1_000],
      );
    },
    playing('good'),
  );

onServer(
  'Each question is sent the same way: no chance, few tokens, the window that is there',
  async (at) => {
    await probed(at, 'tools');
    const sent = at.server.arrivals.to('/api/chat').map(({ body }) => JSON.parse(String(body)));
    assert.equal(sent.length, 5);
    for (const { options } of sent) {
      assert.deepEqual([options.temperature, options.seed, options.num_ctx], [0, 1, 4_096]);
      assert.ok(options.num_predict <= 128);
    }
  },
  playing('good'),
);

onServer(
  'Calls that come as text are not calls',
  async (at) => {
    const result = await probed(at, 'tools');
    assert.equal(result.passed, false);
    assert.deepEqual(findings(result).slice(0, 3), [
      'oneTool callAsText',
      'chooseTool callAsText',
      'typedArguments callAsText',
    ]);
  },
  playing('callAsText'),
);

onServer(
  'A number that comes as text is a wrong argument, though all else is right',
  async (at) => {
    const result = await probed(at, 'tools');
    assert.equal(result.passed, false);
    assert.deepEqual(findings(result), [
      'oneTool passed',
      'chooseTool passed',
      'typedArguments wrongArguments',
      'noCall passed',
      'useResult passed',
    ]);
  },
  playing('textArguments'),
);

onServer(
  'A call where none is needed fails',
  async (at) => {
    const result = await probed(at, 'tools');
    assert.equal(result.passed, false);
    assert.ok(findings(result).includes('noCall needlessCall'));
  },
  playing('needlessCall'),
);

onServer(
  'A base model goes on after its answer, and does not follow a chat',
  async (at) => {
    const result = await probed(at, 'chat');
    assert.equal(result.passed, false);
    assert.deepEqual(findings(result), ['oneWord doesNotEnd', 'repeat doesNotEnd', 'recall doesNotEnd']);
  },
  playing('endless'),
);

onServer(
  'A model that dies in the probe has failed it, and is not asked on',
  async (at) => {
    const fault = ollamaFaults.engineCrash(3);
    at.server.fail(fault, { times: Number.POSITIVE_INFINITY });
    const result = await probed(at, 'chat');
    assert.equal(result.passed, false);
    assert.deepEqual(findings(result), ['oneWord failed']);
  },
  playing('good'),
);

onServer(
  'An answer that its server could make nothing of is the model’s failure, and the rest is asked',
  async (at) => {
    at.server.fail({ how: 'end', afterTokens: 0 });
    const result = await probed(at, 'tools');
    assert.equal(result.passed, false);
    assert.deepEqual(findings(result), [
      'oneTool failed',
      'chooseTool passed',
      'typedArguments passed',
      'noCall passed',
      'useResult passed',
    ]);
  },
  playing('good'),
);

onServer(
  'A model that hangs is given up when the time is up, and its connection is closed',
  async (at) => {
    const { clock, timeIsUp } = heldClock();
    const held = at.server.hold('token', { afterTokens: 0 });
    const running = probed(at, 'tools', { clock });
    const arrival = await held.reached;
    timeIsUp();
    const result = await running;
    await at.server.arrivals.ended(arrival);
    assert.equal(result.passed, false);
    assert.deepEqual(findings(result), ['oneTool timedOut']);
  },
  playing('good'),
);

onServer(
  'A cancelled probe throws the reason at once, and has no result',
  async (at) => {
    const stop = new AbortController();
    const held = at.server.hold('prompt');
    const running = thrownBy(probed(at, 'tools', { signal: stop.signal }));
    const arrival = await held.reached;
    stop.abort('a request goes first');
    assert.equal(await running, 'a request goes first');
    await at.server.arrivals.ended(arrival);
  },
  playing('good'),
);

onServer(
  'A server that is away says nothing of its model',
  async (at) => {
    const known = await at.model(tooler);
    await at.server.crash();
    const steps = probeModel(
      known,
      'chat',
      {
        provider: at.ollama,
        clock: heldClock().clock,
        permit: async (composed) => ({ boundary: 'machine', composed }),
      },
      never,
    );
    await steps.next();
    assert.match(String(told(await thrownBy(steps.next()))), /^(?:cut again|ollamaUnreachable elsewhere)$/);
  },
  playing('good'),
);

test('Every question of both probes is named in the vocabulary, in its order', async () => {
  const { questions } = await import('../../../src/providers/probeQuestions.ts');
  for (const kind of ['tools', 'chat'] as const)
    assert.deepEqual(
      questions[kind].map(({ step }) => step),
      probeSteps[kind],
    );
});
