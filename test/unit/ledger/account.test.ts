import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountOf, boundOfIntent, costOf, paidFor, toNano, toUsd } from '../../../src/ledger/account.ts';
import data from '../../../src/ledger/prices.json' with { type: 'json' };
import { priceOf } from '../../../src/ledger/prices.ts';
import type { Account, Attempt, Usage } from '../../../src/vocabulary/attempt.ts';
import { claudeAttempt, localAttempt, sonnet, usage } from './fixtures.ts';

const at = Date.UTC(2026, 10, 23);
const account = (attempts: readonly Attempt[], answeredBy?: number, warmTokens?: number): Account =>
  accountOf({
    attempts,
    baselineModel: sonnet,
    at,
    ...(answeredBy !== undefined && { answeredBy }),
    ...(warmTokens && { warmTokens }),
  });
const exactly = (usd: number) => ({ low: usd, high: usd });

test("an answer of the baseline's own model saves nothing", () => {
  const one = account([claudeAttempt()], 0);
  assert.deepEqual(one.paid, exactly(0.003));
  assert.deepEqual(one.saved, exactly(0));
});

test('cache reads and writes are paid and credited at their own prices', () => {
  const warm = usage({ inputTokens: 100, cacheReadTokens: 37_000, cacheWriteTokens: 400, outputTokens: 10 });
  const haiku = claudeAttempt({
    model: { provider: 'claude', name: 'claude-haiku-5-5' },
    tier: 'haiku',
    usage: warm,
  });
  const one = account([haiku], 0);
  assert.deepEqual(one.paid, exactly((100 * 0.1 + 37_000 * 0.01 + 400 * 0.125 + 10 * 0.5) / 1e6));
  assert.deepEqual(one.baseline, exactly((100 * 2 + 37_000 * 0.1 + 400 * 2.5 + 10 * 10) / 1e6));
});

test('a local answer saves an interval, because its tokens are counted by another tokenizer', () => {
  const one = account([localAttempt()], 0);
  assert.deepEqual(one.paid, exactly(0));
  assert.deepEqual(one.saved, one.baseline);
  const { low, high } = one.saved ?? assert.fail();
  assert.ok(low > 0 && low < 0.003 && high > 0.003, `${low} .. ${high}`);
});

test('where a prompt would have been read from the warm cache, the baseline pays the cache price for it', () => {
  const cold = account([localAttempt({ usage: usage({ inputTokens: 20_000 }) })], 0);
  const warm = account([localAttempt({ usage: usage({ inputTokens: 20_000 }) })], 0, 15_000);
  const [coldSaved, warmSaved] = [cold.saved ?? assert.fail(), warm.saved ?? assert.fail()];
  assert.ok(warmSaved.low < coldSaved.low && warmSaved.high < coldSaved.high && warmSaved.low > 0);
});

test('an answer that was replaced or is missing saves nothing and costs what was paid', () => {
  assert.deepEqual(account([claudeAttempt()]).saved, exactly(-0.003));
  assert.equal(account([claudeAttempt()]).baseline, undefined);
  assert.deepEqual(account([localAttempt()]).saved, exactly(0));
});

test('an escalation pays for the attempt that failed too, and the saving is then negative', () => {
  const haiku = claudeAttempt({ model: { provider: 'claude', name: 'claude-haiku-5-5' }, tier: 'haiku' });
  const one = account([haiku, claudeAttempt({ index: 1 })], 1);
  assert.deepEqual(one.paid, exactly(0.00315));
  assert.deepEqual(one.saved, exactly(-0.00015));
});

test('a model without a price leaves the figures out', () => {
  const cloud = claudeAttempt({ model: { provider: 'ollama', name: 'gpt-oss:120b-cloud' }, route: 'other' });
  const one = account([localAttempt(), { ...cloud, index: 1 }], 1);
  assert.equal(one.paid, undefined);
  assert.equal(one.saved, undefined);
  const unknownBaseline = accountOf({
    attempts: [localAttempt()],
    answeredBy: 0,
    baselineModel: 'unheard-of',
    at,
  });
  assert.equal(unknownBaseline.baseline, undefined);
  assert.equal(unknownBaseline.saved, undefined);
});

