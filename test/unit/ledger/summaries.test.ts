import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountOf, toNano } from '../../../src/ledger/account.ts';
import type { Feedback, Ledger } from '../../../src/ledger/ledger.ts';
import type { Attempt, MoneyRange, Outcome } from '../../../src/vocabulary/attempt.ts';
import type { Period } from '../../../src/vocabulary/summary.ts';
import {
  claudeAttempt,
  decision,
  folderFor,
  ledgerIn,
  localAttempt,
  outcome,
  requestRow,
  sonnet,
  usage,
} from './fixtures.ts';

const now = new Date(2026, 10, 23, 12).getTime();
const dayMs = 24 * 3_600_000;

interface Given {
  readonly id: string;
  readonly at?: number;
  readonly attempts?: readonly Attempt[];
  readonly end?: Outcome['end'];
  readonly manual?: boolean;
  readonly verdict?: 'passed' | 'failed' | 'notChecked';
}

/** Writes a whole request as the engine does; returns its account. */
async function keep(ledger: Ledger, given: Given) {
  const { id, at = now, attempts = [localAttempt()], end = 'answered', manual = false, verdict } = given;
  const answeredBy = end === 'answered' ? attempts.length - 1 : undefined;
  const account = accountOf({ attempts, answeredBy, baselineModel: sonnet, at });
  const route = attempts[0]?.route ?? 'local';
  const model = attempts[0]?.model ?? localAttempt().model;
  await ledger.decided(requestRow(id, { at, decision: decision(id, { manual, route, model }) }));
  await ledger.finished(
    outcome(id, account, {
      attempts,
      answeredBy,
      end,
      ...(verdict && { verdict: { kind: verdict, findings: [] } }),
    }),
    at + 500,
  );
  return account;
}

const nano = (money: MoneyRange | undefined): readonly number[] => [
  toNano(money?.low ?? Number.NaN),
  toNano(money?.high ?? Number.NaN),
];

test('every part of a summary adds up to its totals, and the totals are plain SQL over the rows', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder);
  const attempt = fc
    .record({ claude: fc.boolean(), input: fc.nat(150_000), output: fc.nat(9_000), haiku: fc.boolean() })
    .map(({ claude, input, output, haiku }) => {
      const counted = { usage: usage({ inputTokens: input, outputTokens: output }) };
      if (!claude) return localAttempt(counted);
      return haiku
        ? claudeAttempt({
            ...counted,
            model: { provider: 'claude', name: 'claude-haiku-5-5' },
            tier: 'haiku',
          })
        : claudeAttempt(counted);
    });
  const request = fc.record({
    attempts: fc
      .array(attempt, { minLength: 1, maxLength: 3 })
      .map((all) => all.map((one, index) => ({ ...one, index }))),
    end: fc.constantFrom<Outcome['end']>('answered', 'answered', 'failed', 'cancelled'),
    daysAgo: fc.nat(40),
    replaced: fc.boolean(),
  });
  const given = fc.sample(request, { seed: 7, numRuns: 120 });
  for (const [index, { attempts, end, daysAgo, replaced }] of given.entries()) {
    await keep(ledger, { id: `r${index}`, at: now - daysAgo * dayMs, attempts, end });
    if (replaced) await ledger.feedback(`r${index}`, 'askedClaude', now);
  }
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  t.after(() => db.close());
  const plain = db.prepare(
    `SELECT count(*) AS requests, sum(paid_low) AS paid,
       sum(CASE WHEN ended = 'answered' AND id NOT IN (SELECT request_id FROM feedback WHERE kind = 'askedClaude')
           THEN baseline_low ELSE 0 END) AS baseline
     FROM requests WHERE at >= ?`,
  );
  for (const period of ['day', 'week', 'month', 'all'] as const satisfies Period[]) {
    const summary = await ledger.summary(period, now);
    const rows = plain.get(summary.since) as { requests: number; paid: number; baseline: number };
    assert.ok(rows.requests > 0);
    assert.equal(summary.metrics.total_requests, rows.requests);
    assert.equal(nano(summary.paid)[0], rows.paid);
    assert.equal(nano(summary.baseline)[0], rows.baseline);
    assert.equal(
      nano(summary.metrics.cost_savings)[0],
      rows.baseline - (nano(summary.paid)[1] ?? Number.NaN),
    );
    const total = (parts: readonly { requests: number }[]): number =>
      parts.reduce((sum, part) => sum + part.requests, 0);
    const money = (parts: readonly MoneyRange[]): readonly number[] =>
      parts.reduce((sum, part) => [sum[0]! + nano(part)[0]!, sum[1]! + nano(part)[1]!], [0, 0]);
    for (const parts of [summary.byRoute, summary.byTask, summary.byModel]) {
      assert.equal(total(parts), rows.requests);
      assert.deepEqual(money(parts.map((part) => part.paid)), nano(summary.paid));
      assert.deepEqual(money(parts.map((part) => part.saved)), nano(summary.metrics.cost_savings));
    }
    assert.equal(total(summary.overTime), rows.requests);
    assert.deepEqual(money(summary.overTime.map((point) => point.paid)), nano(summary.paid));
    assert.deepEqual(money(summary.overTime.map((point) => point.baseline)), nano(summary.baseline));
    const { metrics } = summary;
    const named =
      metrics.auto_routed_to_local +
      metrics.manual_routed_to_local +
      metrics.claude_sonnet_used +
      metrics.claude_haiku_used +
      metrics.claude_opus_used +
      metrics.other_used;
    assert.equal(named + metrics.not_answered, metrics.total_requests);
  }
});

