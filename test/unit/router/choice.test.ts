import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { barOf } from '../../../src/router/bars.ts';
import { decide } from '../../../src/router/decide.ts';
import { experienceOf } from '../../../src/router/posterior.ts';
import type { DecisionInput } from '../../../src/router/router.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';
import type { Lesson } from '../../../src/vocabulary/experience.ts';
import type { Candidate } from '../../../src/vocabulary/model.ts';
import type { Budget, Dial } from '../../../src/vocabulary/policy.ts';
import type { Task } from '../../../src/vocabulary/task.ts';
import { allClaude, asking, classified, claude, loaded, local, policy } from './candidates.ts';

function decided(input: DecisionInput): Decision {
  const result = decide(input);
  assert.ok(result.ok, JSON.stringify(result));
  return result.decision;
}

const codes = (decision: Decision) => decision.reasons.map((reason) => reason.code);
const coder = local('qwen2.5-coder:7b', {}, { loaded: loaded(32_768) });
const old = local('codellama:13b', {}, { loaded: loaded(16_384) });
const tiny = local('smollm2:135m', {}, { loaded: loaded(8192) });
const secret = {
  protected: true,
  reasons: [{ code: 'protectedSecret' as const, params: { kind: 'github', boundary: 'cloud' as const } }],
};

function seen(candidate: Candidate, task: Task, teacher: Lesson['teacher'], count: number, band = 'medium') {
  const { id, host } = candidate.model;
  const lessons = Array.from({ length: count }, (_, at) => ({
    model: id,
    ...(host === undefined ? {} : { host }),
    task,
    band: band as Lesson['band'],
    teacher,
    at: 0,
    workspace: `w${at % 3}`,
  }));
  return experienceOf(lessons, 0);
}

const at = (task: Task, difficulty: number) => ({ classification: classified(task, { difficulty }) });

describe('who is good enough', () => {
  test('without any history a good coder does routine work, and says that it is new to it', () => {
    for (const task of [
      'explain',
      'document',
      'tests',
      'generate',
      'fix',
      'edit',
      'commit',
      'chat',
    ] as const) {
      const decision = decided(asking(task, [coder, ...allClaude], at(task, 0.4)));
      assert.equal(decision.route, 'local', task);
      assert.ok(codes(decision).includes('goodEnough'), task);
      assert.ok(codes(decision).includes('newToTask'), task);
    }
  });

  test('a model of 135 million parameters does none, under any dial, and the reason says so', () => {
    for (const dial of ['economy', 'balanced', 'quality'] as const)
      for (const task of ['explain', 'document', 'tests', 'fix', 'review', 'chat'] as const) {
        const decision = decided(
          asking(task, [tiny, ...allClaude], { ...at(task, 0.4), policy: policy({ dial }) }),
        );
        assert.equal(decision.route, 'claude', `${dial} ${task}`);
        assert.equal(decision.reasons[0]?.code, 'notGoodEnough');
        assert.equal(decision.bar, barOf(task, dial));
      }
  });

  test('where Claude can not be asked, the estimate says how far a local answer is good', () => {
    const good = decided(asking('tests', [coder]));
    assert.deepEqual(codes(good).slice(0, 3), ['routineTask', 'goodEnough', 'newToTask']);
    const poor = decided(asking('tests', [tiny]));
    assert.deepEqual(codes(poor).slice(0, 3), ['fallbackToLocal', 'notGoodEnough', 'newToTask']);
    assert.equal(poor.bar, barOf('tests', 'balanced'));
    assert.equal(codes(decided(asking('architecture', [coder])))[0], 'fallbackToLocal');
  });

  test('passed checks bring a task to a model, failed ones and undo take it away', () => {
    const unknown = local('mystery:3b', {}, { loaded: loaded() });
    const ask = (experience: DecisionInput['experience']) =>
      decided(
        asking('tests', [unknown, ...allClaude], { ...at('tests', 0.4), ...(experience && { experience }) }),
      );
    assert.equal(ask(undefined).route, 'claude');
    const learned = ask(seen(unknown, 'tests', 'passed', 6));
    assert.equal(learned.route, 'local');
    assert.ok(!codes(learned).includes('newToTask'));
    const easy = (experience: DecisionInput['experience']) =>
      decided(
        asking('tests', [old, ...allClaude], { ...at('tests', 0.4), ...(experience && { experience }) }),
      ).route;
    assert.equal(easy(undefined), 'local');
    assert.equal(easy(seen(old, 'tests', 'failed', 2)), 'claude');
    assert.equal(easy(seen(old, 'tests', 'askedClaude', 2)), 'claude');
    assert.equal(easy(seen(old, 'fix', 'failed', 9)), 'local');
  });

  test('the dial moves the bar', () => {
    const route = (dial: Dial, difficulty: number) =>
      decided(asking('tests', [old, ...allClaude], { ...at('tests', difficulty), policy: policy({ dial }) }))
        .route;
    assert.deepEqual(
      [route('economy', 0.4), route('balanced', 0.4), route('quality', 0.4)],
      ['local', 'local', 'claude'],
    );
    for (const task of ['tests', 'chat', 'review'] as const)
      assert.ok(
        barOf(task, 'economy') < barOf(task, 'balanced') && barOf(task, 'balanced') < barOf(task, 'quality'),
      );
  });

  test('every candidate shows its quality, its time and its price', () => {
    const costs = [{ model: claude('sonnet').model.id, usd: { low: 0.01, high: 0.02 } }];
    const decision = decided(asking('tests', [coder, tiny, ...allClaude], { costs }));
    for (const one of decision.considered) {
      assert.ok(one.quality && one.time, one.model.name);
      assert.ok(one.quality.bound <= one.quality.mean);
    }
    assert.deepEqual(decision.considered.find(({ model }) => model.name === 'claude-sonnet-5-5')?.usd, {
      low: 0.01,
      high: 0.02,
    });
    assert.match(decision.policyVersion, /^order-2 catalogue-\S+ weights-\S+$/);
  });
});

