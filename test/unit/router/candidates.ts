import type { DecisionInput } from '../../../src/router/router.ts';
import type { Classification } from '../../../src/vocabulary/decision.ts';
import type { Candidate, Model } from '../../../src/vocabulary/model.ts';
import type { Policy } from '../../../src/vocabulary/policy.ts';
import type { Task } from '../../../src/vocabulary/task.ts';

/** A local model as Ollama describes it, ready and cold. */
export function local(name: string, change: Partial<Candidate> = {}, model: Partial<Model> = {}): Candidate {
  return {
    model: {
      id: { provider: 'ollama', name },
      boundary: 'machine',
      host: '127.0.0.1:11434',
      route: 'local',
      sizeBytes: 4_000_000_000,
      capabilities: { chat: true, tools: false, images: false, thinking: false },
      contextTokens: 16_384,
      ...model,
    },
    state: 'ready',
    busy: false,
    fitsMemory: true,
    toolsProven: false,
    ...change,
  };
}

export function claude(tier: 'haiku' | 'sonnet' | 'opus', change: Partial<Candidate> = {}): Candidate {
  return {
    model: {
      id: { provider: 'claude', name: `claude-${tier}-5-5` },
      boundary: 'cloud',
      host: 'api.anthropic.com:443',
      route: 'claude',
      tier,
      capabilities: { chat: true, tools: true, images: true, thinking: true },
      contextTokens: 200_000,
    },
    state: 'ready',
    busy: false,
    fitsMemory: true,
    toolsProven: true,
    ...change,
  };
}

export const allClaude: readonly Candidate[] = [claude('haiku'), claude('sonnet'), claude('opus')];

export function loaded(contextTokens = 8192): NonNullable<Model['loaded']> {
  return { contextTokens, memoryBytes: 1, gpuBytes: 1 };
}

export function policy(change: Partial<Policy> = {}): Policy {
  return {
    mode: 'auto',
    dial: 'balanced',
    tasks: {},
    models: { allow: [], deny: [], allowOrigins: [], denyOrigins: [] },
    patience: { streamedMs: 15_000, heldMs: 60_000 },
    budget: {},
    offline: false,
    claude: {
      baseUrl: 'https://api.anthropic.com',
      models: { haiku: 'claude-haiku-5-5', sonnet: 'claude-sonnet-5-5', opus: 'claude-opus-5-5' },
      cheapTier: false,
    },
    ollama: { host: 'http://127.0.0.1:11434' },
    privacy: { protectedPaths: [], trustedHosts: [] },
    verify: { runTests: false },
    baseline: 'claude-sonnet-5-5',
    prices: {},
    footer: 'full',
    ...change,
  };
}

export function classified(task: Task, change: Partial<Classification> = {}): Classification {
  return { task, tasks: { [task]: 1 }, difficulty: 0.3, confidence: 0.9, reasons: [], ...change };
}

export function asking(
  task: Task,
  candidates: readonly Candidate[],
  change: Partial<DecisionInput> = {},
): DecisionInput {
  return {
    requestId: 'r1',
    classification: classified(task),
    needs: { tools: false, images: false, promptTokens: 1000, outputTokens: 1000 },
    protection: { protected: false, reasons: [] },
    candidates,
    policy: policy(),
    ...change,
  };
}
