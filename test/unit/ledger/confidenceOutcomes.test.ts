import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf } from '../../../src/ledger/account.ts';
import type { Feedback, Ledger } from '../../../src/ledger/ledger.ts';
import type { Attempt } from '../../../src/vocabulary/attempt.ts';
import type { Verdict } from '../../../src/vocabulary/verdict.ts';
import { folderFor, ledgerIn, localAttempt, outcome, requestRow, sonnet } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const confidence = {
  tokens: 50,
  mean: -0.5,
  min: -4,
  opening: -0.25,
  weakest: { logprob: -3, token: 7 },
};

function answer(kind: Verdict['kind'] | undefined, over: Partial<Attempt> = {}): Attempt {
  return localAttempt({
    digest: 'd1',
    startedAt: noon,
    confidence,
    ...(kind ? { verdict: { kind, findings: [] } } : {}),
    ...over,
  });
}

async function ran(ledger: Ledger, id: string, ...attempts: readonly Attempt[]): Promise<void> {
  const answeredBy = attempts.length - 1;
  await ledger.decided(requestRow(id, { at: noon }));
  const account = accountOf({ attempts, answeredBy, baselineModel: sonnet, at: noon });
  await ledger.finished(outcome(id, account, { attempts, answeredBy }), noon);
}

const kept = async (ledger: Ledger) =>
  (await ledger.recall({ now: noon, halfLifeMs: 1e9, budget: {} })).confidence ?? [];

test('how sure a model was is kept beside what its check said', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', answer('passed'));
  assert.deepEqual(await kept(ledger), [
    {
      model: answer('passed').model,
      digest: 'd1',
      task: 'explain',
      mean: -0.5,
      min: -4,
      opening: -0.25,
      weakest: -3,
      good: true,
    },
  ]);
  await ran(ledger, 'two', answer('failed'), answer('passed', { index: 1 }));
  assert.deepEqual((await kept(ledger)).map(({ good }) => good).toSorted(), [false, true, true]);
});

test('what nobody judged, what told nothing and where the code is under suspicion teaches nothing', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const { confidence: _, ...silent } = answer('passed');
  await ran(ledger, 'one', silent);
  await ran(ledger, 'two', answer('notChecked'));
  await ran(ledger, 'three', answer(undefined));
  const findings = [{ code: 'suspectedBug', params: { test: 'a', message: 'b' } }] as const;
  await ran(ledger, 'four', answer(undefined, { verdict: { kind: 'failed', findings } }));
  assert.deepEqual(await kept(ledger), []);
});

for (const [word, good] of [
  ['good', true],
  ['applied', true],
  ['notGood', false],
  ['rejected', false],
  ['undone', false],
  ['askedClaude', false],
] satisfies [Feedback, boolean][])
  test(`an answer that was not checked is ${good ? 'good' : 'bad'} where the developer's word is ${word}`, async (t) => {
    const ledger = ledgerIn(t, folderFor(t));
    await ran(ledger, 'one', answer('notChecked'));
    await ledger.feedback('one', word, noon + 1);
    assert.deepEqual(
      (await kept(ledger)).map((one) => one.good),
      [good],
    );
  });

test('the last word counts, and no word makes an answer good that failed its check', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', answer('passed'));
  await ledger.feedback('one', 'notGood', noon + 1);
  assert.deepEqual(
    (await kept(ledger)).map(({ good }) => good),
    [false],
  );
  await ledger.feedback('one', 'good', noon + 2);
  assert.deepEqual(
    (await kept(ledger)).map(({ good }) => good),
    [true],
  );
  await ran(ledger, 'two', answer('failed'));
  await ledger.feedback('two', 'applied', noon + 3);
  assert.deepEqual((await kept(ledger)).map(({ good }) => good).toSorted(), [false, true]);
});

test('of each model and task the newest three hundred stay', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  for (let at = 0; at < 310; at += 1)
    await ran(
      ledger,
      `r${at}`,
      answer('passed', { startedAt: noon + at, confidence: { ...confidence, mean: -at } }),
    );
  await ran(ledger, 'other', answer('passed', { digest: 'd2' }));
  const all = await kept(ledger);
  const own = all.filter(({ digest }) => digest === 'd1').map(({ mean }) => -mean);
  assert.equal(own.length, 300);
  assert.deepEqual([Math.min(...own), Math.max(...own)], [10, 309]);
  assert.equal(all.length, 301);
});

test('it is told again only when something was learned, and forgotten with the rest', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', answer('passed'));
  const first = await ledger.recall({ now: noon, halfLifeMs: 1e9, budget: {} });
  const again = await ledger.recall({
    now: noon,
    halfLifeMs: 1e9,
    budget: {},
    lessonsVersion: first.version,
  });
  assert.equal(again.confidence, undefined);
  await ledger.forgetLessons('another:1b');
  assert.equal((await kept(ledger)).length, 1);
  await ledger.forgetLessons('llama3.2:3b');
  assert.deepEqual(await kept(ledger), []);
});

test('practice never teaches', async (t) => {
  const ledger = ledgerIn(t, folderFor(t), { practice: true });
  await ran(ledger, 'one', answer('passed'));
  await ledger.feedback('one', 'good', noon);
  assert.deepEqual(await kept(ledger), []);
});