describe('who is quick enough', () => {
  const slow = (tokensPerSecond: number) =>
    local(
      'qwen2.5-coder:7b',
      { speed: { firstTokenMs: 1, tokensPerSecond, samples: 3 } },
      { loaded: loaded() },
    );

  test('patience is what the user set', () => {
    const route = (streamedMs: number, heldMs: number, task: Task) =>
      decided(
        asking(task, [slow(5), ...allClaude], { policy: policy({ patience: { streamedMs, heldMs } }) }),
      );
    assert.equal(route(15_000, 60_000, 'explain').reasons[0]?.code, 'impatient');
    assert.equal(route(30_000, 60_000, 'explain').route, 'local');
    assert.equal(route(30_000, 60_000, 'tests').route, 'claude');
    assert.equal(route(30_000, 300_000, 'tests').route, 'local');
  });

  test('local only and what is protected wait', () => {
    for (const change of [{ policy: policy({ mode: 'localOnly' }) }, { protection: secret }])
      assert.equal(decided(asking('tests', [slow(1), ...allClaude], change)).route, 'local');
  });

  test('a quicker model that is good enough is taken before Claude', () => {
    const both = [
      slow(2),
      local('codellama:13b', { speed: { firstTokenMs: 1, tokensPerSecond: 60, samples: 3 } }),
    ];
    assert.equal(decided(asking('tests', [...both, ...allClaude])).model.name, 'codellama:13b');
  });

  test('a model behind another request counts as busy', () => {
    const busy = { ...coder, busy: true };
    const idle = local('qwen2.5-coder:14b', {}, { loaded: loaded(), sizeBytes: 5_000_000_000 });
    assert.equal(decided(asking('tests', [coder, idle, ...allClaude])).model.name, 'qwen2.5-coder:7b');
    const decision = decided(asking('tests', [busy, idle, ...allClaude]));
    assert.equal(decision.model.name, 'qwen2.5-coder:14b');
    assert.ok(codes(decision).includes('busy'));
    assert.ok((decided(asking('tests', [busy])).considered[0]?.time?.waitMs ?? 0) > 0);
  });

  test('loaded before cold where quality is near, the better one where it is not', () => {
    const cold = local('qwen2.5-coder:14b', {}, { sizeBytes: 4_700_000_000 });
    assert.equal(decided(asking('tests', [cold, coder, ...allClaude])).model.name, 'qwen2.5-coder:7b');
    const medium = at('tests', 0.4);
    const better = decided(asking('tests', [cold, old, ...allClaude], medium));
    assert.equal(better.model.name, 'qwen2.5-coder:14b');
  });
});

