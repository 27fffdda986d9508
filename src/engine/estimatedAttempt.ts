import type { Attempt, Usage } from '../vocabulary/attempt.ts';
import type { Decision } from '../vocabulary/decision.ts';

/** Tokens of an agent's turn: a few sentences and one tool call. */
const usualAnswerTokens = 800;

/** An attempt as it would be billed if the decided model gave one answer of usual length, its prompt not cached. */
export function estimatedAttempt(decision: Decision, at: number): Attempt {
  const usage: Usage = {
    inputTokens: decision.promptTokens,
    outputTokens: usualAnswerTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    cacheWrite1hTokens: 0,
  };
  return {
    index: 0,
    model: decision.model,
    route: decision.route,
    boundary: decision.route === 'local' ? 'machine' : 'cloud',
    ...(decision.tier ? { tier: decision.tier } : {}),
    startedAt: at,
    totalMs: 0,
    usage,
    end: 'complete',
  };
}
