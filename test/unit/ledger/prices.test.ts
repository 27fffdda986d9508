import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { costOf } from '../../../src/ledger/account.ts';
import data from '../../../src/ledger/prices.json' with { type: 'json' };
import { historicalReference, priceOf, priceOnRoute, rowFor } from '../../../src/ledger/prices.ts';
import { usage } from './fixtures.ts';

const at = Date.UTC(2026, 10, 23);

test('every row of the table agrees with the cache multipliers', () => {
  const reads: Record<string, number> = data.multipliers.cacheRead;
  for (const { id } of data.models)
    for (const tier of priceOf(id, at)?.tiers ?? assert.fail(`${id} has no price`)) {
      const near = (value: number, expected: number): void =>
        assert.ok(Math.abs(value - expected) < 1e-9, `${id}: ${value} is not ${expected}`);
      near(tier.cacheWrite5m, tier.input * data.multipliers.cacheWrite5m);
      near(tier.cacheWrite1h, tier.input * data.multipliers.cacheWrite1h);
      near(tier.cacheRead, tier.input * (reads[id] ?? data.multipliers.cacheRead.default));
    }
});

test('an alias has the price of its model', () => {
  assert.equal(priceOf('claude-haiku-4-5-20251001', at)?.model, 'claude-haiku-4-5');
});

test('a model without a price is unknown, never free', () => {
  assert.equal(priceOf('gpt-oss:120b-cloud', at), undefined);
  assert.equal(priceOnRoute('gpt-oss:120b-cloud', 'other', at), undefined);
  assert.equal(priceOf('constructor', at, {}), undefined);
});

test('what runs on the own machine costs nothing, unless the user says what it costs', () => {
  const own = { 'codellama:13b': { input: 0.02, output: 0.02 } };
  assert.equal(costOf(usage(), priceOnRoute('codellama:13b', 'local', at) ?? assert.fail()), 0);
  assert.equal(costOf(usage(), priceOnRoute('codellama:13b', 'local', at, own) ?? assert.fail()), 22_000);
});

test('the tier goes by the total prompt, and the whole request pays it', () => {
  const haiku = priceOf('claude-haiku-5-5', at) ?? assert.fail();
  const below = usage({
    inputTokens: 40_000,
    cacheReadTokens: 30_000,
    cacheWriteTokens: 30_000,
    outputTokens: 1000,
  });
  const above = { ...below, cacheReadTokens: 30_001 };
  assert.equal(costOf(below, haiku), 40_000 * 100 + 30_000 * 10 + 30_000 * 125 + 1000 * 500);
  assert.equal(costOf(above, haiku), 40_000 * 500 + 30_001 * 50 + 30_000 * 625 + 1000 * 2500);
  assert.equal(rowFor(haiku, 100_000).input, 0.1);
  assert.equal(rowFor(haiku, 100_001).input, 0.5);
});

test("a setting overrides the table and fills in the cache prices by the model's multipliers", () => {
  const price = priceOf('claude-sonnet-5-5', at, { 'claude-sonnet-5-5': { input: 4, output: 20 } });
  assert.equal(price?.origin, 'setting');
  assert.deepEqual(price?.tiers, [
    { maxPromptTokens: null, input: 4, output: 20, cacheRead: 0.2, cacheWrite5m: 5, cacheWrite1h: 8 },
  ]);
});

test('a setting that is no price is as if it were not there', () => {
  for (const input of [Number.NaN, -1, Number.POSITIVE_INFINITY, '3' as unknown as number])
    assert.equal(
      priceOf('claude-sonnet-5-5', at, { 'claude-sonnet-5-5': { input, output: 1 } })?.origin,
      'table',
    );
});

test('a price holds before the day on which it was first read', () => {
  assert.equal(priceOf('claude-sonnet-5-5', 0)?.effectiveDate, '2026-11-03');
});

test("the first design's figures are kept by name and price nothing", () => {
  assert.equal(
    historicalReference.find((entry) => entry.id === 'codellama:13b')?.savingPercentVsClaudeSonnet,
    99.3,
  );
  assert.equal(priceOf('claude-sonnet', at), undefined);
});

test('a higher price never costs less, and more tokens never cost less', () => {
  const count = fc.nat(300_000);
  const counts = fc.record({
    inputTokens: count,
    outputTokens: count,
    cacheReadTokens: count,
    cacheWriteTokens: count,
    cacheWrite1hTokens: count,
  });
  const own = fc.record({ input: fc.nat(100), output: fc.nat(100) });
  fc.assert(
    fc.property(
      counts,
      counts,
      own,
      own,
      fc.constantFrom(...data.models.map(({ id }) => id)),
      (a, b, p, q, id) => {
        const sum = Object.fromEntries(
          Object.entries(a).map(([key, n]) => [key, n + b[key as keyof typeof b]]),
        );
        const known = priceOf(id, at) ?? assert.fail();
        assert.ok((costOf(sum as typeof a, known) ?? -1) >= (costOf(a, known) ?? Number.NaN));
        const cheap = priceOf('own', at, { own: p }) ?? assert.fail();
        const dear = priceOf('own', at, { own: { input: p.input + q.input, output: p.output + q.output } });
        assert.ok((costOf(a, dear ?? assert.fail()) ?? -1) >= (costOf(a, cheap) ?? Number.NaN));
      },
    ),
  );
});