describe('where nobody on this machine is good enough and Claude may not be asked', () => {
  test('the best one does it, however quick a lesser one is', () => {
    const better = local('qwen2.5-coder:7b', {
      speed: { firstTokenMs: 900, tokensPerSecond: 12, samples: 3 },
    });
    const quicker = local('llama3.2:3b', { speed: { firstTokenMs: 90, tokensPerSecond: 90, samples: 3 } });
    const hard = at('architecture', 0.9);
    assert.equal(decided(asking('architecture', [quicker, better], hard)).model.name, 'qwen2.5-coder:7b');
  });
});

describe('the user’s own switches', () => {
  test('a task set to Claude goes there, a task set to local stays, whatever else is thought of it', () => {
    const set = (task: Task, route: 'local' | 'claude', candidates: readonly Candidate[]) =>
      decided(asking(task, candidates, { ...at(task, 0.8), policy: policy({ tasks: { [task]: route } }) }));
    const tests = set('tests', 'claude', [coder, ...allClaude]);
    assert.deepEqual([tests.route, tests.reasons[0]?.code], ['claude', 'taskSetTo']);
    const design = set('architecture', 'local', [tiny, ...allClaude]);
    assert.deepEqual([design.route, design.reasons[0]?.code], ['local', 'taskSetTo']);
    assert.equal(set('tests', 'local', allClaude).route, 'claude');
    assert.equal(set('tests', 'claude', [coder]).route, 'local');
  });

  test('a switch to local is for what surely is that task: what is unclear takes the stronger route', () => {
    const policyOfTests = policy({ tasks: { tests: 'local' } });
    const unsure = { classification: classified('tests', { confidence: 0.3 }), policy: policyOfTests };
    const decision = decided(asking('tests', [coder, ...allClaude], unsure));
    assert.deepEqual([decision.route, decision.reasons[0]?.code], ['claude', 'taskUnsure']);
    assert.equal(decided(asking('tests', [coder], unsure)).route, 'local');
  });

  test('a task set to Claude does not take what is protected there, and the developer’s word beats it', () => {
    const set = policy({ tasks: { tests: 'claude' } });
    assert.equal(
      decided(asking('tests', [coder, ...allClaude], { policy: set, protection: secret })).route,
      'local',
    );
    const word = { route: 'local' as const, said: 'command' as const };
    assert.equal(decided(asking('tests', [coder, ...allClaude], { policy: set, word })).route, 'local');
  });

  test('a model on the deny-list is not asked even by name, nor as a fallback', () => {
    const denied = policy({ models: { ...policy().models, deny: ['codellama*', 'claude-*'] } });
    const decision = decided(asking('tests', [coder, old, ...allClaude], { policy: denied }));
    assert.deepEqual(decision.chain, []);
    const word = { model: 'codellama:13b', said: 'prose' as const };
    const refused = decide(asking('tests', [coder, old], { policy: denied, word }));
    assert.deepEqual(!refused.ok && refused.failure, {
      code: 'nothingLeft',
      params: { because: [{ code: 'modelDenied', params: { model: 'codellama:13b' } }] },
    });
  });

  test('protected security work goes to starcoder2:15b where only its origin is allowed and it chats', () => {
    const origins = policy({ models: { ...policy().models, allowOrigins: ['ServiceNow'] } });
    const star = local('starcoder2:15b', { chatProven: true });
    const ask = (candidates: readonly Candidate[]) =>
      decide(asking('security', candidates, { ...at('security', 0.8), policy: origins, protection: secret }));
    const found = ask([coder, old, star, ...allClaude]);
    assert.equal(found.ok && found.decision.model.name, 'starcoder2:15b');
    const base = ask([coder, old, local('starcoder2:15b', { chatProven: false }), ...allClaude]);
    assert.ok(
      !base.ok &&
        base.failure.code === 'nothingLeft' &&
        base.failure.params.because.some(({ code }) => code === 'chatNotProven'),
    );
  });

  test('under a budget a model that nobody knows the price of is closed, as long as the budget is set', () => {
    const usd = { low: 0.01, high: 0.02 };
    const costs = allClaude.slice(1).map(({ model }) => ({ model: model.id, usd }));
    const unpriced = (budget: Budget) =>
      decided(asking('architecture', [local('old:7b'), ...allClaude], { costs, policy: policy({ budget }) }))
        .considered.filter(({ removedBy }) => removedBy?.code === 'noPrice')
        .map(({ model }) => model.name);
    assert.deepEqual(unpriced({ monthUsd: 5 }), ['claude-haiku-5-5']);
    assert.deepEqual(unpriced({}), []);
  });

  test('a spent budget closes everything paid, the developer’s word too', () => {
    const budgetSpent = { period: 'day' as const, limitUsd: 5 };
    const priced = local('gpt-oss:120b-cloud', {}, { boundary: 'cloud', route: 'other' });
    const decision = decided(asking('architecture', [old, priced, ...allClaude], { budgetSpent }));
    assert.equal(decision.route, 'local');
    assert.deepEqual(
      decision.considered.filter(({ removedBy }) => removedBy?.code === 'budgetSpent').length,
      4,
    );
    const word = { route: 'claude' as const, said: 'command' as const };
    const refused = decide(asking('architecture', [old, ...allClaude], { budgetSpent, word }));
    assert.ok(!refused.ok && refused.failure.code === 'nothingLeft');
    assert.deepEqual(
      !refused.ok && refused.failure.code === 'nothingLeft' && refused.failure.params.because[0],
      { code: 'budgetSpent', params: budgetSpent },
    );
    const only = { ...budgetSpent, models: [claude('opus').model.id] };
    assert.equal(decided(asking('architecture', [old, ...allClaude], { budgetSpent: only })).tier, 'sonnet');
  });

  test('Haiku takes only what is surely routine', () => {
    const cheap = policy({ claude: { ...policy().claude, cheapTier: true } });
    const unsure = { classification: classified('tests', { confidence: 0.3 }), policy: cheap };
    assert.equal(decided(asking('tests', allClaude, unsure)).tier, 'sonnet');
  });
});

