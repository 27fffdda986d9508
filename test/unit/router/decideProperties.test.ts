import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decide } from '../../../src/router/decide.ts';
import { experienceOf, teachers } from '../../../src/router/posterior.ts';
import type { DecisionInput } from '../../../src/router/router.ts';
import { difficultyBands, type Lesson, type Teacher } from '../../../src/vocabulary/experience.ts';
import { type Candidate, type ModelId, sameModel } from '../../../src/vocabulary/model.ts';
import type { Dial, Mode } from '../../../src/vocabulary/policy.ts';
import type { Reason } from '../../../src/vocabulary/reason.ts';
import { tasks } from '../../../src/vocabulary/task.ts';
import { isTrustedHost } from '../../../src/vocabulary/trustedHost.ts';
import { policy } from './candidates.ts';

const names = [
  'codellama:13b',
  'llama3.2:3b',
  'starcoder2:15b',
  'qwen2.5-coder:7b',
  'mystery',
  'mystery:70b',
  'claude-sonnet-5-5',
];
const hosts = ['127.0.0.1:11434', 'gpu.lan:11434', 'other.lan:1', 'api.anthropic.com:443'];

const candidate: fc.Arbitrary<Candidate> = fc
  .record({
    name: fc.constantFrom(...names),
    place: fc.constantFrom('machine', 'network', 'claude', 'cloud'),
    tier: fc.constantFrom('haiku', 'sonnet', 'opus'),
    host: fc.option(fc.constantFrom(...hosts), { nil: undefined }),
    chat: fc.boolean(),
    tools: fc.boolean(),
    images: fc.boolean(),
    contextTokens: fc.constantFrom(0, 2048, 200_000),
    loaded: fc.option(fc.constantFrom(512, 8192), { nil: undefined }),
    state: fc.constantFrom('ready', 'ready', 'ready', 'unreachable', 'noKey', 'failing', 'offline'),
    busy: fc.boolean(),
    fitsMemory: fc.boolean(),
    toolsProven: fc.boolean(),
    chatProven: fc.option(fc.boolean(), { nil: undefined }),
    tokensPerSecond: fc.option(fc.constantFrom(0, 1, 9, 40), { nil: undefined }),
  })
  .map(
    (one): Candidate => ({
      model: {
        id: { provider: one.place === 'claude' ? 'claude' : 'ollama', name: one.name },
        boundary: one.place === 'machine' || one.place === 'network' ? one.place : 'cloud',
        route: one.place === 'claude' ? 'claude' : one.place === 'cloud' ? 'other' : 'local',
        ...(one.place === 'claude' ? { tier: one.tier } : {}),
        ...(one.host === undefined ? {} : { host: one.host }),
        capabilities: { chat: one.chat, tools: one.tools, images: one.images, thinking: false },
        contextTokens: one.contextTokens,
        ...(one.loaded === undefined
          ? {}
          : { loaded: { contextTokens: one.loaded, memoryBytes: 1, gpuBytes: 0 } }),
      },
      state: one.state,
      busy: one.busy,
      fitsMemory: one.fitsMemory,
      toolsProven: one.toolsProven,
      ...(one.chatProven === undefined ? {} : { chatProven: one.chatProven }),
      ...(one.tokensPerSecond === undefined
        ? {}
        : { speed: { firstTokenMs: 1, tokensPerSecond: one.tokensPerSecond, samples: 1 } }),
    }),
  );

const lesson: fc.Arbitrary<Lesson> = fc.record({
  model: fc.record({ provider: fc.constant('ollama' as const), name: fc.constantFrom(...names) }),
  task: fc.constantFrom(...tasks),
  band: fc.constantFrom(...difficultyBands),
  teacher: fc.constantFrom(...(Object.keys(teachers) as Teacher[])),
  at: fc.constantFrom(0, 1e10),
});

const protectionReasons: readonly Reason[] = [
  { code: 'protectedPath', params: { path: '**/.env', boundary: 'cloud' } },
  { code: 'protectedSecret', params: { kind: 'github', boundary: 'cloud' } },
  { code: 'protectedMark', params: { boundary: 'cloud' } },
  { code: 'scanTimeout', params: { boundary: 'cloud' } },
];

