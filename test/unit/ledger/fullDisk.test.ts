import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { LedgerError } from '../../../src/ledger/sqliteError.ts';
import { folderFor, ledgerIn, requestRow } from './fixtures.ts';

const noon = Date.UTC(2026, 10, 23, 12);

const isFull = (error: unknown): boolean =>
  error instanceof LedgerError &&
  error.failure.code === 'ledgerUnavailable' &&
  error.failure.params.detail === 'the disk is full';

/** Writes requests until there is no room; returns the ids, the last of which was refused. */
async function writeUntilFull(ledger: Ledger): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const id = `r${ids.length}`;
    ids.push(id);
    try {
      await ledger.decided(requestRow(id, { at: noon }));
    } catch (error) {
      assert.ok(isFull(error), String(error));
      return ids;
    }
    assert.ok(ids.length < 5000, 'it never filled up');
  }
}

test('a full ledger refuses a write with the reason, still answers, and keeps what was refused until there is room', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder, { limits: { maxPages: 60 } });
  const ids = await writeUntilFull(ledger);
  const refused = ids.at(-1) ?? '';
  await assert.rejects(ledger.mark('while full', noon, 'protected'), isFull);
  assert.equal((await ledger.summary('all', noon)).latest.length, 50);
  assert.equal(await ledger.decisionOf(refused), undefined);
  const other = new DatabaseSync(join(folder, 'ledger.sqlite'));
  other.exec("DELETE FROM details WHERE request_id != 'r0'; DELETE FROM requests WHERE id != 'r0'");
  other.close();
  await ledger.decided(requestRow('after', { at: noon }));
  assert.equal((await ledger.decisionOf(refused))?.requestId, refused);
  assert.equal(await ledger.marked('while full'), 'protected');
  assert.equal((await ledger.decisionOf('after'))?.requestId, 'after');
});

/** A disk of its own, which is undone after the test; undefined where mounting is not allowed. */
function smallDisk(t: TestContext, size: string): string | undefined {
  const disk = mkdtempSync(join(tmpdir(), 'maia-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'maia-test', disk], { stdio: 'ignore' });
  } catch {
    rmSync(disk, { recursive: true });
    t.skip('a small disk can only be made where mounting is allowed');
    return undefined;
  }
  t.after(() => {
    execFileSync('umount', ['-l', disk]);
    rmSync(disk, { recursive: true });
  });
  return disk;
}

test('on a disk that is really full calls are refused, and work again when there is room', async (t) => {
  const disk = smallDisk(t, '1m');
  if (!disk) return;
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, Buffer.alloc(500_000));
  const folder = join(disk, 'maia');
  const ledger = ledgerIn(t, folder);
  const ids = await writeUntilFull(ledger);
  await assert.rejects(ledger.mark('while full', noon, 'protected'), isFull);
  rmSync(ballast);
  await ledger.mark('after', noon, 'protected');
  for (const conversation of ['while full', 'after'])
    assert.equal(await ledger.marked(conversation), 'protected');
  for (const id of ids) assert.equal((await ledger.decisionOf(id))?.requestId, id);
  await ledger.close();
  const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
  assert.equal(db.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
  db.close();
});

test('on a disk that is full from the start nothing can be opened, until there is room', async (t) => {
  const disk = smallDisk(t, '256k');
  if (!disk) return;
  const ballast = join(disk, 'ballast');
  assert.throws(() => writeFileSync(ballast, Buffer.alloc(500_000)), { code: 'ENOSPC' });
  const ledger = ledgerIn(t, join(disk, 'maia'));
  await assert.rejects(ledger.mark('one', noon, 'protected'), { message: 'ledgerUnavailable' });
  await assert.rejects(ledger.summary('all', noon), { message: 'ledgerUnavailable' });
  rmSync(ballast);
  await ledger.mark('two', noon, 'protected');
  assert.equal(await ledger.marked('one'), 'protected');
});