describe('a conversation', () => {
  const sonnet = claude('sonnet');
  const kept = { model: old.model.id, task: 'tests' as const };

  test('stays with a model that is not quite good enough for a harder turn, but not after failed checks', () => {
    const harder = { ...at('fix', 0.65), sticky: kept };
    assert.equal(decided(asking('fix', [old, ...allClaude], harder)).route, 'local');
    const failed = { ...harder, experience: seen(old, 'fix', 'failed', 2, 'hard') };
    const moved = decided(asking('fix', [old, ...allClaude], failed));
    assert.deepEqual([moved.route, codes(moved).includes('notGoodEnough')], ['claude', true]);
  });

  test('leaves Claude when the kind of work changes, unless its warm cache costs more to lose', () => {
    const costs = [{ model: sonnet.model.id, usd: { low: 0.012, high: 0.03 } }];
    const sticky = { model: sonnet.model.id, task: 'architecture' as const };
    const ask = (warmTokens: number) =>
      decided(asking('tests', [coder, ...allClaude], { costs, sticky: { ...sticky, warmTokens } }));
    assert.equal(ask(0).route, 'local');
    assert.equal(ask(2_000).route, 'local');
    const stays = ask(60_000);
    assert.equal(stays.model.name, 'claude-sonnet-5-5');
    assert.deepEqual(stays.reasons[0], { code: 'warmCache', params: { tokens: 60_000 } });
    assert.equal(
      decided(asking('tests', [coder, ...allClaude], { sticky: { ...sticky, warmTokens: 60_000 } })).route,
      'local',
    );
  });

  test('goes up once when its tools make no progress, and stays where Claude can not be asked', () => {
    const able = { capabilities: { chat: true, tools: true, images: false, thinking: false } };
    const worker = local('qwen2.5-coder:7b', { toolsProven: true }, able);
    const needs = { tools: true, images: false, promptTokens: 100, outputTokens: 100 };
    const sticky = { model: worker.model.id, task: 'edit' as const, inLoop: true, stuck: true };
    const up = decided(asking('edit', [worker, ...allClaude], { needs, sticky }));
    assert.deepEqual(
      [up.model.name, up.chain, up.reasons[0]?.code],
      ['claude-sonnet-5-5', [], 'stuckInLoop'],
    );
    const there = { ...sticky, model: sonnet.model.id };
    assert.equal(
      decided(asking('edit', [worker, ...allClaude], { needs, sticky: there })).model.name,
      'claude-sonnet-5-5',
    );
    assert.equal(decided(asking('edit', [worker], { needs, sticky })).model.name, 'qwen2.5-coder:7b');
    assert.equal(
      decided(asking('edit', [worker, ...allClaude], { needs, sticky, protection: secret })).route,
      'local',
    );
  });
});
