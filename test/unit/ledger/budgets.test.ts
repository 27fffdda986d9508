import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { IntentRow, Ledger } from '../../../src/ledger/ledger.ts';
import { LedgerError } from '../../../src/ledger/sqliteError.ts';
import type { Budget } from '../../../src/vocabulary/policy.ts';
import { claudeAttempt, folderFor, ledgerIn, localAttempt, requestRow, sonnet, usage } from './fixtures.ts';

const noon = new Date(2026, 10, 23, 12).getTime();
const hourMs = 3_600_000;
const halfLifeMs = 60 * 86_400_000;
/** 1,000 tokens written to the cache at $2.50 and 1,000 of output at $10 per million. */
const boundUsd = 0.0125;

function intent(requestId: string, budget: Budget, over: Partial<IntentRow> = {}): IntentRow {
  const { model, route, boundary } = claudeAttempt();
  const row = { requestId, index: 0, model, route, boundary, at: noon, budget };
  return { ...row, promptTokens: 1000, maxOutputTokens: 1000, ...over };
}

/** The rule that refused a call; undefined where it found room. */
async function refusal(ledger: Ledger, row: IntentRow): Promise<unknown> {
  try {
    await ledger.intend(row);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof LedgerError && error.failure.code === 'noPermit', String(error));
    return error.failure.params.reason;
  }
}

const left = async (ledger: Ledger, budget: Budget, now = noon) =>
  (await ledger.recall({ now, halfLifeMs, budget })).budget.map(
    ({ period, spentUsd, reservedUsd, leftUsd }) => ({
      period,
      spentUsd,
      reservedUsd,
      leftUsd,
    }),
  );

test('a call takes its upper bound until what was really paid takes its place', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const budget = { dayUsd: 1 };
  await ledger.decided(requestRow('one', { at: noon }));
  await ledger.intend(intent('one', budget));
  assert.deepEqual(await left(ledger, budget), [
    { period: 'day', spentUsd: 0, reservedUsd: boundUsd, leftUsd: 1 - boundUsd },
  ]);
  // 1,000 tokens at $2 and 100 at $10 per million.
  await ledger.attempted('one', claudeAttempt({ startedAt: noon }));
  assert.deepEqual(await left(ledger, budget), [
    { period: 'day', spentUsd: 0.003, reservedUsd: 0, leftUsd: 0.997 },
  ]);
});

test('a call that does not fit is refused and leaves no row, up to the last thousand-millionth of a dollar', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const exactly = { dayUsd: boundUsd * 2 };
  assert.equal(await refusal(ledger, intent('one', exactly)), undefined);
  assert.equal(await refusal(ledger, intent('two', exactly)), undefined);
  const reason = { code: 'budgetSpent', params: { period: 'day', limitUsd: boundUsd * 2 } };
  assert.deepEqual(await refusal(ledger, intent('three', exactly)), reason);
  const short = { dayUsd: boundUsd * 3 - 1e-9 };
  assert.notEqual(await refusal(ledger, intent('three', short)), undefined);
  assert.deepEqual(await left(ledger, exactly), [
    { period: 'day', spentUsd: 0, reservedUsd: boundUsd * 2, leftUsd: 0 },
  ]);
});

test('the same row again takes no more room', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const budget = { dayUsd: boundUsd };
  assert.equal(await refusal(ledger, intent('one', budget)), undefined);
  assert.equal(await refusal(ledger, intent('one', budget)), undefined);
});

test('a day ends at local midnight, a month with its last day', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const budget = { dayUsd: boundUsd, monthUsd: boundUsd * 2 };
  const tomorrow = noon + 24 * hourMs;
  assert.equal(await refusal(ledger, intent('one', budget)), undefined);
  const midnight = new Date(2026, 10, 24).getTime();
  assert.notEqual(await refusal(ledger, intent('two', budget, { at: midnight - 1 })), undefined);
  assert.equal(await refusal(ledger, intent('two', budget, { at: midnight })), undefined);
  assert.deepEqual(await refusal(ledger, intent('three', budget, { at: tomorrow + 24 * hourMs })), {
    code: 'budgetSpent',
    params: { period: 'month', limitUsd: boundUsd * 2 },
  });
  const december = new Date(2026, 11, 1).getTime();
  assert.equal(await refusal(ledger, intent('three', budget, { at: december })), undefined);
});

test('a model without a price is closed under a budget, and local models take nothing of it', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const budget = { dayUsd: 0.001 };
  const model = { provider: 'ollama', name: 'gpt-oss:120b-cloud' } as const;
  assert.deepEqual(await refusal(ledger, intent('one', budget, { model, route: 'other' })), {
    code: 'noPrice',
    params: { model: model.name },
  });
  const { model: own, boundary } = localAttempt();
  assert.equal(
    await refusal(ledger, intent('two', budget, { model: own, route: 'local', boundary })),
    undefined,
  );
  assert.equal((await left(ledger, budget))[0]?.leftUsd, 0.001);
});

