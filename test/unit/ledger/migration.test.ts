import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { knownSchema, migrate, schemaOf } from '../../../src/ledger/schema.ts';
import { folderFor, ledgerIn } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const halfLifeMs = 60 * 86_400_000;
/** A ledger that the first schema's own program wrote: statements that make it again. */
const schema1 = readFileSync(new URL('./older/schema1.sql', import.meta.url), 'utf8');

function olderIn(folder: string): void {
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
  db.exec(schema1);
  assert.equal(schemaOf(db), 1);
  db.close();
}

test('a ledger of the first schema keeps its rows and figures, and takes new ones', async (t) => {
  const folder = folderFor(t);
  olderIn(folder);
  const ledger = ledgerIn(t, folder);
  const summary = await ledger.summary('all', noon);
  assert.equal(summary.metrics.total_requests, 4);
  assert.equal(summary.unpriced, 1);
  // The answer of Claude as billed, and nothing for the one that Claude replaced.
  assert.deepEqual(summary.paid, { low: 0.003, high: 0.003 });
  assert.deepEqual(summary.latest.map(({ id, end }) => `${id} ${end}`).sort(), [
    'escalated answered',
    'local answered',
    'open running',
    'replaced answered',
    'unpriced answered',
  ]);
  assert.equal((await ledger.decisionOf('local'))?.policyVersion, 'rules-1');
  assert.equal(await ledger.decisionInput('local'), undefined);
  assert.equal(await ledger.undecidedOf('local'), undefined);
});

test('what an older Maia has paid counts in the budgets, its running calls as reserved', async (t) => {
  const folder = folderFor(t);
  olderIn(folder);
  const { budget, lessons } = await ledgerIn(t, folder).recall({
    now: noon,
    halfLifeMs,
    budget: { monthUsd: 1 },
  });
  assert.equal(budget[0]?.spentUsd, 0.003);
  assert.equal(budget[0]?.reservedUsd, 0.0125);
  assert.deepEqual(lessons, []);
});

test('an answer from before may still be judged, and teaches from then on', async (t) => {
  const folder = folderFor(t);
  olderIn(folder);
  const ledger = ledgerIn(t, folder);
  await ledger.feedback('local', 'good', noon);
  const { lessons } = await ledger.recall({ now: noon, halfLifeMs, budget: {} });
  assert.deepEqual(
    lessons?.map(({ model, teacher, digest }) => ({ name: model.name, teacher, digest })),
    [{ name: 'llama3.2:3b', teacher: 'good', digest: undefined }],
  );
});

test('an older ledger comes to the same schema as a new one', () => {
  const [older, fresh] = [new DatabaseSync(':memory:'), new DatabaseSync(':memory:')];
  older.exec(schema1);
  const shape = (db: DatabaseSync) => {
    migrate(db);
    assert.equal(schemaOf(db), knownSchema);
    return db.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
  };
  assert.deepEqual(shape(older), shape(fresh));
  older.close();
  fresh.close();
});
