import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { LedgerError } from '../../../src/ledger/sqliteError.ts';
import type { Failure } from '../../../src/vocabulary/failure.ts';
import { claudeAttempt, folderFor, ledgerIn, requestRow } from './fixtures.ts';
import { startWriter } from './writerProcess.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const pageBytes = 4096;
const halfLifeMs = 60 * 86_400_000;

/** A closed ledger with a mark and enough requests to fill many pages. */
async function filled(ledger: Ledger, folder: string): Promise<string> {
  await ledger.mark('secret talk', noon, 'protected');
  const rows = Array.from({ length: 150 }, (_, index) => requestRow(`old-${index}`, { at: noon }));
  await Promise.all(rows.map((row) => ledger.decided(row)));
  await ledger.close();
  return join(folder, 'ledger.sqlite');
}

function overwrite(file: string, from: number, bytes: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(handle);
}

/** The pages that hold the rows of requests and of their details, the schema's and the marks' own left alone. */
function overwriteRequests(file: string): void {
  const db = new DatabaseSync(file, { readOnly: true });
  const roots = db
    .prepare("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 AND name = 'requests'")
    .all();
  db.close();
  for (const { rootpage } of roots) overwrite(file, (Number(rootpage) - 1) * pageBytes, pageBytes);
}

const asideIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => /^ledger\.corrupt-.*\.sqlite$/.test(name));

function watched(): { notices: Failure[]; lines: string[]; options: object } {
  const notices: Failure[] = [];
  const lines: string[] = [];
  const say = (line: string): void => {
    lines.push(line);
  };
  const log = { info: say, warn: say, error: say };
  return { notices, lines, options: { log, onNotice: (notice: Failure) => notices.push(notice) } };
}

test('a ledger whose header is garbage is set aside, named in the log, told once, and begun afresh', async (t) => {
  const folder = folderFor(t);
  const file = await filled(ledgerIn(t, folder), folder);
  overwrite(file, 0, 200);
  const damaged = readFileSync(file);
  const { notices, lines, options } = watched();
  const ledger = ledgerIn(t, folder, options);
  await ledger.decided(requestRow('new', { at: noon }));
  assert.deepEqual(
    (await ledger.summary('all', noon)).latest.map(({ id }) => id),
    ['new'],
  );
  const [aside = ''] = asideIn(folder);
  assert.deepEqual(notices, [{ code: 'ledgerSetAside', params: { file: aside } }]);
  assert.equal(lines.filter((line) => line.includes(aside)).length, 1);
  assert.ok(!lines.join().includes(folder));
  assert.deepEqual(readFileSync(join(folder, aside)), damaged);
  assert.equal(statSync(join(folder, aside)).mode & 0o777, 0o600);
});

test('damage in the middle is found by the call that meets it, which is then done in the fresh file', async (t) => {
  const folder = folderFor(t);
  const file = await filled(ledgerIn(t, folder), folder);
  overwriteRequests(file);
  const { notices, options } = watched();
  const ledger = ledgerIn(t, folder, options);
  await ledger.decided(requestRow('new', { at: noon }));
  assert.deepEqual(
    (await ledger.summary('all', noon)).latest.map(({ id }) => id),
    ['new'],
  );
  assert.equal(notices.length, 1);
  assert.equal(asideIn(folder).length, 1);
});

test('which conversations are protected is saved from a damaged file', async (t) => {
  const folder = folderFor(t);
  const file = await filled(ledgerIn(t, folder), folder);
  overwriteRequests(file);
  const ledger = ledgerIn(t, folder);
  await ledger.summary('all', noon);
  assert.equal(asideIn(folder).length, 1);
  assert.equal(await ledger.marked('secret talk'), 'protected');
  assert.equal(await ledger.marked('other talk'), undefined);
});

test('what was paid lately is saved from a damaged file, so that budgets go on from there', async (t) => {
  const folder = folderFor(t);
  const first = ledgerIn(t, folder);
  const now = Date.now();
  // 1,000 tokens at $2 and 100 at $10 per million.
  await first.attempted('paid', claudeAttempt({ startedAt: now }));
  const file = await filled(first, folder);
  overwriteRequests(file);
  const ledger = ledgerIn(t, folder);
  await ledger.summary('all', noon);
  const { budget } = await ledger.recall({ now, halfLifeMs, budget: { dayUsd: 1 } });
  assert.equal(asideIn(folder).length, 1);
  assert.equal(budget[0]?.spentUsd, 0.003);
});