test('a cut call is paid at its upper bound and credited at its lower one', () => {
  const cut = claudeAttempt({
    usage: undefined,
    bounds: { lower: usage({ outputTokens: 10 }), upper: usage({ outputTokens: 400 }) },
  });
  const one = account([cut], 0);
  assert.deepEqual(one.paid, exactly(0.006));
  assert.deepEqual(one.baseline, exactly(0.0021));
});

test('a call that Claude refused before its first token costs nothing; one that nobody knows of is unknown', () => {
  const failed = claudeAttempt({ usage: undefined, end: 'failed' });
  assert.equal(paidFor(failed), 0);
  assert.equal(paidFor({ ...failed, firstTokenMs: 80 }), undefined);
  assert.equal(paidFor({ ...failed, end: 'complete' }), undefined);
});

test('a bound holds by a price of the user that has cache writes for nothing', () => {
  const overrides = { [sonnet]: { input: 2, output: 10, cacheWrite5m: 0 } };
  const price = priceOf(sonnet, at, overrides);
  assert.ok(price);
  const bound = boundOfIntent({ promptTokens: 1000, maxOutputTokens: 100 }, price);
  assert.equal(bound, toNano((1000 * 2 + 100 * 10) / 1e6));
  const { usage: _none, ...cut } = claudeAttempt();
  const upper = usage({ inputTokens: 0, cacheWriteTokens: 1000, outputTokens: 100 });
  assert.equal(paidFor({ ...cut, bounds: { lower: usage({}), upper } }, overrides), bound);
});

test("a repair's longer prompt is not credited", () => {
  const first = localAttempt({ usage: usage({ inputTokens: 1000 }) });
  const repair = localAttempt({ index: 1, usage: usage({ inputTokens: 5000 }) });
  assert.deepEqual(account([first, repair], 1).baseline, account([first], 0).baseline);
});

const tokens = fc.nat(200_000);
const anyUsage: fc.Arbitrary<Usage> = fc.record({
  inputTokens: tokens,
  outputTokens: tokens,
  cacheReadTokens: tokens,
  cacheWriteTokens: tokens,
  cacheWrite1hTokens: tokens,
});
const claudeNames = data.models.map(({ id }) => id);
const anyAttempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc
    .record({ name: fc.constantFrom('llama3.2:3b', 'codellama:13b'), usage: anyUsage })
    .map(({ name, usage: used }) =>
      localAttempt({
        model: { provider: 'ollama', name },
        usage: { ...used, cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite1hTokens: 0 },
      }),
    ),
  fc
    .record({ name: fc.constantFrom(...claudeNames), usage: anyUsage })
    .map(({ name, usage: used }) => claudeAttempt({ model: { provider: 'claude', name }, usage: used })),
);
const anyAttempts = fc
  .array(anyAttempt, { minLength: 1, maxLength: 5 })
  .map((all) => all.map((attempt, index) => ({ ...attempt, index })));
const anyBaseline = fc.constantFrom(...claudeNames);

test('money is never NaN, an interval never turned round, and saved is baseline minus paid', () => {
  fc.assert(
    fc.property(
      anyAttempts,
      fc.nat(6),
      anyBaseline,
      fc.nat(300_000),
      (attempts, by, baselineModel, warmTokens) => {
        const one = accountOf({ attempts, answeredBy: by, baselineModel, at, warmTokens });
        for (const money of [one.paid, one.baseline, one.saved])
          if (money)
            assert.ok(Number.isFinite(money.low) && Number.isFinite(money.high) && money.low <= money.high);
        assert.ok(one.paid && one.saved);
        const base = one.baseline ?? { low: 0, high: 0 };
        assert.equal(toNano(one.saved.low), toNano(base.low) - toNano(one.paid.high));
        assert.equal(toNano(one.saved.high), toNano(base.high) - toNano(one.paid.low));
      },
    ),
  );
});

test('what was paid is the sum of its attempts, to the nano-dollar', () => {
  fc.assert(
    fc.property(anyAttempts, anyBaseline, (attempts, baselineModel) => {
      const whole = accountOf({ attempts, baselineModel, at });
      const sum = attempts.reduce(
        (nano, one) =>
          nano + toNano(accountOf({ attempts: [one], baselineModel, at }).paid?.low ?? Number.NaN),
        0,
      );
      assert.equal(toNano(whole.paid?.low ?? Number.NaN), sum);
    }),
  );
});

