import assert from 'node:assert/strict';
import { test as register, type TestContext } from 'node:test';
import { systemClock } from '../../src/platform/node/systemClock.ts';
import { memoryOf } from '../../src/providers/modelMemory.ts';
import { probeModel } from '../../src/providers/probe.ts';
import { passes } from '../../src/providers/probeQuestions.ts';
import type { Clock } from '../../src/vocabulary/ports.ts';
import { type ProbeKind, type ProbeResult, probeSteps } from '../../src/vocabulary/probe.ts';
import { hear, never } from '../unit/providers/asking.ts';
import { asked } from './answerContract.ts';
import type { Subject } from './subject.ts';

/** However busy the machine is, here nothing runs out of time. */
const clock: Clock = {
  ...systemClock,
  sleep: (_ms, signal) =>
    new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
};

/** The probes, on whatever model there is: what comes out is told, and has to be in order whichever it is. */
export function probeContract(
  the: () => Subject,
  skip: string | false,
  notMine: string | false = skip,
): void {
  const test = (name: string, run: (t: TestContext) => Promise<void>) => register(name, { skip }, run);

  async function probed(t: TestContext, name: string, kind: ProbeKind): Promise<ProbeResult> {
    const { ollama, model } = asked(the());
    await ollama.models(never);
    await ollama.load(name, never);
    const permit: Parameters<typeof probeModel>[2]['permit'] = async (composed) => ({
      boundary: 'machine',
      composed,
    });
    const steps = probeModel(await model(name), kind, { provider: ollama, clock, permit }, never);
    const started = performance.now();
    for (;;) {
      const step = await steps.next();
      if (!step.done) continue;
      const { passed, steps: found } = step.value;
      t.diagnostic(
        `${name} ${passed ? 'passes' : 'fails'} the probe of ${kind} in ${Math.round(performance.now() - started)} ms: ${found.map(({ step: at, finding }) => `${at} ${finding}`).join(', ')}`,
      );
      return step.value;
    }
  }

  const inOrder = ({ kind, passed, steps }: ProbeResult) => {
    const names = steps.map(({ step }) => step);
    assert.deepEqual(names, probeSteps[kind].slice(0, names.length));
    const findings = steps.map(({ finding }) => finding);
    assert.equal(passed, passes(kind, findings));
  };

  test('a model that is said to call tools is tried', async (t) => {
    const result = await probed(t, the().toolModel, 'tools');
    inOrder(result);
    assert.equal(result.steps.length, 5);
  });

  test('a model that cannot call tools fails at the first question', async (t) => {
    const result = await probed(t, the().textModel, 'tools');
    inOrder(result);
    assert.deepEqual(result.steps, [{ step: 'oneTool', finding: 'failed' }]);
    assert.equal(result.passed, false);
  });

  test('a model that was taught to chat passes the probe of chat, and its template says so', async (t) => {
    inOrder(await probed(t, the().toolModel, 'chat'));
    const result = await probed(t, the().textModel, 'chat');
    inOrder(result);
    assert.equal(result.passed, true);
    assert.equal((await asked(the()).model(the().textModel)).chatTemplate, true);
  });

  test('the questions load nothing anew: no chance and a seed are no options of the load', async () => {
    const { model, stream, ollama } = asked(the());
    await ollama.load(the().textModel, never);
    const it = await model(the().textModel);
    const heard = await hear(stream(it, 'Say hello.', { fixed: true }));
    const end = heard.events.find((event) => event.type === 'end');
    assert.ok(end && (end.loadMs ?? 0) < 400, `${end?.loadMs} ms of load`);
  });

  test('a loaded model takes about the memory that its description lets expect', async (t) => {
    const { ollama, model } = asked(the());
    const name = the().textModel;
    // Names that share their weights share the place in memory, which goes by the name that came first.
    await ollama.unload(name, never);
    await model(name);
    await ollama.load(name, never);
    const it = await model(name);
    assert.ok(it.loaded);
    const expected = memoryOf(it, it.loaded.contextTokens) ?? 0;
    t.diagnostic(`${it.loaded.memoryBytes} bytes in memory, ${Math.round(expected)} expected`);
    assert.ok(expected > it.loaded.memoryBytes * 0.7);
  });

  register(
    'a base model is told by its template, and fails the probe of chat',
    { skip: skip || notMine },
    async (t) => {
      const { mischief } = the();
      assert.ok(mischief);
      const name = await mischief.makeBase();
      const model = await asked(the()).model(name);
      assert.deepEqual([model.capabilities.chat, model.chatTemplate], [true, false]);
      const result = await probed(t, name, 'chat');
      assert.equal(result.passed, false);
      assert.ok(result.steps.some(({ finding }) => finding === 'doesNotEnd'));
    },
  );
}
