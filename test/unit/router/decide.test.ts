import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decide } from '../../../src/router/decide.ts';
import type { DecisionInput } from '../../../src/router/router.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';
import type { Failure } from '../../../src/vocabulary/failure.ts';
import { allClaude, asking, classified, claude, loaded, local, policy } from './candidates.ts';

function decided(input: DecisionInput): Decision {
  const result = decide(input);
  assert.ok(result.ok, JSON.stringify(result));
  return result.decision;
}

function refused(input: DecisionInput): Failure {
  const result = decide(input);
  assert.ok(!result.ok, JSON.stringify(result));
  return result.failure;
}

const codes = (decision: Decision) => decision.reasons.map((reason) => reason.code);
const names = (decision: Decision) => decision.chain.map((model) => model.name);
const codellama = local('codellama:13b');
const llama = local('llama3.2:3b');
const secret = {
  protected: true,
  reasons: [{ code: 'protectedSecret' as const, params: { kind: 'github', boundary: 'cloud' as const } }],
};

describe('who takes a request', () => {
  test('a guide goes to codellama:13b where llama3.2:3b is there too, loaded or not', () => {
    const warm = local(
      'llama3.2:3b',
      { speed: { firstTokenMs: 1, tokensPerSecond: 90, samples: 9 } },
      { loaded: loaded() },
    );
    for (const small of [llama, warm]) {
      const decision = decided(asking('prose', [small, codellama, ...allClaude]));
      assert.equal(decision.model.name, 'codellama:13b');
      assert.ok(codes(decision).includes('roleOfModel'));
      assert.deepEqual(names(decision), ['llama3.2:3b', 'claude-sonnet-5-5']);
    }
  });

  test('light work goes to llama3.2:3b, security that must stay to starcoder2:15b', () => {
    const starcoder = local('starcoder2:15b', { chatProven: true });
    const installed = [codellama, llama, starcoder, local('codegemma:7b'), local('phi4:14b')];
    for (const task of ['explain', 'chat', 'commit'] as const)
      assert.equal(decided(asking(task, installed)).model.name, 'llama3.2:3b');
    assert.equal(decided(asking('tests', installed)).model.name, 'codellama:13b');
    assert.equal(decided(asking('security', installed)).model.name, 'starcoder2:15b');
    assert.equal(decided(asking('architecture', installed)).model.name, 'phi4:14b');
  });

  test('routine work stays local, strategic work goes to Sonnet', () => {
    for (const task of [
      'explain',
      'document',
      'tests',
      'prose',
      'generate',
      'commit',
      'shell',
      'chat',
      'edit',
      'fix',
      'review',
    ] as const)
      assert.equal(decided(asking(task, [llama, ...allClaude])).route, 'local', task);
    for (const task of ['architecture', 'security'] as const) {
      const decision = decided(asking(task, [llama, ...allClaude]));
      assert.equal(decision.model.name, 'claude-sonnet-5-5');
      assert.equal(decision.tier, 'sonnet');
      assert.deepEqual(names(decision), ['llama3.2:3b']);
      assert.equal(codes(decision)[0], 'strategicTask');
    }
    const hard = { classification: classified('refactor', { difficulty: 0.8 }) };
    assert.equal(decided(asking('refactor', [codellama, ...allClaude], hard)).route, 'claude');
  });

  test('what is unsure goes to the stronger route, and says so', () => {
    const unsure = { classification: classified('chat', { confidence: 0.35 }) };
    const decision = decided(asking('chat', [llama, ...allClaude], unsure));
    assert.equal(decision.route, 'claude');
    assert.ok(codes(decision).includes('taskUnsure'));
    assert.equal(decided(asking('chat', [llama], unsure)).route, 'local');
  });

  test('among equals: loaded before cold, idle before busy, then the quicker one', () => {
    const speed = (tokensPerSecond: number) => ({ firstTokenMs: 1, tokensPerSecond, samples: 3 });
    const a = 'qwen2.5-coder:7b';
    const b = 'qwen2.5-coder:14b';
    const pick = (...candidates: ReturnType<typeof local>[]) => decided(asking('tests', candidates));
    assert.equal(pick(local(a, {}, { loaded: loaded() }), local(b, { speed: speed(50) })).model.name, a);
    assert.equal(
      pick(local(a, { busy: true }, { loaded: loaded() }), local(b, {}, { loaded: loaded() })).model.name,
      b,
    );
    const quick = pick(local(a, { speed: speed(40) }), local(b, { speed: speed(20) }));
    assert.equal(quick.model.name, a);
    assert.ok(codes(quick).includes('fasterHere'));
    // A window that is too small means loading again.
    const narrow = local(a, { speed: speed(50) }, { loaded: loaded(512) });
    assert.equal(pick(narrow, local(b, { speed: speed(40) }, { loaded: loaded() })).model.name, b);
  });

  test('nine tokens a second explain and document here; tests go to Claude', () => {
    const slow = local('llama3.2:3b', { speed: { firstTokenMs: 800, tokensPerSecond: 9, samples: 1 } });
    assert.equal(decided(asking('explain', [slow, ...allClaude])).route, 'local');
    assert.equal(decided(asking('document', [slow, ...allClaude])).route, 'local');
    const tests = decided(asking('tests', [slow, ...allClaude]));
    assert.equal(tests.route, 'claude');
    assert.deepEqual(tests.reasons[0], {
      code: 'impatient',
      params: { model: 'llama3.2:3b', seconds: 141, patience: 60 },
    });
    assert.equal(decided(asking('tests', [slow])).route, 'local');
    assert.equal(
      decided(asking('tests', [slow, ...allClaude], { policy: policy({ mode: 'localOnly' }) })).route,
      'local',
    );
    assert.equal(decided(asking('tests', [slow, ...allClaude], { protection: secret })).route, 'local');
  });

  test('Haiku takes routine work only where the user allows it, Opus only what it is asked for', () => {
    const cheap = policy({ claude: { ...policy().claude, cheapTier: true } });
    assert.equal(decided(asking('tests', allClaude)).tier, 'sonnet');
    assert.equal(decided(asking('tests', allClaude, { policy: cheap })).tier, 'haiku');
    assert.equal(decided(asking('architecture', allClaude, { policy: cheap })).tier, 'sonnet');
    const word = { route: 'claude' as const, tier: 'opus' as const, said: 'prose' as const };
    assert.equal(decided(asking('tests', allClaude, { word })).tier, 'opus');
  });

  test('a cloud model that Ollama lists is never chosen by itself', () => {
    const cloud = local('gpt-oss:120b-cloud', {}, { boundary: 'cloud', route: 'other' });
    assert.equal(decided(asking('tests', [cloud, llama])).model.name, 'llama3.2:3b');
    assert.deepEqual(names(decided(asking('tests', [cloud, llama]))), []);
    const word = { model: 'gpt-oss:120b-cloud', said: 'prose' as const };
    assert.equal(decided(asking('tests', [cloud, llama], { word })).route, 'other');
    assert.equal(refused(asking('tests', [cloud, llama], { word, protection: secret })).code, 'nothingLeft');
  });
});

