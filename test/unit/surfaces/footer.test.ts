import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { footer } from '../../../src/surfaces/footer.ts';
import { decisionWith } from '../phrases/decisions.ts';
import { attemptWith, outcomeWith } from './outcomes.ts';

const judged =
  '[good](command:maia.good?%5B%22request-1%22%5D "This answer was good: Maia learns from it") · [not good](command:maia.notGood?%5B%22request-1%22%5D "This answer was not good: Maia learns from it")';

test('the full footer says who answered, where, what it cost, what it saved, and why', () => {
  assert.equal(
    footer(outcomeWith(), 'full', false),
    `*qwen2.5-coder:7b · on this machine · $0 · saved $0.0031 · [why](command:maia.showWhy?%5B%22request-1%22%5D) · ${judged}*`,
  );
});

test('the full footer says what was checked, the quiet one does not', () => {
  const outcome = outcomeWith({
    verdict: {
      kind: 'passed',
      findings: [
        { code: 'parses', params: {} },
        { code: 'callsTarget', params: { name: 'parse_date' } },
      ],
    },
  });
  assert.match(footer(outcome, 'full', false), / · checked: parses, calls parse&#95;date · /);
  assert.doesNotMatch(footer(outcome, 'quiet', false), /checked/);
});

test('an answer that nothing checked is not said to be checked', () => {
  const verdict = { kind: 'notChecked', findings: [{ code: 'nothingToCheck', params: {} }] } as const;
  assert.doesNotMatch(footer(outcomeWith({ verdict }), 'full', false), /checked/);
});

test('the quiet footer says model, place and why', () => {
  assert.equal(
    footer(outcomeWith(), 'quiet', false),
    `*qwen2.5-coder:7b · on this machine · [why](command:maia.showWhy?%5B%22request-1%22%5D) · ${judged}*`,
  );
});

test('a footer that is switched off is empty', () => {
  assert.equal(footer(outcomeWith(), 'off', false), '');
});

test('a negative saving is shown as what it cost more', () => {
  const outcome = outcomeWith({
    account: { baselineModel: 'b', paid: { low: 0.02, high: 0.02 }, saved: { low: -0.012, high: -0.01 } },
  });
  assert.match(footer(outcome, 'full', false), /cost \$0\.01 to \$0\.012 more/);
});

test('a model behind a host of the network is not said to be on this machine', () => {
  const outcome = outcomeWith({ attempts: [attemptWith({ boundary: 'network' })] });
  assert.match(footer(outcome, 'full', false), /on your network/);
});

test("a model's name can't bring a link of its own into the trusted line", () => {
  const outcome = outcomeWith({
    attempts: [attemptWith({ model: { provider: 'ollama', name: 'x](command:evil)[y' } })],
  });
  assert.doesNotMatch(footer(outcome, 'full', false), /[^\\]\]\(command:evil/);
});

test('practice is always said', () => {
  assert.match(footer(outcomeWith(), 'quiet', true), /practice/);
});

test('the hover on "why" is the link’s title, whatever stands in it', () => {
  const hostile = 'evil" onclick="x) ](command:evil) \n\n $(zap) \\';
  const outcome = outcomeWith({
    decision: decisionWith({
      reasons: [{ code: 'loaded', params: { model: hostile } }],
      model: { provider: 'ollama', name: hostile },
    }),
  });
  const html = new MarkdownIt({ html: true }).render(footer(outcome, 'full', false));
  const links = [...html.matchAll(/<a ([^>]*)>([^<]*)<\/a>/g)];
  assert.deepEqual(
    links.map(([, , label]) => label),
    ['why', 'good', 'not good'],
  );
  const [, attributes = ''] = links[0] ?? [];
  assert.match(attributes, /^href="command:maia\.showWhy\?[^"]*" title="evil[^"]*is already loaded\.[^"]*"$/);
  assert.doesNotMatch(attributes, /\$\(/);
  assert.match(html, /^<p><em>.*<\/em><\/p>\n$/s);
});

test('the hover tells the rule, the task and the price of the other side', () => {
  const html = new MarkdownIt().render(footer(outcomeWith({ decision: decisionWith() }), 'quiet', false));
  assert.match(html, /title="[^"]*good enough[^"]*It reads like[^"]*claude-sonnet-5-5[^"]*"/);
});

test('an answer that did not come whole asks for no judgement', () => {
  assert.doesNotMatch(footer(outcomeWith({ end: 'cancelled' }), 'full', false), /maia\.good/);
});