test('it is warned once for each period at four fifths, whichever window asks', async (t) => {
  const folder = folderFor(t);
  const [one, other] = [ledgerIn(t, folder), ledgerIn(t, folder)];
  const budget = { dayUsd: boundUsd * 10 };
  const warned: unknown[] = [];
  for (let number = 0; number < 10; number++)
    warned.push(await (number % 2 ? one : other).intend(intent(`r${number}`, budget)));
  const near = { period: 'day', usedUsd: boundUsd * 8, limitUsd: boundUsd * 10 };
  assert.deepEqual(warned, [...Array(7), near, undefined, undefined]);
  const tomorrow = noon + 24 * hourMs;
  const dear = { at: tomorrow, promptTokens: 1000, maxOutputTokens: 8000 };
  const next = await one.intend(intent('next', { dayUsd: 0.1 }, dear));
  assert.equal(next?.period, 'day');
});

test('three processes that race for a budget never take more than it, in what is paid and what is reserved', async (t) => {
  const folder = folderFor(t);
  const dayUsd = 0.4;
  const program = fileURLToPath(new URL('./reserver.ts', import.meta.url));
  const racers = ['a', 'b', 'c'].map((name) => {
    const child = spawn(process.execPath, [program, folder, name, String(dayUsd)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
    return { child, ready: once(child.stdout, 'data'), ended: once(child, 'close'), said: () => said };
  });
  await Promise.all(racers.map(({ ready }) => ready));
  for (const { child } of racers) child.stdin.write('go\n');
  for (const { ended } of racers) assert.deepEqual((await ended)[0], 0);
  const granted = racers.map(({ said }) => Number(said().split('\n')[1]));
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  const { total, rows } = db.prepare('SELECT sum(paid) AS total, count(*) AS rows FROM attempts').get() as {
    total: number;
    rows: number;
  };
  db.close();
  assert.equal(
    granted.reduce((sum, one) => sum + one, 0),
    rows,
  );
  assert.ok(total <= dayUsd * 1e9, `${total} n$ of ${dayUsd * 1e9}`);
  assert.ok(total > (dayUsd - boundUsd) * 1e9, `${total} n$: room was left over`);
});

test('a call of a process that died counts whole, since nobody knows whether it was billed', async (t) => {
  const folder = folderFor(t);
  const first = ledgerIn(t, folder);
  await first.decided(requestRow('one', { at: noon }));
  await first.intend(intent('one', { dayUsd: 1 }));
  await first.close();
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
  db.exec(
    "UPDATE requests SET owner = replace(owner, '/' || substr(owner, instr(owner, '/') + 1), '/999999/1')",
  );
  db.close();
  const ledger = ledgerIn(t, folder);
  await ledger.summary('all', noon);
  assert.deepEqual(await left(ledger, { dayUsd: 1 }), [
    { period: 'day', spentUsd: boundUsd, reservedUsd: 0, leftUsd: 1 - boundUsd },
  ]);
});

test('whatever is asked and however it ends, what is taken never passes a limit', async (t) => {
  const call = fc.record({
    promptTokens: fc.integer({ min: 0, max: 50_000 }),
    maxOutputTokens: fc.integer({ min: 1, max: 16_000 }),
    used: fc.double({ min: 0, max: 1, noNaN: true }),
    end: fc.constantFrom('complete', 'cancelled', 'none'),
    hours: fc.integer({ min: 0, max: 30 }),
  });
  const ledger = ledgerIn(t, folderFor(t));
  let requests = 0;
  let months = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 12 }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (calls, dayUsd, monthUsd) => {
        const budget = { dayUsd, monthUsd };
        // A month of its own for each run.
        let at = new Date(2030, months++, 3, 9).getTime();
        for (const { promptTokens, maxOutputTokens, used, end, hours } of calls) {
          at += hours * hourMs;
          const id = `r${requests++}`;
          const row = intent(id, budget, { at, promptTokens, maxOutputTokens });
          const refused = await refusal(ledger, row);
          for (const { leftUsd, spentUsd, reservedUsd, limitUsd } of (
            await ledger.recall({ now: at, halfLifeMs, budget })
          ).budget) {
            assert.ok(spentUsd + reservedUsd <= limitUsd + 1e-12);
            assert.ok(Math.abs(limitUsd - spentUsd - reservedUsd - leftUsd) < 1e-9);
          }
          if (refused || end === 'none') continue;
          const told = usage({
            inputTokens: Math.floor(promptTokens * used),
            outputTokens: Math.floor(maxOutputTokens * used),
          });
          const attempt = claudeAttempt({ startedAt: at, usage: told, end });
          assert.equal(attempt.model.name, sonnet);
          await ledger.attempted(id, attempt);
        }
      },
    ),
    { numRuns: 40 },
  );
});