describe('what must hold', () => {
  const one: readonly (readonly [string, DecisionInput])[] = [
    [
      'noChat',
      asking('chat', [
        local(
          'nomic-embed-text',
          {},
          { capabilities: { chat: false, tools: false, images: false, thinking: false } },
        ),
        llama,
      ]),
    ],
    ['contextTooLong', asking('chat', [local('tiny', {}, { contextTokens: 1500 }), llama])],
    ['doesNotFitMemory', asking('chat', [local('huge:70b', { fitsMemory: false }), llama])],
    ['providerUnreachable', asking('chat', [local('far', { state: 'unreachable' }), llama])],
    ['providerFailing', asking('chat', [local('ill', { state: 'failing' }), llama])],
    ['noKey', asking('chat', [claude('sonnet', { state: 'noKey' }), llama])],
    ['offline', asking('chat', [claude('sonnet'), llama], { policy: policy({ offline: true }) })],
    ['modeLocalOnly', asking('chat', [claude('sonnet'), llama], { policy: policy({ mode: 'localOnly' }) })],
    ['modeClaudeOnly', asking('chat', [llama, claude('sonnet')], { policy: policy({ mode: 'claudeOnly' }) })],
    ['protectedSecret', asking('architecture', [llama, claude('sonnet')], { protection: secret })],
    [
      'noImages',
      asking('chat', [llama, claude('sonnet')], {
        needs: { tools: false, images: true, promptTokens: 1, outputTokens: 1 },
      }),
    ],
    [
      'noTools',
      asking('chat', [llama, claude('sonnet')], {
        needs: { tools: true, images: false, promptTokens: 1, outputTokens: 1 },
      }),
    ],
  ];
  for (const [code, input] of one)
    test(`${code} removes a candidate, from the chain too`, () => {
      const decision = decided(input);
      const removed = decision.considered.filter(({ removedBy }) => removedBy?.code === code);
      assert.equal(removed.length, 1, JSON.stringify(decision.considered));
      const name = removed[0]?.model.name;
      assert.notEqual(decision.model.name, name);
      assert.ok(!names(decision).includes(name ?? ''));
      assert.equal(decision.considered.length, input.candidates.length);
    });

  test('a model in memory fits it, and a wider window is loaded anew where that fits too', () => {
    const warm = (window: number, fitsMemory: boolean) =>
      asking('chat', [local('huge:70b', { fitsMemory }, { loaded: loaded(window) })]);
    assert.equal(decided(warm(32_768, false)).model.name, 'huge:70b');
    assert.equal(decided(warm(512, true)).model.name, 'huge:70b');
    assert.equal(decide(warm(512, false)).ok, false);
  });

  test('a model that does not follow a chat is left out, unless it is named', () => {
    const base = local('starcoder2:15b', { chatProven: false });
    const decision = decided(asking('chat', [base, ...allClaude]));
    assert.equal(decision.route, 'claude');
    const reasons = decision.considered.map(({ removedBy }) => removedBy?.code);
    assert.ok(reasons.includes('chatNotProven'));
    const word = { model: 'starcoder2:15b', said: 'prose' as const };
    assert.equal(decided(asking('chat', [base, ...allClaude], { word })).model.name, 'starcoder2:15b');
  });

  test('tools go to a local model that has proved them, else to Claude with the reason', () => {
    const needs = { tools: true, images: false, promptTokens: 100, outputTokens: 100 };
    const able = { capabilities: { chat: true, tools: true, images: false, thinking: false } };
    const unproven = local('qwen3:8b', {}, able);
    const proven = local('qwen3:8b', { toolsProven: true }, able);
    assert.equal(decided(asking('edit', [proven, ...allClaude], { needs })).route, 'local');
    const decision = decided(asking('edit', [unproven, ...allClaude], { needs }));
    assert.equal(decision.route, 'claude');
    assert.ok(codes(decision).includes('toolsNeedClaude'));
    const word = { model: 'qwen3:8b', said: 'prose' as const };
    assert.equal(decided(asking('edit', [unproven, ...allClaude], { needs, word })).model.name, 'qwen3:8b');
  });

  test('a trusted host of the network may see what is protected, another one may not', () => {
    const remote = local('codellama:70b', {}, { boundary: 'network', host: 'gpu.lan:11434' });
    const trusting = policy({ privacy: { protectedPaths: [], trustedHosts: ['gpu.lan'] } });
    assert.equal(
      decided(asking('tests', [remote], { protection: secret, policy: trusting })).model.name,
      'codellama:70b',
    );
    assert.deepEqual(refused(asking('tests', [remote], { protection: secret })), {
      code: 'nothingLeft',
      params: { because: [{ code: 'protectedSecret', params: { kind: 'github', boundary: 'network' } }] },
    });
  });
});

