import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whyLines } from '../../../src/cli/whyLines.ts';
import { claudeDecision, decisionWith } from '../phrases/decisions.ts';

test('a shell is told the model and the rule first, then the figures in columns', () => {
  assert.deepEqual(whyLines(decisionWith(), undefined), [
    'qwen2.5-coder:7b (local)',
    'qwen2.5-coder:7b is good enough for an explanation: at least 71 % of such answers should do; 62 % are needed.',
    'It reads like an explanation (82 %), else a question (11 %). Easy (difficulty 0.18 of 1).',
    'qwen2.5-coder:7b is already loaded.',
    '',
    '   Model              Will do  Seen here            Wait         Price',
    '>  qwen2.5-coder:7b   ≥ 71 %   12 passed, 1 failed  2.1 s        $0',
    '   claude-sonnet-5-5  –        –                    about 0.9 s  $0.0041',
    '   llama3.2:3b        ≥ 41 %   nothing yet          about 0.4 s  $0',
    '"Will do": at least this share of such answers should do. 62 % are needed.',
    'By claude-sonnet-5-5 it would cost about $0.0041.',
    'If it fails: claude-sonnet-5-5.',
    '',
    'Not asked:',
    '  claude-opus-5-5: Used only when you ask for it.',
    '  llama3.2:3b may not be good enough for an explanation: only 41 % of such answers can be counted on; 62 % are needed.',
  ]);
});

test('no line of a decision ends in spaces, and where nothing is estimated there is no table', () => {
  for (const decision of [decisionWith(), claudeDecision()])
    for (const line of whyLines(decision, undefined)) assert.equal(line, line.trimEnd());
  const bare = whyLines(decisionWith({ considered: [], chain: [] }), { low: 0.01, high: 0.01 });
  assert.equal(bare.at(-1), 'It costs about $0.01.');
});
