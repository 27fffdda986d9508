import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { createPhrases } from '../../../src/phrases/phrases.ts';
import { whyHover, whyNobody, whyText } from '../../../src/surfaces/whyText.ts';
import type { Decision } from '../../../src/vocabulary/decision.ts';
import { claudeDecision, decisionWith } from '../phrases/decisions.ts';
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
  assert.match(text, /^\*\*llama3\.2:3b\*\* was chosen\. A local model is good enough/);
  assert.equal(text.split('good enough').length, 2);
  assert.match(text, /next in line: claude-sonnet-5-5\./);
  assert.match(text, /Not asked:\n\n- a&#124;b does not .{10,}/);
  assert.doesNotMatch(text, /\| Model|Will do/);
});

test('where another model gave the answer in the end, that is told', () => {
  const outcome = outcomeWith({
    attempts: [
      attemptWith({ end: 'failed', failure: { code: 'cut', params: { model: 'llama3.2:3b' } } }),
      attemptWith({ index: 1, model: { provider: 'claude', name: 'claude-sonnet-5-5' }, route: 'claude' }),
    ],
    answeredBy: 1,
  });
  const text = whyText(decision, createPhrases(), { outcome });
  assert.match(text, /- claude-sonnet-5-5: gave the answer/);
  assert.match(text, /- qwen2\.5-coder:7b: .{10,}/);
  assert.doesNotMatch(text, /next in line/);
});

test('the estimates are one table, with the chosen model in bold', () => {
  const html = new MarkdownIt().render(whyText(decisionWith(), createPhrases()));
  const rows = [...html.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) =>
    row
      .replaceAll('\u00a0', ' ')
      .replace(/<\/t[dh]>\s*<t[dh][^>]*>/g, ' | ')
      .replace(/<(?!\/?strong)[^>]*>|\n/g, ''),
  );
  assert.deepEqual(rows.slice(0, 3), [
    'Model | Will do | Seen here | Wait | Price',
    '<strong>qwen2.5-coder:7b</strong> | ≥ 71 % | 12 passed, 1 failed | 2.1 s | $0',
    'claude-sonnet-5-5 | – | – | about 0.9 s | $0.0041',
  ]);
  assert.equal(rows.length, 4);
});

test('a preview says what would be, an answer what was', () => {
  const before = whyText(claudeDecision(), createPhrases(), { preview: true });
  assert.match(
    before,
    /^\*\*claude-sonnet-5-5\*\* would be asked\. With qwen.* wait about 48 s; your limit is 15 s\./,
  );
  assert.match(before, /it would cost nothing\./);
  assert.match(before, /If it fails, next in line/);
  assert.match(whyText(claudeDecision(), createPhrases()), /it would have cost nothing\./);
});

test('once it is known what was paid, that is told and no estimate', () => {
  const outcome = outcomeWith({
    account: {
      baselineModel: 'claude-sonnet-5-5',
      paid: { low: 0, high: 0 },
      baseline: { low: 0.0123, high: 0.0123 },
    },
  });
  const html = new MarkdownIt().render(whyText(decisionWith(), createPhrases(), { outcome }));
  assert.match(html, /It cost nothing; the same answer by claude-sonnet-5-5 would have cost \$0\.012\./);
  assert.doesNotMatch(html, /would have cost about/);
});

test('the hover has the rule, the task, the chosen one’s estimates and the other side’s price, a line each', () => {
  assert.deepEqual(whyHover(decisionWith()).split('\n'), [
    'qwen2.5-coder:7b is good enough for an explanation: at least 71 % of such answers should do; 62 % are needed.',
    'It reads like an explanation (82 %), else a question (11 %). Easy (difficulty 0.18 of 1).',
    'Will do: ≥ 71 %, Seen here: 12 passed, 1 failed, Wait: 2.1 s, Price: $0',
    'By claude-sonnet-5-5 it would have cost about $0.0041.',
  ]);
});

test('a name from outside brings neither table cells nor markup of its own', () => {
  const model = { provider: 'ollama', name: 'x|y **z** [a](command:evil) <b>' } as const;
  const { considered } = decisionWith();
  const named = considered.map((one) => (one.route === 'local' ? { ...one, model } : one));
  const html = new MarkdownIt({ html: true }).render(
    whyText(decisionWith({ model, considered: named }), createPhrases()),
  );
  assert.doesNotMatch(html, /<a |<b>/);
  for (const [row] of html.matchAll(/<tr>[\s\S]*?<\/tr>/g)) assert.equal(row.split(/<t[dh]/).length - 1, 5);
});

test('in a chat the table has three columns, with the same figures', () => {
  const html = new MarkdownIt().render(whyText(decisionWith(), createPhrases(), { narrow: true }));
  const cells = [...html.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell]) =>
    cell?.replaceAll('\u00a0', ' '),
  );
  assert.deepEqual(cells.slice(0, 9), [
    'Model',
    'Will do; Seen here',
    'Wait; Price',
    '<strong>qwen2.5-coder:7b</strong>',
    '≥ 71 %; 12 passed, 1 failed',
    '2.1 s; $0',
    'claude-sonnet-5-5',
    '–',
    'about 0.9 s; $0.0041',
  ]);
});

test('where nobody may take it, that is said with the rule, the next step and what removed each', () => {
  const { classification, considered } = decisionWith();
  const text = whyNobody(
    {
      requestId: 'request-1',
      classification,
      failure: {
        code: 'nothingLeft',
        params: { because: [{ code: 'protectedPath', params: { path: '**/.env', boundary: 'cloud' } }] },
      },
      considered: considered.map((one) => ({
        ...one,
        removedBy: { code: 'protectedPath', params: { path: '**/.env', boundary: 'cloud' } } as const,
      })),
      promptTokens: 1,
      policyVersion: '1',
    },
    createPhrases(),
  );
  assert.match(text, /^\*\*No model was asked\.\*\* .{20,}\n\nIt reads like an explanation/);
  assert.match(
    text,
    /Not asked:\n\n- claude-sonnet-5-5, claude-opus-5-5, llama3\.2:3b, qwen2\.5-coder:7b: A file/,
  );
});

test('what the check of an answer found is told, whether it passed or not', () => {
  const passed = outcomeWith({
    verdict: { kind: 'passed', findings: [{ code: 'namesKnown', params: { count: 3 } }] },
  });
  assert.match(whyText(decision, createPhrases(), { outcome: passed }), /Checked: All 3 names in it exist\./);
  const open = outcomeWith({
    verdict: { kind: 'notChecked', findings: [{ code: 'nothingToCheck', params: {} }] },
  });
  assert.match(whyText(decision, createPhrases(), { outcome: open }), /Not checked: There is nothing/);
});
