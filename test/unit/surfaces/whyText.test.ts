import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import { whyText } from '../../../src/surfaces/whyText.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';
import { attemptWith, outcomeWith } from './outcomes.ts';

const decision: Decision = {
  requestId: 'request-1',
  classification: { task: 'explain', tasks: { explain: 1 }, difficulty: 0.1, confidence: 1, reasons: [] },
  route: 'local',
  model: { provider: 'ollama', name: 'llama3.2:3b' },
  confidence: 1,
  manual: false,
  protected: false,
  reasons: [
    { code: 'routineTask', params: { task: 'explain' } },
    { code: 'routineTask', params: { task: 'explain' } },
  ],
  chain: [{ provider: 'claude', name: 'claude-sonnet-5-5' }],
  considered: [
    {
      model: { provider: 'ollama', name: 'a|b' },
      route: 'local',
      removedBy: { code: 'noChat', params: { model: 'a|b' } },
    },
  ],
  promptTokens: 10,
  policyVersion: '1',
};

test('a decision is told with each reason once, who was next, and who was not asked', () => {
  const text = whyText(decision, createPhrases());
  assert.match(text, /^\*\*llama3\.2:3b\*\* was chosen\./);
  const reasons = text.slice(0, text.indexOf('next in line')).split('\n');
  assert.equal(reasons.filter((line) => line.startsWith('- ')).length, 1);
  assert.match(text, /next in line: claude-sonnet-5-5\./);
  assert.match(text, /Not asked:\n\n- a&#124;b: .{10,}/);
});

test('where another model gave the answer in the end, that is told', () => {
  const outcome = outcomeWith({
    attempts: [
      attemptWith({ end: 'failed', failure: { code: 'cut', params: { model: 'llama3.2:3b' } } }),
      attemptWith({ index: 1, model: { provider: 'claude', name: 'claude-sonnet-5-5' }, route: 'claude' }),
    ],
    answeredBy: 1,
  });
  const text = whyText(decision, createPhrases(), outcome);
  assert.match(text, /- claude-sonnet-5-5: gave the answer/);
  assert.match(text, /- qwen2\.5-coder:7b: .{10,}/);
  assert.doesNotMatch(text, /next in line/);
});