describe('the developer’s word', () => {
  test('beats the task, counts as manual, and keeps the fallback to what was asked for', () => {
    const toLocal = decided(
      asking('architecture', [llama, codellama, ...allClaude], { word: { route: 'local', said: 'command' } }),
    );
    assert.equal(toLocal.route, 'local');
    assert.equal(toLocal.manual, true);
    assert.ok(toLocal.chain.every((model) => model.provider === 'ollama'));
    const toClaude = decided(
      asking('chat', [llama, ...allClaude], { word: { route: 'claude', said: 'prose' } }),
    );
    assert.equal(toClaude.tier, 'sonnet');
    assert.deepEqual(toClaude.chain, []);
    assert.equal(toClaude.reasons[0]?.code, 'wordRoute');
  });

  test('pins one model and nothing else', () => {
    const decision = decided(
      asking('chat', [llama, codellama, ...allClaude], { word: { model: 'codellama:13b', said: 'prose' } }),
    );
    assert.equal(decision.model.name, 'codellama:13b');
    assert.deepEqual(decision.chain, []);
    assert.equal(
      decided(asking('chat', [local('mistral:latest')], { word: { model: 'Mistral', said: 'prose' } })).model
        .name,
      'mistral:latest',
    );
  });

  test('keeps the reason that was heard with it', () => {
    const heard = {
      code: 'wordModelNearest' as const,
      params: { asked: 'codellama 34b', model: 'codellama:13b' },
    };
    const decision = decided(
      asking('chat', [codellama], {
        word: { model: 'codellama:13b', said: 'prose' },
        classification: classified('chat', { reasons: [heard] }),
      }),
    );
    assert.deepEqual(decision.reasons[0], heard);
    assert.ok(!codes(decision).includes('wordModel'));
  });

  test('for a model that is not installed fails with those that are', () => {
    assert.deepEqual(
      refused(asking('chat', [llama, ...allClaude], { word: { model: 'mistral 7b', said: 'prose' } })),
      {
        code: 'pinnedModelMissing',
        params: { model: 'mistral 7b', installed: ['llama3.2:3b'] },
      },
    );
  });

  test('is refused with the reason where something must hold', () => {
    const word = { route: 'claude' as const, said: 'command' as const };
    assert.deepEqual(refused(asking('chat', [llama, claude('sonnet')], { word, protection: secret })), {
      code: 'nothingLeft',
      params: { because: [{ code: 'protectedSecret', params: { kind: 'github', boundary: 'cloud' } }] },
    });
    assert.deepEqual(refused(asking('chat', [llama, claude('sonnet', { state: 'noKey' })], { word })), {
      code: 'nothingLeft',
      params: { because: [{ code: 'noKey', params: {} }] },
    });
    assert.deepEqual(
      refused(asking('chat', [llama, claude('sonnet')], { word, policy: policy({ mode: 'localOnly' }) })),
      { code: 'nothingLeft', params: { because: [{ code: 'modeLocalOnly', params: {} }] } },
    );
  });
});