test('damage where no call comes by is found by the check of the whole file', async (t) => {
  const folder = folderFor(t);
  const file = await filled(ledgerIn(t, folder), folder);
  const db = new DatabaseSync(file, { readOnly: true });
  const row = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'egress'").get();
  db.close();
  overwrite(file, (Number(row?.rootpage) - 1) * pageBytes, pageBytes);
  let heard: () => void = () => undefined;
  const noticed = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const ledger = ledgerIn(t, folder, { onNotice: () => heard(), limits: { checkAfterMs: 5 } });
  await ledger.marked('anything');
  // The worker alone does not keep a process alive.
  const alive = setInterval(() => undefined, 1000);
  await noticed;
  clearInterval(alive);
  assert.equal(asideIn(folder).length, 1);
});

test('processes that find the damage at the same time set it aside once and share the fresh file', async (t) => {
  for (const [round, damage] of [
    (file: string) => overwrite(file, 0, 200),
    overwriteRequests,
    (file: string) => overwrite(file, 0, statSync(file).size),
  ].entries()) {
    const folder = folderFor(t);
    damage(await filled(ledgerIn(t, folder), folder));
    // Who holds the lock first is the test itself, so that all of them come to it before one may go on.
    const lock = new DatabaseSync(join(folder, 'ledger.sqlite.lock'));
    lock.exec('BEGIN EXCLUSIVE');
    const writers = ['a', 'b', 'c'].map((name) => startWriter(folder, name, 5));
    await Promise.all(writers.map((writer) => writer.ready));
    for (const writer of writers) writer.begin();
    await sleep(400);
    assert.deepEqual(asideIn(folder), []);
    lock.close();
    assert.deepEqual(await Promise.all(writers.map((writer) => writer.ended)), [0, 0, 0]);
    assert.equal(asideIn(folder).length, 1, `round ${round}`);
    const summary = await ledgerIn(t, folder).summary('all', noon);
    assert.equal(summary.metrics.total_requests, 15, `round ${round}`);
  }
});

test('a window that still has the old file open goes on in the fresh one', async (t) => {
  const folder = folderFor(t);
  const file = await filled(ledgerIn(t, folder), folder);
  const first = ledgerIn(t, folder);
  assert.equal(await first.marked('secret talk'), 'protected');
  overwriteRequests(file);
  const second = ledgerIn(t, folder);
  await second.decided(requestRow('second', { at: noon }));
  assert.equal(asideIn(folder).length, 1);
  // Nothing that the first window touches here is damaged in the file that it has open.
  await first.mark('late talk', noon, 'protected');
  await first.close();
  await second.decided(requestRow('third', { at: noon }));
  assert.equal(await second.marked('late talk'), 'protected');
  await second.close();
  const summary = await ledgerIn(t, folder).summary('all', noon);
  assert.deepEqual(summary.latest.map(({ id }) => id).toSorted(), ['second', 'third']);
  assert.equal(asideIn(folder).length, 1);
});

test('a ledger of a newer Maia is read, never written and never set aside', async (t) => {
  const folder = folderFor(t);
  const file = await filled(ledgerIn(t, folder), folder);
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const before = readFileSync(file);
  const ledger = ledgerIn(t, folder);
  const isNewer = (error: unknown): boolean =>
    error instanceof LedgerError && error.failure.code === 'ledgerNewer' && error.failure.params.found === 99;
  await assert.rejects(ledger.decided(requestRow('new')), isNewer);
  await assert.rejects(ledger.mark('new', noon, 'protected'), isNewer);
  assert.equal(await ledger.marked('secret talk'), 'protected');
  assert.equal((await ledger.summary('all', noon)).latest.length, 50);
  await ledger.close();
  assert.deepEqual(readFileSync(file), before);
  assert.deepEqual(asideIn(folder), []);
});

test('a lock file with something in it does no harm', async (t) => {
  const folder = folderFor(t);
  writeFileSync(join(folder, 'ledger.sqlite.lock'), 'x'.repeat(2000));
  await ledgerIn(t, folder).decided(requestRow('one'));
});

test('a process that holds the ledger makes calls fail soon, and they work again when it lets go', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder, { limits: { busyMs: 20 } });
  await ledger.mark('before', noon, 'protected');
  const other = new DatabaseSync(join(folder, 'ledger.sqlite'));
  t.after(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  const refused = ledger.mark('during', noon, 'protected');
  await assert.rejects(refused, { message: 'ledgerUnavailable' });
  other.exec('ROLLBACK');
  await ledger.mark('after', noon, 'protected');
  for (const conversation of ['before', 'during', 'after'])
    assert.equal(await ledger.marked(conversation), 'protected', conversation);
});