const input: fc.Arbitrary<DecisionInput> = fc
  .record({
    candidates: fc
      .array(candidate, { maxLength: 8 })
      .map((all) =>
        all.filter((one, at) => all.findIndex((other) => sameModel(other.model.id, one.model.id)) === at),
      ),
    task: fc.constantFrom(...tasks),
    difficulty: fc.double({ min: 0, max: 1, noNaN: true }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    word: fc.option(
      fc.record(
        {
          route: fc.constantFrom('local' as const, 'claude' as const),
          model: fc.constantFrom(...names, 'absent'),
          tier: fc.constantFrom('haiku' as const, 'sonnet' as const, 'opus' as const),
          said: fc.constantFrom('command' as const, 'prose' as const, 'setting' as const),
        },
        { requiredKeys: ['said'] },
      ),
      { nil: undefined },
    ),
    tools: fc.boolean(),
    images: fc.boolean(),
    promptTokens: fc.constantFrom(0, 500, 5000, 500_000),
    protection: fc.option(fc.subarray([...protectionReasons]), { nil: undefined }),
    mode: fc.constantFrom<Mode>('auto', 'localOnly', 'claudeOnly'),
    offline: fc.boolean(),
    cheapTier: fc.boolean(),
    trustedHosts: fc.subarray(['gpu.lan', 'http://other.lan:1/', 'api.anthropic.com']),
    sticky: fc.option(
      fc.record(
        {
          name: fc.constantFrom(...names),
          task: fc.constantFrom(...tasks),
          inLoop: fc.boolean(),
          stuck: fc.boolean(),
          warmTokens: fc.constantFrom(0, 50_000),
        },
        { requiredKeys: ['name', 'task'] },
      ),
      { nil: undefined },
    ),
    dial: fc.constantFrom<Dial>('economy', 'balanced', 'quality'),
    set: fc.option(fc.constantFrom('local' as const, 'claude' as const), { nil: undefined, freq: 4 }),
    deny: fc.subarray(['codellama*', 'claude*', 'mystery'], { maxLength: 1 }),
    allow: fc.constantFrom<readonly string[]>([], [], [], ['*llama*', 'claude-sonnet-5-5']),
    allowOrigins: fc.constantFrom<readonly string[]>([], [], [], ['US'], ['Meta']),
    budgetSpent: fc.option(fc.constant({ period: 'day' as const, limitUsd: 1 }), { nil: undefined, freq: 4 }),
    costs: fc.boolean(),
    lessons: fc.array(lesson, { maxLength: 12 }),
    streamedMs: fc.constantFrom(0, 15_000, 1e9),
    heldMs: fc.constantFrom(0, 60_000, 1e9),
  })
  .map((one) => ({
    requestId: 'r',
    classification: {
      task: one.task,
      tasks: { [one.task]: 1 },
      difficulty: one.difficulty,
      confidence: one.confidence,
      reasons: [],
    },
    ...(one.word ? { word: one.word } : {}),
    needs: { tools: one.tools, images: one.images, promptTokens: one.promptTokens, outputTokens: 100 },
    protection: { protected: one.protection !== undefined, reasons: one.protection ?? [] },
    candidates: one.candidates,
    experience: experienceOf(one.lessons, 1e10),
    ...(one.budgetSpent ? { budgetSpent: one.budgetSpent } : {}),
    ...(one.costs
      ? { costs: one.candidates.map(({ model }) => ({ model: model.id, usd: { low: 0.01, high: 0.02 } })) }
      : {}),
    policy: policy({
      mode: one.mode,
      dial: one.dial,
      tasks: one.set ? { [one.task]: one.set } : {},
      models: { allow: one.allow, deny: one.deny, allowOrigins: one.allowOrigins, denyOrigins: [] },
      patience: { streamedMs: one.streamedMs, heldMs: one.heldMs },
      offline: one.offline,
      claude: { ...policy().claude, cheapTier: one.cheapTier },
      privacy: { protectedPaths: [], trustedHosts: one.trustedHosts },
    }),
    ...(one.sticky
      ? {
          sticky: {
            model: {
              provider: one.sticky.name.startsWith('claude') ? 'claude' : 'ollama',
              name: one.sticky.name,
            },
            task: one.sticky.task,
            ...(one.sticky.inLoop === undefined ? {} : { inLoop: one.sticky.inLoop }),
            ...(one.sticky.stuck === undefined ? {} : { stuck: one.sticky.stuck }),
            ...(one.sticky.warmTokens === undefined ? {} : { warmTokens: one.sticky.warmTokens }),
          },
        }
      : {}),
  }));

/** The model and everything to fall back on. */
function asked(given: DecisionInput): readonly Candidate[] {
  const result = decide(given);
  if (!result.ok) return [];
  const ids: readonly ModelId[] = [result.decision.model, ...result.decision.chain];
  return ids.map((id) => {
    const found = given.candidates.find((one) => sameModel(one.model.id, id));
    assert.ok(found, 'a model that was no candidate');
    return found;
  });
}

const runs = { numRuns: 2000 };

test('what is protected goes to this machine or to a trusted host of the network alone', () => {
  fc.assert(
    fc.property(input, (given) => {
      if (!given.protection.protected) return;
      for (const { model } of asked(given))
        assert.ok(
          model.boundary === 'machine' ||
            (model.boundary === 'network' && isTrustedHost(model.host, given.policy.privacy.trustedHosts)),
        );
    }),
    runs,
  );
});

test('local only never asks Claude, offline never leaves the machine, Claude only asks nobody else', () => {
  fc.assert(
    fc.property(input, (given) => {
      for (const { model } of asked(given)) {
        if (given.policy.mode === 'localOnly') assert.equal(model.route, 'local');
        if (given.policy.mode === 'claudeOnly') assert.equal(model.route, 'claude');
        if (given.policy.offline) assert.equal(model.boundary, 'machine');
      }
    }),
    runs,
  );
});

test('whoever is asked is able: ready, answers messages, sees images, calls tools, holds the request', () => {
  fc.assert(
    fc.property(input, (given) => {
      for (const { model, state, toolsProven } of asked(given)) {
        assert.equal(state, 'ready');
        assert.ok(model.capabilities.chat);
        if (given.needs.images) assert.ok(model.capabilities.images);
        if (given.needs.tools)
          assert.ok(model.capabilities.tools && (toolsProven || given.word?.model !== undefined));
        if (model.contextTokens > 0) assert.ok(given.needs.promptTokens + 100 <= model.contextTokens);
      }
    }),
    runs,
  );
});

test('Opus and other clouds are asked only by the developer’s word, which nobody but those it names may answer', () => {
  fc.assert(
    fc.property(input, (given) => {
      for (const { model } of asked(given)) {
        const { word } = given;
        if (model.tier === 'opus') assert.ok(word?.tier === 'opus' || word?.model === model.id.name);
        if (model.route === 'other') assert.equal(word?.model, model.id.name);
        if (word?.model !== undefined) assert.equal(model.id.name, word.model);
        if (word?.route !== undefined) assert.equal(model.route, word.route);
      }
    }),
    runs,
  );
});

test('a decision is the same in any order of candidates, names each of them, and crosses process borders', () => {
  fc.assert(
    fc.property(input, fc.infiniteStream(fc.nat()), (given, numbers) => {
      const shuffled = given.candidates
        .map((one) => ({ one, key: numbers.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one);
      const result = decide(given);
      assert.deepEqual(decide({ ...given, candidates: shuffled }), result);
      assert.deepEqual(structuredClone(result), result);
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
      const considered = result.ok ? result.decision.considered : result.considered;
      assert.equal(considered.length, given.candidates.length);
      for (const { model } of given.candidates)
        assert.ok(considered.some((one) => sameModel(one.model, model.id)));
    }),
    runs,
  );
});

test('a chain repeats nobody, and nobody who was removed is asked', () => {
  fc.assert(
    fc.property(input, (given) => {
      const result = decide(given);
      if (!result.ok) return;
      const { model, chain, considered } = result.decision;
      const ids = [model, ...chain].map((id) => `${id.provider}/${id.name}`);
      assert.equal(new Set(ids).size, ids.length);
      for (const id of [model, ...chain])
        assert.equal(considered.find((one) => sameModel(one.model, id))?.removedBy, undefined);
    }),
    runs,
  );
});

test('the same input gives the same decision, also after it was kept and read again', () => {
  fc.assert(
    fc.property(input, (given) => {
      assert.deepEqual(decide(JSON.parse(JSON.stringify(given))), decide(given));
    }),
    runs,
  );
});

test('what the lists forbid and a spent budget hold against any word, switch and conversation', () => {
  fc.assert(
    fc.property(input, (given) => {
      const { allow, deny, allowOrigins } = given.policy.models;
      for (const { model, chatProven } of asked(given)) {
        if (given.word?.model === undefined) assert.notEqual(chatProven, false);
        if (given.budgetSpent) assert.equal(model.route, 'local');
        if (deny.includes('claude*')) assert.ok(!model.id.name.startsWith('claude'));
        if (deny.includes('codellama*')) assert.ok(!model.id.name.startsWith('codellama'));
        if (allow.length > 0) assert.ok(/llama|^claude-sonnet-5-5$/.test(model.id.name));
        if (allowOrigins.length > 0) assert.ok(!/^(?:mystery|qwen)/.test(model.id.name));
      }
    }),
    runs,
  );
});

const routeAt = (given: DecisionInput): string | undefined => {
  const result = decide(given);
  return result.ok ? result.decision.route : undefined;
};

test('a stricter dial never keeps more on the machine', () => {
  fc.assert(
    fc.property(input, (given) => {
      const [economy, balanced, quality] = (['economy', 'balanced', 'quality'] as const).map((dial) =>
        routeAt({ ...given, policy: { ...given.policy, dial } }),
      );
      if (economy === 'claude') assert.equal(balanced, 'claude');
      if (balanced === 'claude') assert.equal(quality, 'claude');
      assert.equal(economy === undefined, quality === undefined);
    }),
    runs,
  );
});

test('what a model passed never sends to Claude what stayed, what it failed never brings back what left', () => {
  fc.assert(
    fc.property(input, fc.array(lesson, { maxLength: 12 }), fc.nat(7), (given, lessons, place) => {
      const one = given.candidates[place % Math.max(1, given.candidates.length)];
      if (!one) return;
      const { id, host } = one.model;
      const { task } = given.classification;
      const more = (teacher: Teacher, band: Lesson['band']): Lesson => ({
        model: id,
        ...(host === undefined ? {} : { host }),
        task,
        band,
        teacher,
        at: 1e10,
      });
      const route = (all: readonly Lesson[]) => routeAt({ ...given, experience: experienceOf(all, 1e10) });
      const before = route(lessons);
      for (const band of difficultyBands) {
        if (before === 'local') assert.equal(route([...lessons, more('passed', band)]), 'local');
        if (before === 'claude') assert.equal(route([...lessons, more('failed', band)]), 'claude');
      }
    }),
    runs,
  );
});
