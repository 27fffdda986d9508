import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { accountOf } from '../../../src/ledger/account.ts';
import type { Feedback, Ledger } from '../../../src/ledger/ledger.ts';
import { compactLessons, lessonsSince } from '../../../src/ledger/lessons.ts';
import { migrate } from '../../../src/ledger/schema.ts';
import type { Attempt } from '../../../src/vocabulary/attempt.ts';
import type { Lesson } from '../../../src/vocabulary/experience.ts';
import type { Verdict } from '../../../src/vocabulary/verdict.ts';
import { claudeAttempt, folderFor, ledgerIn, localAttempt, outcome, requestRow, sonnet } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const dayMs = 86_400_000;
const halfLifeMs = 60 * dayMs;

function checked(kind: Verdict['kind'], over: Partial<Attempt> = {}): Attempt {
  return localAttempt({
    digest: 'd1',
    host: 'h:1',
    verdict: { kind, findings: [] },
    startedAt: noon,
    ...over,
  });
}

async function ran(
  ledger: Ledger,
  id: string,
  attempts: readonly Attempt[],
  more: { readonly folder?: string; readonly answeredBy?: number } = {},
): Promise<void> {
  const { folder, answeredBy = attempts.length - 1 } = more;
  await ledger.decided(requestRow(id, { at: noon, ...(folder !== undefined && { folder }) }));
  const account = accountOf({ attempts, answeredBy, baselineModel: sonnet, at: noon });
  await ledger.finished(outcome(id, account, { attempts, answeredBy }), noon);
}

async function learned(ledger: Ledger): Promise<readonly Lesson[]> {
  return (await ledger.recall({ now: noon, halfLifeMs, budget: {} })).lessons ?? [];
}

const told = (lessons: readonly Lesson[]) =>
  lessons.map(({ model, teacher, count }) => `${model.name} ${teacher} ${count}`).sort();

test('each verdict of each attempt teaches of its own model, an answer that nothing checked teaches nothing', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', [
    checked('failed'),
    claudeAttempt({ index: 1, verdict: { kind: 'passed', findings: [] } }),
  ]);
  await ran(ledger, 'two', [checked('notChecked')]);
  await ran(ledger, 'three', [localAttempt()]);
  assert.deepEqual(told(await learned(ledger)), [`${sonnet} passed 1`, 'llama3.2:3b failed 1']);
});

test('a lesson names the very model, its task and band, and the workspace by its hash', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', [checked('passed')], { folder: '/home/ada/shop' });
  const [lesson] = await learned(ledger);
  assert.match(lesson?.workspace ?? '', /^[0-9a-f]{32}$/);
  assert.deepEqual(lesson, {
    model: { provider: 'ollama', name: 'llama3.2:3b' },
    digest: 'd1',
    host: 'h:1',
    task: 'explain',
    band: 'easy',
    teacher: 'passed',
    at: noon,
    workspace: lesson?.workspace,
    count: 1,
  });
});

test('another digest and another host are learned of apart', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', [checked('passed')]);
  await ran(ledger, 'two', [checked('passed', { digest: 'd2' })]);
  await ran(ledger, 'three', [checked('passed', { host: 'h:2' })]);
  assert.equal((await learned(ledger)).length, 3);
});

test('of each kind a request teaches once, however often it is written', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  for (let time = 0; time < 3; time++) {
    await ran(ledger, 'one', [checked('failed'), checked('failed', { index: 1 })]);
    await ledger.feedback('one', 'notGood', noon + time);
  }
  assert.deepEqual(told(await learned(ledger)), ['llama3.2:3b failed 1', 'llama3.2:3b notGood 1']);
});

test('the last thumb wins, and what was done with the change takes the place of what was done before', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', [checked('passed')]);
  const said: readonly Feedback[] = ['good', 'notGood', 'applied', 'edited', 'undone', 'askedClaude'];
  for (const [at, feedback] of said.entries()) await ledger.feedback('one', feedback, noon + at);
  assert.deepEqual(told(await learned(ledger)), [
    'llama3.2:3b askedClaude 1',
    'llama3.2:3b notGood 1',
    'llama3.2:3b passed 1',
    'llama3.2:3b undone 1',
  ]);
});

