import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { knownSchema, migrate, schemaOf } from '../../../src/ledger/schema.ts';
import { folderFor, ledgerIn, requestRow } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);

test('an empty database is brought to the known schema, and a second time changes nothing', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  assert.equal(schemaOf(db), knownSchema);
  const before = db.prepare('SELECT sql FROM sqlite_schema').all();
  migrate(db);
  assert.deepEqual(db.prepare('SELECT sql FROM sqlite_schema').all(), before);
  db.close();
});

test('a migration that fails leaves the database as it was', () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE marks (somebody_elses TEXT)');
  assert.throws(() => migrate(db), /marks/);
  assert.equal(schemaOf(db), 0);
  assert.deepEqual(
    db
      .prepare('SELECT name FROM sqlite_schema')
      .all()
      .map(({ name }) => name),
    ['marks'],
  );
  db.close();
});

test('a row that can never be taken is refused once and holds up no other', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  await assert.rejects(ledger.decided(requestRow('odd', { at: Number.NaN })), {
    message: 'ledgerUnavailable',
  });
  await ledger.decided(requestRow('good', { at: noon + 0.5 }));
  assert.deepEqual(
    (await ledger.summary('all', noon)).latest.map(({ id }) => id),
    ['good'],
  );
});

test('every write can be repeated without changing anything', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  const writes = async (): Promise<void> => {
    await ledger.decided(requestRow('one', { at: noon }));
    await ledger.mark('talk', noon, 'protected');
    await ledger.feedback('one', 'good', noon);
    await ledger.egress({
      requestId: 'one',
      at: noon,
      host: 'api.anthropic.com',
      model: 'claude-sonnet-5-5',
      bytes: 1200,
      allowedBecause: 'nothingProtected',
    });
  };
  await writes();
  const before = await ledger.summary('all', noon);
  await writes();
  assert.deepEqual(await ledger.summary('all', noon), before);
});
