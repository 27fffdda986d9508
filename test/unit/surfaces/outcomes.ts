import type { Attempt, Outcome } from '../../../src/vocabulary/attempt.ts';

/** An attempt and an outcome that all is well with, for tests that change one thing about them. */
export function attemptWith(change: Partial<Attempt> = {}): Attempt {
  return {
    index: 0,
    model: { provider: 'ollama', name: 'qwen2.5-coder:7b' },
    route: 'local',
    boundary: 'machine',
    startedAt: 0,
    totalMs: 1200,
    end: 'complete',
    ...change,
  };
}

export function outcomeWith(change: Partial<Outcome> = {}): Outcome {
  return {
    requestId: 'request-1',
    end: 'answered',
    attempts: [attemptWith()],
    answeredBy: 0,
    text: 'the answer',
    account: {
      baselineModel: 'claude-sonnet-5-5',
      paid: { low: 0, high: 0 },
      saved: { low: 0.0031, high: 0.0031 },
    },
    ...change,
  };
}