test('what the developer did with an answer teaches of the model that gave it', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', [checked('failed'), claudeAttempt({ index: 1 })]);
  await ledger.feedback('one', 'good', noon);
  await ledger.feedback('nobody knows it', 'good', noon);
  assert.deepEqual(told(await learned(ledger)), [`${sonnet} good 1`, 'llama3.2:3b failed 1']);
});

test('practice teaches nothing, and its ledger is no part of the real one', async (t) => {
  const folder = folderFor(t);
  const practice = ledgerIn(t, folder, { practice: true });
  await ran(practice, 'one', [checked('passed')]);
  await practice.feedback('one', 'good', noon);
  assert.deepEqual(await learned(practice), []);
  assert.deepEqual(await learned(ledgerIn(t, folder)), []);
});

test('what is known already is not told again, also of another window', async (t) => {
  const folder = folderFor(t);
  const [one, other] = [ledgerIn(t, folder), ledgerIn(t, folder)];
  await ran(one, 'one', [checked('passed')]);
  const first = await other.recall({ now: noon, halfLifeMs, budget: {} });
  assert.equal(first.lessons?.length, 1);
  const again = { now: noon, halfLifeMs, budget: {}, lessonsVersion: first.version };
  assert.deepEqual(await other.recall(again), { version: first.version, budget: [] });
  await one.feedback('one', 'notGood', noon);
  assert.equal((await other.recall(again)).lessons?.length, 2);
});

test('forgetting takes one model or all, in every window', async (t) => {
  const folder = folderFor(t);
  const [one, other] = [ledgerIn(t, folder), ledgerIn(t, folder)];
  await ran(one, 'one', [
    checked('passed'),
    claudeAttempt({ index: 1, verdict: checked('passed').verdict! }),
  ]);
  const { version } = await other.recall({ now: noon, halfLifeMs, budget: {} });
  await one.forgetLessons('llama3.2:3b');
  assert.deepEqual(
    (await other.recall({ now: noon, halfLifeMs, budget: {}, lessonsVersion: version })).lessons?.map(
      ({ model }) => model.name,
    ),
    [sonnet],
  );
  await one.forgetLessons();
  assert.deepEqual(await learned(other), []);
  await ran(one, 'two', [checked('passed')]);
  assert.deepEqual(told(await learned(other)), ['llama3.2:3b passed 1']);
});

test('a year of a hundred thousand lessons is told in a few, which weigh as much as all of them', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  const days = 365;
  const first = Math.floor(noon / dayMs) - days + 1;
  db.exec('BEGIN');
  const subject = db.prepare(
    "INSERT INTO lesson_subjects VALUES (?, 'ollama', ?, 'd', 'h', 'explain', 'easy', 'w')",
  );
  const count = db.prepare('INSERT INTO lesson_counts VALUES (?, ?, ?, ?, ?)');
  const all: Lesson[] = [];
  for (let model = 1; model <= 5; model++) {
    subject.run(model, `model${model}`);
    for (let day = 0; day < days; day++)
      for (const teacher of ['passed', 'failed'] as const) {
        const at = (first + day) * dayMs;
        count.run(model, teacher, first + day, 28, at);
        all.push({ ...about(`model${model}`), teacher, at, count: 28 });
      }
  }
  const told = () => lessonsSince(db, undefined, noon, halfLifeMs).lessons ?? [];
  const whole = (lessons: readonly Lesson[]) => lessons.reduce((sum, one) => sum + (one.count ?? 1), 0);
  assert.ok(whole(all) > 100_000);
  assert.equal(told().length, 10);
  assert.equal(whole(told()), whole(all));
  for (const later of [noon, noon + 30 * dayMs]) near(weights(told(), later), weights(all, later), 1e-6);
  compactLessons(db, noon);
  const once = told();
  compactLessons(db, noon);
  db.exec('COMMIT');
  assert.deepEqual(told(), once);
  assert.equal(whole(once), whole(all));
  // Thirty days that stand together at their mean time.
  near(weights(once, noon), weights(all, noon), 0.01);
  assert.ok(Number(db.prepare('SELECT count(*) AS kept FROM lesson_counts').get()?.kept) < 1_100);
  db.close();
});

