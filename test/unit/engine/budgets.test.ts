import assert from 'node:assert/strict';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { costOf } from '../../../src/ledger/account.ts';
import { priceOf } from '../../../src/ledger/prices.ts';
import type { Failure } from '../../../src/vocabulary/failure.ts';
import { onBothServers, requestFor, rigUp, run } from './rig.ts';

const at = onBothServers();
const strategic = 'design a multi-tenant billing architecture';
const byWord = { word: { route: 'claude', said: 'command' } } as const;

/** What the server itself would bill from a moment on, in USD. */
function billedSince(first: number): number {
  return at.claude.bills.slice(first).reduce((sum, { model, input, output }) => {
    const price = priceOf(model, Date.now());
    const usage = {
      inputTokens: input.input,
      outputTokens: output,
      cacheReadTokens: input.read,
      cacheWriteTokens: input.write5m,
      cacheWrite1hTokens: input.write1h,
    };
    return sum + ((price && costOf(usage, price)) ?? 0) / 1e9;
  }, 0);
}

const becauseOf = (failure: Failure | undefined) =>
  failure?.code === 'nothingLeft' ? failure.params.because : [];

test('a budget that is spent sends nothing to Claude: a local model answers', async () => {
  at.rig.settings['maia.budget.day'] = 0.001;
  const before = at.claude.arrivals.to('/v1/messages').length;
  const { outcome } = await run(at.rig.engine, requestFor(strategic));
  assert.equal(outcome.end, 'answered', JSON.stringify(outcome.failure));
  assert.equal(outcome.attempts.at(-1)?.route, 'local');
  assert.equal(at.claude.arrivals.to('/v1/messages').length, before);
});

test('who asks for Claude then hears which budget is spent, and nothing left the machine', async () => {
  at.rig.settings['maia.budget.month'] = 0.001;
  const before = at.claude.arrivals.to('/v1/messages').length;
  const { outcome } = await run(at.rig.engine, requestFor('explain closures', byWord));
  assert.equal(outcome.end, 'failed');
  assert.ok(
    becauseOf(outcome.failure).some(
      ({ code, params }) => code === 'budgetSpent' && params.period === 'month' && params.limitUsd === 0.001,
    ),
    JSON.stringify(outcome.failure),
  );
  assert.equal(at.claude.arrivals.to('/v1/messages').length, before);
  assert.deepEqual(await at.rig.engine.left('all'), []);
});

test('a budget with room is reserved, settled to what was really paid, and told', async () => {
  at.rig.settings['maia.budget.day'] = 5;
  const first = at.claude.bills.length;
  const { outcome } = await run(at.rig.engine, requestFor('explain closures', byWord));
  assert.equal(outcome.end, 'answered', JSON.stringify(outcome.failure));
  const { periods, stale } = await at.rig.engine.budget();
  const [day] = periods;
  assert.equal(stale, false);
  assert.equal(periods.length, 1);
  assert.equal(day?.period, 'day');
  assert.equal(day?.reservedUsd, 0);
  assert.equal(day?.spentUsd, outcome.account.paid?.high);
  assert.ok(Math.abs((day?.spentUsd ?? 0) - billedSince(first)) < 1e-9);
});

test('it is told once when four fifths are taken', async () => {
  const heard: Failure[] = [];
  at.rig.engine.onDidNotice((notice) => heard.push(notice));
  // The first limit that has room for what one answer can cost at most is nearly taken by it.
  for (let dayUsd = 0.01, answered = false; !answered; dayUsd *= 1.1) {
    assert.ok(dayUsd < 10 && heard.length === 0);
    at.rig.settings['maia.budget.day'] = dayUsd;
    answered = (await run(at.rig.engine, requestFor('explain closures', byWord))).outcome.end === 'answered';
  }
  at.rig.settings['maia.budget.day'] = 10;
  await run(at.rig.engine, requestFor('explain closures', byWord));
  assert.deepEqual(
    heard.map(({ code }) => code),
    ['budgetNear'],
  );
});

test('three windows that ask at the same time never take more than the budget', async () => {
  const dayUsd = 0.15;
  const { home } = at.rig;
  const servers = { ollama: at.ollama.url, claude: at.claude.url, key: at.claude.key, home };
  const settings = { 'maia.budget.day': dayUsd, 'maia.mode': 'claudeOnly' };
  const windows = await Promise.all([1, 2, 3].map(() => rigUp({ ...servers, settings })));
  const first = at.claude.bills.length;
  const arrivals = () => at.claude.arrivals.to('/v1/messages').length;
  const arrivedBefore = arrivals();
  // Claude answers nobody before each of them is either on its way or refused.
  const held = Array.from({ length: 12 }, () => at.claude.hold('arrival'));
  let over = 0;
  const asked = windows.flatMap(({ engine }) =>
    [1, 2, 3, 4].map(async () => {
      const { outcome } = await run(engine, requestFor('explain closures'));
      over += 1;
      return outcome;
    }),
  );
  while (arrivals() - arrivedBefore + over < asked.length) await sleep(5);
  for (const one of held) {
    one.release();
    one.remove();
  }
  const ends = await Promise.all(asked);
  for (const { engine } of windows) await engine.dispose();
  assert.ok(ends.some(({ end }) => end === 'answered'));
  assert.ok(ends.some(({ failure }) => becauseOf(failure).some(({ code }) => code === 'budgetSpent')));
  assert.ok(billedSince(first) <= dayUsd, `${billedSince(first)} USD`);
});

test('a ledger that can not be written closes Claude under a budget, and only then', async () => {
  const { home } = at.rig;
  await at.rig.engine.dispose();
  // A folder in the ledger's place: nothing can be written there.
  await rm(`${home}/ledger.sqlite`, { force: true });
  await mkdir(`${home}/ledger.sqlite`);
  await chmod(home, 0o700);
  const rig = await rigUp({ ollama: at.ollama.url, claude: at.claude.url, key: at.claude.key, home });
  const open = await run(rig.engine, requestFor('explain closures', byWord));
  assert.equal(open.outcome.end, 'answered', JSON.stringify(open.outcome.failure));
  rig.settings['maia.budget.day'] = 100;
  const before = at.claude.arrivals.to('/v1/messages').length;
  const closed = await run(rig.engine, requestFor('explain closures', byWord));
  assert.deepEqual(becauseOf(closed.outcome.failure), [{ code: 'budgetUnknown', params: {} }]);
  assert.equal(at.claude.arrivals.to('/v1/messages').length, before);
  const local = await run(rig.engine, requestFor(strategic));
  assert.equal(local.outcome.attempts.at(-1)?.route, 'local');
  assert.equal(local.outcome.end, 'answered');
  assert.equal((await rig.engine.budget()).stale, true);
  await rig.engine.dispose();
});
