import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Engine } from '../../../src/engine/engine.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';
import type { ProbeKind } from '../../../src/vocabulary/probe.ts';
import type { Message } from '../../../src/vocabulary/request.ts';
import { startAnthropic } from '../../servers/anthropic.ts';
import { type OllamaOptions, type OllamaServer, startOllama } from '../../servers/ollama.ts';
import { type Rig, requestFor, rigUp, run, vatTarget as target } from './rig.ts';

const never = new AbortController().signal;
const tooler = 'qwen2.5-coder:7b';
const tool = {
  name: 'get_weather',
  description: 'The weather of a city',
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

interface Place {
  readonly ollama: OllamaServer;
  /** An engine on the same ledger each time, as after a restart of the window. */
  start(): Promise<Rig>;
}

function inPlace(name: string, body: (place: Place) => Promise<void>, options: OllamaOptions = {}): void {
  test(name, async () => {
    const home = await mkdtemp(join(tmpdir(), 'maia-machine-'));
    const ollama = await startOllama({ models: [tooler], ...options });
    const claude = await startAnthropic();
    const rigs: Rig[] = [];
    try {
      await body({
        ollama,
        async start() {
          for (const rig of rigs.splice(0)) await rig.engine.dispose();
          const rig = await rigUp({ ollama: ollama.url, claude: claude.url, key: claude.key, home });
          rigs.push(rig);
          return rig;
        },
      });
    } finally {
      for (const rig of rigs) await rig.engine.dispose();
      await ollama.close();
      await claude.close();
      await rm(home, { recursive: true, force: true });
    }
  });
}

function candidateOf(engine: Engine, name = tooler): Candidate {
  const found = engine.health().candidates.find(({ model }) => model.id.name === name);
  assert.ok(found);
  return found;
}

async function probe(engine: Engine, kind: ProbeKind, name = tooler): Promise<boolean> {
  await engine.checkHealth(never);
  for await (const event of engine.probe(name, kind, never))
    if (event.type === 'done') return event.result.ok && event.result.value.passed;
  return false;
}

/** Decides until it comes out so: a ledger that is slow to open is not waited for long. */
async function decided(
  engine: Engine,
  request: Parameters<Engine['decide']>[0],
  holds: (decision: Decision) => boolean,
): Promise<Decision> {
  for (let tries = 0; tries < 100; tries += 1) {
    const result = await engine.decide(request, never);
    if (result.ok && holds(result.value)) return result.value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never came out so');
}

const asksTool = (more: Parameters<typeof requestFor>[1] = {}) =>
  requestFor('what is the weather in Oslo?', { surface: 'picker', tools: [tool], ...more });

inPlace(
  'what a probe found is known after a restart, and tools are trusted from then on',
  async ({ start }) => {
    const before = await start();
    const first = await before.engine.decide(asksTool(), never);
    assert.equal(first.ok && first.value.route, 'claude');
    assert.ok(
      first.ok && first.value.considered.some(({ removedBy }) => removedBy?.code === 'toolsNotProven'),
    );
    assert.equal(await probe(before.engine, 'tools'), true);
    const { engine } = await start();
    const word = { route: 'local', said: 'command' } as const;
    await decided(engine, asksTool({ word }), ({ model }) => model.name === tooler);
    assert.equal(candidateOf(engine).toolsProven, true);
  },
);

inPlace(
  'a model that failed the probe is remembered as such',
  async ({ start, ollama }) => {
    const before = await start();
    assert.equal(await probe(before.engine, 'tools'), false);
    const { engine } = await start();
    await run(engine, asksTool());
    const asked = ollama.arrivals.to('/api/chat').length;
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    assert.equal(ollama.arrivals.to('/api/chat').length, asked, 'nobody probes it again unasked');
  },
  { models: [{ name: tooler, quality: 'callAsText' }] },
);

inPlace(
  'a request with tools goes to Claude, and the model that it lacked is probed afterwards',
  async (place) => {
    const { engine } = await place.start();
    const proven = new Promise<void>((resolve) => {
      const listening = engine.onDidChangeHealth(({ candidates }) => {
        if (!candidates.some(({ model, toolsProven }) => model.id.name === tooler && toolsProven)) return;
        listening.dispose();
        resolve();
      });
    });
    const { outcome } = await run(engine, asksTool());
    assert.equal(outcome.attempts[0]?.route, 'claude');
    assert.equal(place.ollama.arrivals.to('/api/chat').length, 0);
    await proven;
  },
);

inPlace(
  'how fast a model is here is known after a restart',
  async ({ start }) => {
    const before = await start();
    const word = { model: tooler, said: 'prose' as const };
    await run(before.engine, requestFor('explain this', { task: 'explain', target, word }));
    const measured = candidateOf(before.engine).speed;
    assert.ok(measured && measured.tokensPerSecond > 0);
    const { engine } = await start();
    const known = () => candidateOf(engine).speed !== undefined;
    await decided(engine, requestFor('explain this', { task: 'explain', target }), known);
    const kept = candidateOf(engine).speed;
    assert.equal(kept?.samples, 1);
    assert.ok(Math.abs((kept?.tokensPerSecond ?? 0) / measured.tokensPerSecond - 1) < 1e-6);
  },
  { defaults: { tokensPerSecond: 400 } },
);

inPlace(
  'a conversation stays where it was, also after a restart',
  async ({ start }) => {
    const word = { model: 'codellama:13b', said: 'prose' as const };
    const conversation = 'kept';
    const before = await start();
    const { outcome, text } = await run(
      before.engine,
      requestFor('explain this', { task: 'explain', target, word, conversation }),
    );
    assert.equal(outcome.attempts[0]?.model.name, 'codellama:13b');
    const messages: Message[] = [
      { role: 'user', parts: [{ type: 'text', text: 'explain this' }] },
      { role: 'assistant', parts: [{ type: 'text', text }] },
      { role: 'user', parts: [{ type: 'text', text: 'explain that again, shorter' }] },
    ];
    const { engine } = await start();
    const next = await decided(
      engine,
      requestFor('', { task: 'explain', messages, conversation }),
      ({ reasons }) => reasons.some(({ code }) => code === 'sticky'),
    );
    assert.equal(next.model.name, 'codellama:13b');
  },
  { models: ['codellama:13b', tooler, 'llama3.2:3b'] },
);

inPlace(
  'tools that bring nothing new move their loop up to Claude, whole, and it stays there',
  async ({ start }) => {
    const { engine } = await start();
    assert.equal(await probe(engine, 'tools'), true);
    const conversation = 'loop';
    const word = { model: tooler, said: 'prose' as const };
    const begun = await run(engine, asksTool({ conversation, word }));
    assert.equal(begun.outcome.attempts[0]?.model.name, tooler);
    const asked: Message = { role: 'user', parts: [{ type: 'text', text: 'what is the weather in Oslo?' }] };
    const round = (nth: number): Message[] => [
      {
        role: 'assistant',
        parts: [{ type: 'toolCall', callId: `c${nth}`, name: tool.name, input: { city: 'Oslo' } }],
      },
      {
        role: 'user',
        parts: [{ type: 'toolResult', callId: `c${nth}`, name: tool.name, text: 'no such city' }],
      },
    ];
    const after = (rounds: number) =>
      asksTool({
        conversation,
        messages: [asked, ...Array.from({ length: rounds }, (_, nth) => round(nth)).flat()],
      });
    const second = await run(engine, after(2));
    assert.equal(second.outcome.attempts[0]?.model.name, tooler);
    const third = await run(engine, after(3));
    assert.equal(third.outcome.attempts[0]?.route, 'claude');
    assert.ok(third.outcome.decision?.reasons.some(({ code }) => code === 'stuckInLoop'));
    const fourth = await run(engine, after(4));
    assert.equal(fourth.outcome.attempts[0]?.route, 'claude');
    assert.ok(!fourth.outcome.decision?.reasons.some(({ code }) => code === 'stuckInLoop'));
  },
);
