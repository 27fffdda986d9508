import type { Considered, Decision } from '../../../src/vocabulary/decision.ts';

export const sonnet = { provider: 'claude', name: 'claude-sonnet-5-5' } as const;
export const coder = { provider: 'ollama', name: 'qwen2.5-coder:7b' } as const;
export const light = { provider: 'ollama', name: 'llama3.2:3b' } as const;

const claude: Considered = {
  model: sonnet,
  route: 'claude',
  time: { waitMs: 0, firstTokenMs: 900, usefulMs: 900, measured: false },
  usd: { low: 0.0041, high: 0.0041 },
};

/** An explanation that a well-known local model takes; tests change what they are about. */
export function decisionWith(change: Partial<Decision> = {}): Decision {
  return {
    requestId: 'request-1',
    classification: {
      task: 'explain',
      tasks: { explain: 0.82, chat: 0.11, review: 0.07 },
      difficulty: 0.18,
      confidence: 0.82,
      reasons: [{ code: 'taskByText', params: { task: 'explain', probability: 0.82 } }],
    },
    route: 'local',
    model: coder,
    confidence: 0.82,
    manual: false,
    protected: false,
    reasons: [
      { code: 'goodEnough', params: { model: coder.name, task: 'explain', bound: 0.719, bar: 0.62 } },
      { code: 'loaded', params: { model: coder.name } },
      { code: 'taskByText', params: { task: 'explain', probability: 0.82 } },
    ],
    chain: [sonnet],
    considered: [
      claude,
      {
        model: { provider: 'claude', name: 'claude-opus-5-5' },
        route: 'claude',
        usd: { low: 0.02, high: 0.02 },
        removedBy: { code: 'tierNotAllowed', params: { tier: 'opus' } },
      },
      {
        model: light,
        route: 'local',
        quality: { prior: 0.55, known: true, passed: 0, failed: 0, mean: 0.55, bound: 0.41 },
        time: { waitMs: 0, firstTokenMs: 400, usefulMs: 400, measured: false },
        usd: { low: 0, high: 0 },
        removedBy: {
          code: 'notGoodEnough',
          params: { model: light.name, task: 'explain', bound: 0.41, bar: 0.62 },
        },
      },
      {
        model: coder,
        route: 'local',
        quality: { prior: 0.7, known: true, passed: 12, failed: 1, mean: 0.82, bound: 0.719 },
        time: { waitMs: 0, firstTokenMs: 2140, usefulMs: 2140, measured: true },
        usd: { low: 0, high: 0 },
      },
    ],
    bar: 0.62,
    promptTokens: 120,
    policyVersion: 'order-2',
    ...change,
  };
}

/** The same question where the local model keeps the developer waiting too long. */
export function claudeDecision(change: Partial<Decision> = {}): Decision {
  const { considered } = decisionWith();
  return decisionWith({
    route: 'claude',
    model: sonnet,
    tier: 'sonnet',
    reasons: [{ code: 'impatient', params: { model: coder.name, seconds: 48, patience: 15 } }],
    chain: [coder],
    considered: considered.map((one) =>
      one.model === coder
        ? {
            ...one,
            removedBy: { code: 'impatient', params: { model: coder.name, seconds: 48, patience: 15 } },
          }
        : one,
    ),
    ...change,
  });
}