test('what the developer chose is counted apart from what Maia chose', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await keep(ledger, { id: 'auto' });
  await keep(ledger, { id: 'manual', manual: true });
  await keep(ledger, { id: 'claude', attempts: [claudeAttempt()] });
  await keep(ledger, { id: 'cancelled', end: 'cancelled' });
  const { metrics } = await ledger.summary('day', now);
  assert.equal(metrics.auto_routed_to_local, 1);
  assert.equal(metrics.manual_routed_to_local, 1);
  assert.equal(metrics.claude_sonnet_used, 1);
  assert.equal(metrics.not_answered, 1);
  assert.deepEqual(await ledger.servedToday(now), { local: 2, all: 3 });
});

test('a request that Claude had to answer in the end counts as Claude', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const attempts = [localAttempt({ end: 'failed' }), claudeAttempt({ index: 1 })];
  const account = await keep(ledger, { id: 'moved', attempts });
  const summary = await ledger.summary('day', now);
  assert.deepEqual(
    summary.byRoute.map(({ name, requests }) => [name, requests]),
    [['claude', 1]],
  );
  assert.equal(summary.latest[0]?.attempts, 2);
  assert.deepEqual(summary.latest[0]?.paid, account.paid);
  assert.deepEqual(await ledger.servedToday(now), { local: 0, all: 1 });
});

test('after "Ask Claude instead" the answer saves nothing, whatever it had saved', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await keep(ledger, { id: 'local' });
  await keep(ledger, {
    id: 'dear',
    attempts: [claudeAttempt({ end: 'failed' }), localAttempt({ index: 1 })],
  });
  const before = await ledger.summary('day', now);
  assert.ok(before.metrics.cost_savings.high > 0);
  await ledger.feedback('local', 'askedClaude', now);
  await ledger.feedback('dear', 'askedClaude', now);
  const { metrics, latest, baseline } = await ledger.summary('day', now);
  assert.deepEqual(metrics.cost_savings, { low: -0.003, high: -0.003 });
  assert.deepEqual(baseline, { low: 0, high: 0 });
  assert.deepEqual(latest.find((one) => one.id === 'local')?.saved, { low: 0, high: 0 });
});

test('a model without a price is in no sum and is counted as such', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await keep(ledger, { id: 'known', attempts: [claudeAttempt()] });
  const cloud = { provider: 'ollama', name: 'gpt-oss:120b-cloud' } as const;
  await keep(ledger, {
    id: 'unknown',
    attempts: [claudeAttempt({ model: cloud, route: 'other', tier: undefined })],
  });
  const summary = await ledger.summary('day', now);
  assert.equal(summary.unpriced, 1);
  assert.equal(summary.metrics.total_requests, 2);
  assert.equal(summary.metrics.other_used, 1);
  assert.deepEqual(summary.paid, { low: 0.003, high: 0.003 });
  assert.equal(summary.latest.find((one) => one.id === 'unknown')?.paid, undefined);
});

