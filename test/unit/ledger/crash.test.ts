import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderFor, ledgerIn } from './fixtures.ts';
import { startWriter } from './writerProcess.ts';

const noon = Date.UTC(2026, 10, 23, 12);

test('SIGKILL in mid-write, fifty times: the file is whole and at most the request in flight is lost', async (t) => {
  const folder = folderFor(t);
  const file = join(folder, 'ledger.sqlite');
  const kills = 50;
  const written: string[] = [];
  let killed = 0;

  // One that ends by itself leaves its compiled sources to those that will not.
  const first = startWriter(folder, 'first', 0);
  await first.ready;
  first.begin();
  assert.equal(await first.ended, 0);

  // Two lanes, so that a process dies while another one writes.
  const lane = async (name: string): Promise<void> => {
    let next = startWriter(folder, `${name}${killed}`, -1);
    while (killed < kills) {
      const number = ++killed;
      const writer = next;
      await writer.ready;
      writer.begin();
      if (killed < kills) next = startWriter(folder, `${name}${killed + 100}`, -1);
      await writer.said(1 + (number % 4));
      await sleep(number % 7);
      writer.process.kill('SIGKILL');
      assert.equal(await writer.ended, null);
      assert.ok(writer.written.length > 0);
      written.push(...writer.written);
      check(writer.written, number);
    }
    next.process.kill('SIGKILL');
    await next.ended;
  };

  const check = (ids: readonly string[], number: number): void => {
    const db = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    try {
      assert.equal(db.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
      const name = ids[0]?.replace(/-0$/, '-') ?? '';
      const rows = db.prepare('SELECT id, ended FROM requests WHERE id GLOB ?').all(`${name}*`);
      const whole = rows.filter((row) => row.ended === 'answered').map((row) => row.id);
      for (const id of ids) assert.ok(whole.includes(id), `${id} was said to be written, kill ${number}`);
      assert.ok(rows.length <= ids.length + 2, `${rows.length} rows, ${ids.length} said, kill ${number}`);
      assert.ok(rows.length - whole.length <= 1, `more than one request in flight, kill ${number}`);
    } finally {
      db.close();
    }
  };

  await Promise.all([lane('a'), lane('b')]);

  const summary = await ledgerIn(t, folder).summary('all', noon);
  assert.ok(summary.metrics.total_requests >= written.length);
  assert.deepEqual(
    summary.latest.filter((one) => one.end === 'running'),
    [],
  );
});

test('a request whose process died is closed by the next one, paid at the bound of what was sent', async (t) => {
  const folder = folderFor(t);
  const writer = startWriter(folder, 'left', 'intend');
  await writer.ready;
  writer.begin();
  await writer.said(1);
  const ledger = ledgerIn(t, folder);
  assert.equal((await ledger.summary('all', noon)).latest[0]?.end, 'running');
  writer.process.kill('SIGKILL');
  await writer.ended;
  const summary = await ledger.summary('all', noon);
  assert.equal(summary.latest[0]?.end, 'failed');
  assert.equal(summary.metrics.not_answered, 1);
  // 1,000 tokens written to the cache at $2.50 and 1,000 of output at $10 per million.
  assert.deepEqual(summary.paid, { low: 0.0125, high: 0.0125 });
  assert.deepEqual(summary.metrics.cost_savings, { low: -0.0125, high: -0.0125 });
});

test('three processes write at once and every row of theirs is there', async (t) => {
  const folder = folderFor(t);
  const count = 60;
  const writers = ['a', 'b', 'c'].map((name) => startWriter(folder, name, count));
  await Promise.all(writers.map((writer) => writer.ready));
  for (const writer of writers) writer.begin();
  assert.deepEqual(await Promise.all(writers.map((writer) => writer.ended)), [0, 0, 0]);
  const summary = await ledgerIn(t, folder).summary('all', noon);
  assert.equal(summary.metrics.total_requests, 3 * count);
  assert.deepEqual(summary.paid, { low: 0.54, high: 0.54 });
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'), { readOnly: true });
  t.after(() => db.close());
  assert.equal(db.prepare("SELECT count(*) AS n FROM attempts WHERE ended = 'complete'").get()?.n, 3 * count);
});