test('counts that are no numbers of tokens are unknown, never a figure', () => {
  const odd = fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY);
  fc.assert(
    fc.property(odd, fc.constantFrom('inputTokens', 'outputTokens', 'cacheReadTokens'), (count, key) => {
      const one = account([claudeAttempt({ usage: usage({ [key]: count }) })], 0);
      assert.equal(one.paid, undefined);
      assert.equal(one.saved, undefined);
    }),
  );
});

test('an attempt that failed before the answer never raises the saving', () => {
  fc.assert(
    fc.property(anyAttempts, anyAttempt, anyBaseline, (attempts, failed, baselineModel) => {
      const by = attempts.length - 1;
      const alone = accountOf({ attempts, answeredBy: by, baselineModel, at });
      const more = [{ ...failed, index: 0 }, ...attempts.map((one) => ({ ...one, index: one.index + 1 }))];
      const both = accountOf({ attempts: more, answeredBy: by + 1, baselineModel, at });
      assert.ok((both.saved?.low ?? Number.NaN) <= (alone.saved?.low ?? Number.NaN));
      assert.ok((both.saved?.high ?? Number.NaN) <= (alone.saved?.high ?? Number.NaN));
    }),
  );
});

test('a cut stream and a replaced answer never raise the saving', () => {
  fc.assert(
    fc.property(anyAttempts, fc.nat(4), anyUsage, anyBaseline, (attempts, place, more, baselineModel) => {
      const by = place % attempts.length;
      const whole = accountOf({ attempts, answeredBy: by, baselineModel, at });
      const cut = attempts.map((one) => (one.index === by ? cutOf(one, more) : one));
      for (const worse of [
        accountOf({ attempts: cut, answeredBy: by, baselineModel, at }),
        accountOf({ attempts: cut, baselineModel, at }),
        accountOf({ attempts, baselineModel, at }),
      ]) {
        assert.ok((worse.saved?.low ?? Number.NaN) <= (whole.saved?.low ?? Number.NaN));
        assert.ok((worse.saved?.high ?? Number.NaN) <= (whole.saved?.high ?? Number.NaN));
      }
    }),
  );
});

/** The same call, of which only bounds around what it really used are known. */
function cutOf(attempt: Attempt, more: Usage): Attempt {
  const real = attempt.usage ?? usage();
  const upper = Object.fromEntries(
    Object.entries(real).map(([key, count]) => [key, count + more[key as keyof Usage]]),
  ) as unknown as Usage;
  const lower = { ...real, outputTokens: Math.floor(real.outputTokens / 2) };
  return { ...attempt, usage: undefined, bounds: { lower, upper } };
}

test('a dearer price of a paid model never raises the saving, of the baseline never lowers it', () => {
  fc.assert(
    fc.property(anyAttempts, fc.integer({ min: 50, max: 90 }), (attempts, dollars) => {
      const by = attempts.length - 1;
      const given = (overrides: Record<string, { input: number; output: number }>) =>
        accountOf({ attempts, answeredBy: by, baselineModel: 'claude-opus-4-5', at, overrides }).saved ??
        assert.fail();
      const plain = given({});
      const dear = { input: dollars, output: dollars };
      const others = attempts.map((one) => one.model.name).filter((name) => name !== 'claude-opus-4-5');
      assert.ok(given(Object.fromEntries(others.map((name) => [name, dear]))).high <= plain.high);
      if (!attempts.some((one) => one.model.name === 'claude-opus-4-5'))
        assert.ok(given({ 'claude-opus-4-5': dear }).low >= plain.low);
    }),
  );
});

test('dollars and nano-dollars are the same money', () => {
  fc.assert(fc.property(fc.integer({ min: -1e14, max: 1e14 }), (nano) => toNano(toUsd(nano)) === nano));
  assert.ok(Object.is(toUsd(-0), 0));
  assert.equal(costOf(usage(), priceOf(sonnet, at) ?? assert.fail()), 3_000_000);
});
