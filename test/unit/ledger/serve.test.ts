import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { FromWorker } from '../../../src/ledger/messages.ts';
import { serveLedger } from '../../../src/ledger/serve.ts';
import { folderFor } from './fixtures.ts';

const dayMs = 86_400_000;

test('what is old is dropped every day, also where nobody starts anew', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 10, 23, 12) });
  const folder = folderFor(t);
  const heard: FromWorker[] = [];
  const take = serveLedger(
    { postMessage: (message) => void heard.push(message), close: () => undefined },
    {
      folder,
      practice: false,
      owner: { host: 'here', pid: process.pid, started: 0 },
      busyMs: 1_000,
      watchMs: 500,
      checkAfterMs: 10_000,
    },
  );
  t.after(() => take({ type: 'close' }));
  let calls = 0;
  const anything = () => {
    calls += 1;
    take({ type: 'call', id: calls, body: { call: 'servedToday', now: Date.now() } });
  };
  const old = (): number => {
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    const row = db.prepare("SELECT count(*) AS rows FROM lessons WHERE request_id = 'old'").get();
    db.close();
    return Number(row?.rows);
  };
  anything();
  for (const day of [0, 1, 2]) {
    const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
    db.exec("INSERT INTO lessons VALUES ('old', 1, 'passed', 'passed', 0)");
    db.close();
    anything();
    t.mock.timers.tick(10_000);
    assert.equal(old(), 0, `day ${day}`);
    t.mock.timers.tick(dayMs);
  }
  assert.ok(heard.every(({ type }) => type === 'done'));
});
