import { createPhrases } from '../../src/phrases/phrases.ts';
import { type PanelFigures, panelState } from '../../src/surfaces/savingsState.ts';
import type { MoneyRange } from '../../src/vocabulary/attempt.ts';
import type { PanelState } from '../../src/vocabulary/panelMessage.ts';
import type { LatestRequest, Summary } from '../../src/vocabulary/summary.ts';

const day = 86_400_000;
const begin = Date.UTC(2026, 10, 1);
const exactly = (usd: number): MoneyRange => ({ low: usd, high: usd });

function request(at: number, more: Partial<LatestRequest> = {}): LatestRequest {
  return {
    id: `request-${at}`,
    at: begin + at * 3_600_000,
    task: 'explain',
    route: 'local',
    model: 'qwen2.5-coder:7b',
    surface: 'chat',
    end: 'answered',
    manual: false,
    attempts: 1,
    totalMs: 2_300,
    paid: exactly(0),
    saved: { low: 0.0021, high: 0.0034 },
    verdict: 'passed',
    reasons: [
      { code: 'routineTask', params: { task: 'explain' } },
      { code: 'loaded', params: { model: 'qwen2.5-coder:7b' } },
    ],
    ...more,
  };
}

/** A month of work, with a name in it that is markup, a loss and a cancelled request. */
export function sampleSummary(more: Partial<Summary> = {}): Summary {
  return {
    period: 'month',
    since: begin,
    metrics: {
      total_requests: 182,
      auto_routed_to_local: 120,
      manual_routed_to_local: 8,
      claude_sonnet_used: 44,
      claude_haiku_used: 2,
      claude_opus_used: 1,
      other_used: 0,
      not_answered: 7,
      cost_savings: { low: 0.81, high: 1.93 },
      quality_maintained: 0.93,
      quality_sample: 61,
    },
    paid: exactly(0.42),
    baseline: { low: 1.23, high: 2.35 },
    baselineModel: 'claude-sonnet-5-5',
    overTime: Array.from({ length: 30 }, (_, index) => ({
      start: begin + index * day,
      paid: exactly(index % 5 === 0 ? 0.07 : 0),
      baseline: { low: 0.041, high: 0.078 },
      requests: index % 7,
    })),
    byRoute: [
      { name: 'local', requests: 128, paid: exactly(0), saved: { low: 0.8, high: 1.9 } },
      { name: 'claude', requests: 47, paid: exactly(0.42), saved: exactly(-0.01) },
    ],
    byTask: [
      { name: 'explain', requests: 80, paid: exactly(0), saved: exactly(0.3) },
      { name: 'document', requests: 33, paid: exactly(0), saved: exactly(0.2) },
    ],
    byModel: [
      { name: 'qwen2.5-coder:7b', requests: 100, paid: exactly(0), saved: exactly(0.6) },
      { name: '<img src=x onerror=alert(1)>', requests: 2, paid: exactly(0), saved: exactly(0.1) },
    ],
    latest: [
      request(8),
      request(7, {
        task: 'tests',
        route: 'claude',
        model: 'claude-sonnet-5-5',
        attempts: 2,
        paid: exactly(0.0123),
        saved: exactly(-0.0004),
      }),
      request(6, { end: 'cancelled', saved: undefined, verdict: undefined }),
      request(5, { manual: true, model: '<b>odd</b>:1b' }),
      request(4, { end: 'running', totalMs: 0, paid: undefined, saved: undefined, verdict: undefined }),
    ],
    learned: [
      {
        model: 'qwen2.5-coder:7b',
        task: 'tests',
        band: 'easy',
        passed: 12,
        failed: 2,
        liked: 3,
        disliked: 1,
        lastAt: begin,
      },
    ],
    unpriced: 1,
    practice: false,
    ...more,
  };
}

const estimate = (bound: number) => ({ prior: 0.6, known: true, passed: 1, failed: 0, mean: bound, bound });
const coder = { provider: 'ollama', name: 'qwen2.5-coder:7b' } as const;
const odd = { provider: 'ollama', name: '<b>odd</b>:1b' } as const;

/** What was learned, one budget near its end, and one proposal. */
export const sampleMind: Omit<PanelFigures, 'summary'> = {
  budget: [
    { period: 'day', since: 0, limitUsd: 2, spentUsd: 1.7, reservedUsd: 0.02, leftUsd: 0.28 },
    { period: 'month', since: 0, limitUsd: 30, spentUsd: 4.2, reservedUsd: 0, leftUsd: 25.8 },
  ],
  learned: [
    {
      ...{ model: odd, task: 'explain', band: 'easy', passed: 0.4, failed: 2.5, passedChecks: 0 },
      ...{ estimate: estimate(0.21), bar: 0.5 },
    },
    {
      ...{ model: coder, task: 'tests', band: 'hard', passed: 3, failed: 1, passedChecks: 3 },
      ...{ estimate: estimate(0.31), bar: 0.36 },
    },
    {
      ...{ model: coder, task: 'tests', band: 'easy', passed: 12.34, failed: 1, passedChecks: 13 },
      ...{ estimate: estimate(0.787), bar: 0.36 },
    },
    {
      model: { ...coder, name: 'gone:3b' },
      task: 'chat',
      band: 'medium',
      passed: 2,
      failed: 0,
      passedChecks: 0,
    },
  ],
  widenings: [{ model: coder, digest: 'abc', task: 'tests', passedChecks: 16, share: 0.9 }],
};

export function sampleState(
  more: Partial<Summary> = {},
  locale = 'en',
  mind: Partial<typeof sampleMind> = {},
): PanelState {
  const figures = { summary: sampleSummary(more), ...sampleMind, ...mind };
  return panelState(figures, createPhrases(), locale, (word) => word);
}
