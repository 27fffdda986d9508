/**
 * A process of its own that writes requests into a ledger, for the tests of crashes and of several windows:
 * `node writer.ts <folder> <name> <count>`. Says `ready` when it is loaded, begins at the first line it reads, and
 * says each request's id once it is written whole. With `-1` it writes until it is killed, in its only thread so that
 * fifty of them start quickly; `intend` as the count stops in the middle of a request to Claude.
 */
import { once } from 'node:events';
import { hostname } from 'node:os';
import { setImmediate as pause } from 'node:timers/promises';
import { accountOf } from '../../../src/ledger/account.ts';
import { Bookkeeper } from '../../../src/ledger/bookkeeper.ts';
import { openLedger } from '../../../src/ledger/client.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { claudeAttempt, outcome, requestRow, sonnet, workerUrl } from './fixtures.ts';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const at = Date.UTC(2026, 10, 23, 12);
const ledger =
  count === '-1'
    ? inThisThread()
    : openLedger({
        folder,
        practice: false,
        workerUrl,
        baselineModel: () => sonnet,
        limits: { callMs: 60_000, busyMs: 10_000 },
      });
const attempt = claudeAttempt();
const account = accountOf({ attempts: [attempt], answeredBy: 0, baselineModel: sonnet, at });

type Written = Pick<Ledger, 'decided' | 'intend' | 'attempted' | 'finished' | 'close'>;

/** What the worker does, without the worker. */
function inThisThread(): Written {
  const owner = { host: hostname(), pid: process.pid, started: Math.round(performance.timeOrigin / 1000) };
  const bookkeeper = new Bookkeeper(
    { folder, practice: false, owner, busyMs: 8000, watchMs: 500, checkAfterMs: 10_000 },
    { notice: (failure) => process.stderr.write(JSON.stringify(failure)), log: () => undefined },
  );
  const overrides = {};
  return {
    decided: async (row) => {
      bookkeeper.write({ call: 'decided', row });
    },
    intend: async (row) => bookkeeper.write({ call: 'intend', row, overrides }),
    attempted: async (requestId, one) => {
      bookkeeper.write({ call: 'attempted', requestId, attempt: one, overrides });
    },
    finished: async (one, finishedAt) => {
      bookkeeper.write({ call: 'finished', outcome: one, at: finishedAt, overrides });
    },
    close: async () => bookkeeper.close(),
  };
}

async function begin(id: string): Promise<void> {
  await ledger.decided(requestRow(id, { at }));
  await ledger.intend({
    requestId: id,
    index: 0,
    model: attempt.model,
    route: attempt.route,
    boundary: attempt.boundary,
    at,
    promptTokens: 1000,
    maxOutputTokens: 1000,
  });
}

process.stdout.write('ready\n');
await once(process.stdin, 'data');
if (count === 'intend') {
  await begin(name);
  process.stdout.write(`${name}\n`);
  await new Promise(() => setInterval(() => undefined, 1000));
}
for (let number = 0; number !== Number(count); number++) {
  const id = `${name}-${number}`;
  await begin(id);
  await ledger.attempted(id, attempt);
  await ledger.finished(outcome(id, account, { attempts: [attempt] }), at + 10);
  process.stdout.write(`${id}\n`);
  await pause();
}
await ledger.close();
process.stdin.destroy();
