import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { budgetSpentFor, costsOf, type Priced } from '../../../src/engine/costs.ts';
import { promptBound } from '../../../src/engine/tokenEstimate.ts';
import type { BudgetPeriod } from '../../../src/vocabulary/budget.ts';
import { allClaude, claude, local } from '../router/candidates.ts';

const asked: Priced = {
  task: 'explain',
  promptTokens: 1_000,
  mostOutputTokens: 1_000,
  overrides: {},
  at: Date.UTC(2026, 10, 23),
};
const sonnet = claude('sonnet').model.id;
const left = (leftUsd: number, period: BudgetPeriod['period'] = 'day'): BudgetPeriod => ({
  period,
  since: 0,
  limitUsd: 2,
  spentUsd: 2 - leftUsd,
  reservedUsd: 0,
  leftUsd,
});

test('an answer of usual length costs by Claude what its prices say, and nothing is said of local models', () => {
  const costs = costsOf([local('a:7b'), claude('sonnet')], asked);
  // 1,000 tokens at $2 and 300 at $10 per million at most; 650 tokens where they are counted loosely.
  assert.deepEqual(costs, [{ model: sonnet, usd: { low: 0.0043, high: 0.005 } }]);
});

test('what is in the warm cache makes it cheaper at least, never dearer at most', () => {
  const [cost] = costsOf([claude('sonnet')], { ...asked, warm: { model: sonnet, tokens: 600 } });
  // 600 of the 650 tokens are read at $0.10 per million.
  assert.ok(Math.abs((cost?.usd.low ?? 0) - 0.00316) < 1e-9, String(cost?.usd.low));
  assert.equal(cost?.usd.high, 0.005);
});

test('a price of the user’s own counts, of a local model too', () => {
  const overrides = { 'a:7b': { input: 1, output: 1 } };
  assert.deepEqual(costsOf([local('a:7b')], { ...asked, overrides })[0]?.usd, { low: 0.00095, high: 0.0013 });
});

test('whatever is asked, the least is never more than the most', () => {
  fc.assert(
    fc.property(fc.nat(500_000), fc.nat(500_000), (promptTokens, tokens) => {
      const costs = costsOf(allClaude, { ...asked, promptTokens, warm: { model: sonnet, tokens } });
      assert.equal(costs.length, 3);
      for (const { usd } of costs) assert.ok(usd.low >= 0 && usd.low <= usd.high);
    }),
  );
});

test('a budget closes the models whose dearest answer it has no room for, by its tightest limit', () => {
  const candidates = [local('a:7b'), ...allClaude];
  assert.equal(budgetSpentFor(candidates, [], asked), undefined);
  assert.equal(budgetSpentFor(candidates, [left(2), left(1.5, 'month')], asked), undefined);
  assert.deepEqual(budgetSpentFor(candidates, [left(1), left(0, 'month')], asked), {
    period: 'month',
    limitUsd: 2,
  });
  // Room for Haiku's answer alone, about $0.0073.
  assert.deepEqual(budgetSpentFor(candidates, [left(0.008)], asked)?.models, [
    claude('sonnet').model.id,
    claude('opus').model.id,
  ]);
});

test('the bound of a prompt counts its bytes, and an image as tokens rather than as its encoded bytes', () => {
  const data = new Uint8Array(300_000);
  const body = JSON.stringify({ text: 'word '.repeat(100), image: Buffer.from(data).toString('base64') });
  const messages = [{ role: 'user', parts: [{ type: 'image', mime: 'image/png', data }] }] as const;
  const bound = promptBound(body, messages);
  assert.ok(bound > 4_784 + 500 / 1.9 && bound < 6_000, String(bound));
  assert.ok(promptBound(body, []) > 200_000);
});