test('quality is judged by the last word of the developer, else by the check; what nobody judged is left out', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const words: Record<string, readonly Feedback[]> = {
    unjudged: [],
    passed: [],
    failed: [],
    liked: ['good'],
    undone: ['applied', 'undone'],
    replaced: ['good', 'askedClaude'],
  };
  const verdicts: Record<string, Given['verdict']> = {
    passed: 'passed',
    failed: 'failed',
    liked: 'failed',
    undone: 'passed',
    unjudged: 'notChecked',
  };
  for (const [id, feedback] of Object.entries(words)) {
    await keep(ledger, { id, verdict: verdicts[id] });
    for (const [index, word] of feedback.entries()) await ledger.feedback(id, word, now + index);
  }
  const { metrics } = await ledger.summary('day', now);
  assert.equal(metrics.quality_sample, 5);
  assert.equal(metrics.quality_maintained, 2 / 5);
});

test('a test that shows a bug in the code says nothing of the quality of its model', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const findings = [{ code: 'suspectedBug', params: { test: 'a', message: 'b' } }] as const;
  const attempts = [localAttempt({ verdict: { kind: 'failed', findings } })];
  await keep(ledger, { id: 'suspect', attempts, verdict: 'failed' });
  await keep(ledger, { id: 'good', verdict: 'passed' });
  const { metrics } = await ledger.summary('day', now);
  assert.equal(metrics.quality_sample, 1);
  assert.equal(metrics.quality_maintained, 1);
});

test('nothing judged means no quality figure', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await keep(ledger, { id: 'one' });
  const { metrics } = await ledger.summary('day', now);
  assert.equal(metrics.quality_maintained, undefined);
  assert.equal(metrics.quality_sample, 0);
});

test('an old request keeps the price that it was paid at', async (t) => {
  const folder = folderFor(t);
  const overrides: Record<string, { input: number; output: number }> = {};
  const ledger = ledgerIn(t, folder, { overrides: () => overrides });
  await keep(ledger, { id: 'old', attempts: [claudeAttempt()] });
  const before = await ledger.summary('day', now);
  overrides[sonnet] = { input: 200, output: 1000 };
  assert.deepEqual((await ledger.summary('day', now)).paid, before.paid);
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  t.after(() => db.close());
  const row = db.prepare("SELECT prices FROM details WHERE request_id = 'old'").get();
  const prices = JSON.parse(String(row?.prices)) as { model: string; effectiveDate: string }[];
  assert.equal(prices[0]?.model, sonnet);
  assert.equal(prices[0]?.effectiveDate, '2026-11-03');
});

test('practice has a ledger of its own', async (t) => {
  const folder = folderFor(t);
  const real = ledgerIn(t, folder);
  const practice = ledgerIn(t, folder, { practice: true });
  await keep(real, { id: 'real' });
  await keep(practice, { id: 'practice' });
  await practice.mark('practised', now, 'protected');
  const [one, other] = [await real.summary('all', now), await practice.summary('all', now)];
  assert.deepEqual([one.practice, one.latest.map(({ id }) => id)], [false, ['real']]);
  assert.deepEqual([other.practice, other.latest.map(({ id }) => id)], [true, ['practice']]);
  assert.equal(await real.marked('practised'), undefined);
});

test('sums over a period search by time instead of reading every row', async (t) => {
  const folder = folderFor(t);
  await keep(ledgerIn(t, folder), { id: 'one' });
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  t.after(() => db.close());
  const plan = db.prepare('EXPLAIN QUERY PLAN SELECT sum(saved_low) FROM counted WHERE at >= 1').all();
  assert.ok(
    plan.some((step) => String(step.detail).includes('requests_by_time')),
    JSON.stringify(plan),
  );
  assert.ok(!plan.some((step) => String(step.detail).startsWith('SCAN')), JSON.stringify(plan));
});