const about = (name: string) =>
  ({
    model: { provider: 'ollama', name },
    digest: 'd',
    host: 'h',
    task: 'explain',
    band: 'easy',
    workspace: 'w',
  }) as const;

/** What lessons weigh together at a moment, by model and teacher. */
function weights(lessons: readonly Lesson[], now: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { model, teacher, at, count = 1 } of lessons) {
    const name = `${model.name} ${teacher}`;
    sums.set(name, (sums.get(name) ?? 0) + count * 0.5 ** ((now - at) / halfLifeMs));
  }
  return sums;
}

function near(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>, part: number): void {
  assert.deepEqual([...one.keys()].sort(), [...other.keys()].sort());
  for (const [name, weight] of one)
    assert.ok(Math.abs(weight / (other.get(name) ?? 0) - 1) < part, `${name}: ${weight}, ${other.get(name)}`);
}

test('what was learned of a model that is long gone leaves no row behind', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder);
  await ran(ledger, 'one', [checked('passed', { startedAt: noon })]);
  await ledger.close();
  const db = new DatabaseSync(`${folder}/ledger.sqlite`);
  const rows = () => Number(db.prepare('SELECT count(*) AS rows FROM lesson_subjects').get()?.rows);
  compactLessons(db, noon + 100 * dayMs);
  assert.equal(rows(), 1);
  compactLessons(db, noon + 800 * dayMs);
  assert.equal(rows(), 0);
  db.close();
});

test('a word that is taken back after its count was put together is taken back there', async (t) => {
  const folder = folderFor(t);
  const old = noon - 100 * dayMs;
  const first = ledgerIn(t, folder);
  await ran(first, 'one', [checked('passed', { startedAt: old })]);
  await first.feedback('one', 'good', old);
  await first.close();
  const db = new DatabaseSync(`${folder}/ledger.sqlite`);
  compactLessons(db, noon);
  db.close();
  const ledger = ledgerIn(t, folder);
  await ledger.feedback('one', 'notGood', noon);
  assert.deepEqual(told(await learned(ledger)), ['llama3.2:3b notGood 1', 'llama3.2:3b passed 1']);
});

test('the summary counts what taught by model, task and difficulty', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', [checked('failed'), checked('passed', { index: 1, digest: 'd2' })]);
  await ran(ledger, 'two', [checked('passed')], { folder: '/home/ada/shop' });
  await ledger.feedback('one', 'good', noon);
  await ledger.feedback('one', 'edited', noon + 5);
  assert.deepEqual((await ledger.summary('day', noon + dayMs * 9)).learned, [
    {
      model: 'llama3.2:3b',
      task: 'explain',
      band: 'easy',
      passed: 2,
      failed: 1,
      liked: 1,
      disliked: 1,
      lastAt: noon + 5,
    },
  ]);
});

test('new errors after the answer was applied take the place of a check that passed', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const attempts = [checked('passed')];
  await ran(ledger, 'one', attempts);
  const account = accountOf({ attempts, answeredBy: 0, baselineModel: sonnet, at: noon });
  const verdict: Verdict = { kind: 'passed', findings: [] };
  await ledger.finished(outcome('one', account, { attempts, answeredBy: 0, verdict }), noon);
  assert.equal((await ledger.summary('all', noon)).metrics.quality_maintained, 1);
  await ledger.feedback('one', 'applied', noon + 1);
  await ledger.feedback('one', 'failed', noon + 2);
  assert.deepEqual(told(await learned(ledger)), ['llama3.2:3b applied 1', 'llama3.2:3b failed 1']);
  assert.equal((await ledger.summary('all', noon + 3)).metrics.quality_maintained, 0);
});

test('new errors teach also where nothing could be checked before', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await ran(ledger, 'one', [checked('notChecked')]);
  await ledger.feedback('one', 'failed', noon + 2);
  await ledger.feedback('nobody knows it', 'failed', noon + 2);
  assert.deepEqual(told(await learned(ledger)), ['llama3.2:3b failed 1']);
});