describe('when nobody is left', () => {
  test('says plainly what is missing', () => {
    const noKey = claude('sonnet', { state: 'noKey' });
    assert.equal(refused(asking('chat', [])).code, 'nothingSetUp');
    assert.equal(refused(asking('chat', [noKey])).code, 'nothingSetUp');
    assert.deepEqual(refused(asking('chat', [claude('sonnet')], { policy: policy({ mode: 'localOnly' }) })), {
      code: 'noModelsInstalled',
      params: { host: 'http://127.0.0.1:11434' },
    });
    const protectedOnly = refused(asking('chat', [claude('sonnet')], { protection: secret }));
    assert.equal(protectedOnly.code, 'nothingLeft');
    assert.deepEqual(refused(asking('chat', [], { policy: policy({ mode: 'claudeOnly' }) })), {
      code: 'nothingLeft',
      params: { because: [{ code: 'noKey', params: {} }] },
    });
  });
});

describe('a conversation', () => {
  test('stays with its model while the kind of task stays', () => {
    const sticky = { model: codellama.model.id, task: 'tests' as const };
    const installed = [local('qwen2.5-coder:14b', {}, { loaded: loaded() }), codellama, ...allClaude];
    const stays = decided(asking('fix', installed, { sticky }));
    assert.equal(stays.model.name, 'codellama:13b');
    assert.equal(stays.reasons[0]?.code, 'sticky');
    assert.equal(decided(asking('architecture', installed, { sticky })).route, 'claude');
  });

  test('stays with Claude for routine turns of the same kind, and comes back when the kind changes', () => {
    const sticky = { model: claude('sonnet').model.id, task: 'architecture' as const };
    assert.equal(decided(asking('architecture', [llama, ...allClaude], { sticky })).route, 'claude');
    assert.equal(decided(asking('prose', [codellama, ...allClaude], { sticky })).route, 'local');
  });

  test('does not move to Claude because one turn is unclear', () => {
    const sticky = { model: llama.model.id, task: 'chat' as const };
    const unclear = { sticky, classification: classified('chat', { confidence: 0.3 }) };
    assert.equal(decided(asking('chat', [llama, ...allClaude], unclear)).model.name, 'llama3.2:3b');
  });

  test('leaves a model that may no longer be asked', () => {
    const sticky = { model: claude('sonnet').model.id, task: 'chat' as const };
    assert.equal(
      decided(asking('chat', [llama, ...allClaude], { sticky, protection: secret })).route,
      'local',
    );
  });
});
