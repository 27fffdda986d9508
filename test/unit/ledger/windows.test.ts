import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openLedger } from '../../../src/ledger/client.ts';
import { LedgerError } from '../../../src/ledger/sqliteError.ts';
import { folderFor, ledgerIn, requestRow, sonnet } from './fixtures.ts';
import { startWriter } from './writerProcess.ts';

const noon = Date.UTC(2026, 10, 23, 12);

/** The next time that a listener is called; keeps the process alive while it waits. */
function next(subscribe: (listener: () => void) => { dispose(): void }): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, 1000);
    const subscription = subscribe(() => {
      clearInterval(alive);
      subscription.dispose();
      resolve();
    });
  });
}

test("a listener hears of its own window's writes", async (t) => {
  const ledger = ledgerIn(t, folderFor(t), { limits: { watchMs: 60_000 } });
  const changed = next((listener) => ledger.onDidChange(listener));
  await ledger.decided(requestRow('one'));
  await changed;
});

test("a listener hears of another process's writes, and then reads them", async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder, { limits: { watchMs: 10 } });
  assert.equal((await ledger.summary('all', noon)).metrics.total_requests, 0);
  const writer = startWriter(folder, 'other', 1);
  await writer.ready;
  const changed = next((listener) => ledger.onDidChange(listener));
  writer.begin();
  await changed;
  assert.equal(await writer.ended, 0);
  assert.equal((await ledger.summary('all', noon)).metrics.total_requests, 1);
});

test('a listener that is disposed hears nothing more', async (t) => {
  const ledger = ledgerIn(t, folderFor(t));
  let heard = 0;
  const first = ledger.onDidChange(() => heard++);
  const second = next((listener) => ledger.onDidChange(listener));
  first.dispose();
  await ledger.decided(requestRow('one'));
  await second;
  assert.equal(heard, 0);
});

test('listening alone starts nothing', async (t) => {
  const folder = join(folderFor(t), 'maia');
  const ledger = ledgerIn(t, folder);
  ledger.onDidChange(() => undefined).dispose();
  await ledger.close();
  assert.equal(existsSync(folder), false);
});

test('a worker that cannot start refuses every call with a reason, and keeps nothing waiting', async (t) => {
  const workerUrl = new URL('./no-such-worker.ts', import.meta.url);
  const ledger = ledgerIn(t, folderFor(t), { workerUrl });
  const refused = (error: unknown): boolean =>
    error instanceof LedgerError && error.failure.code === 'ledgerUnavailable';
  await assert.rejects(ledger.decided(requestRow('one')), refused);
  await assert.rejects(ledger.summary('all', noon), refused);
});

test('a call that takes too long is given up, so that the answer goes on', async (t) => {
  const folder = folderFor(t);
  const ledger = ledgerIn(t, folder, { limits: { callMs: 0 } });
  await assert.rejects(ledger.decided(requestRow('one')), { message: 'ledgerUnavailable' });
});

test('after it was closed every call is refused, and closing twice is closing once', async (t) => {
  const folder = folderFor(t);
  const ledger = openLedger({
    folder,
    practice: false,
    workerUrl: new URL('../../../src/ledger/worker.ts', import.meta.url),
    baselineModel: () => sonnet,
  });
  await ledger.mark('one', noon, 'protected');
  await Promise.all([ledger.close(), ledger.close()]);
  assert.equal(existsSync(join(folder, 'ledger.sqlite-wal')), false);
  await assert.rejects(ledger.mark('two', noon, 'protected'), { message: 'ledgerUnavailable' });
});

test('what the host loads of the ledger never reaches SQLite', () => {
  const seen = new Set<string>();
  const visit = (url: URL): void => {
    if (seen.has(url.href)) return;
    seen.add(url.href);
    const source = readFileSync(fileURLToPath(url), 'utf8');
    assert.ok(!/from 'node:sqlite'/.test(source), url.pathname);
    for (const [, path = ''] of source.matchAll(/^(?:import|export) (?!type )[^;]*? from '(\.[^']+\.ts)'/gm))
      visit(new URL(path, url));
  };
  visit(new URL('../../../src/ledger/client.ts', import.meta.url));
  visit(new URL('../../../src/ledger/account.ts', import.meta.url));
  assert.ok(seen.size > 3, [...seen].join());
});
