/**
 * A process of its own that reserves calls of Claude under a budget until there is no room, for the test of several
 * windows at once: `node reserver.ts <folder> <name> <dayUsd>`. Says `ready` when it is loaded, begins at the first
 * line it reads, and says how many calls found room.
 */
import { once } from 'node:events';
import { openLedger } from '../../../src/ledger/client.ts';
import { LedgerError } from '../../../src/ledger/sqliteError.ts';
import { claudeAttempt, requestRow, sonnet, usage, workerUrl } from './fixtures.ts';

const [folder = '', name = '', dayUsd = '0'] = process.argv.slice(2);
const at = Date.UTC(2026, 10, 23, 12);
const ledger = openLedger({
  folder,
  practice: false,
  workerUrl,
  baselineModel: () => sonnet,
  limits: { callMs: 60_000, busyMs: 20_000 },
});
await ledger.servedToday(at);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
let granted = 0;
for (let number = 0; ; number++) {
  const id = `${name}-${number}`;
  const attempt = claudeAttempt({ startedAt: at, usage: usage({ inputTokens: 700, outputTokens: 900 }) });
  await ledger.decided(requestRow(id, { at }));
  try {
    await ledger.intend({
      requestId: id,
      index: 0,
      model: attempt.model,
      route: attempt.route,
      boundary: attempt.boundary,
      at,
      promptTokens: 1000,
      maxOutputTokens: 1000,
      budget: { dayUsd: Number(dayUsd) },
    });
  } catch (error) {
    if (error instanceof LedgerError && error.failure.code === 'noPermit') break;
    throw error;
  }
  granted += 1;
  // Every other call is over before the next one.
  if (number % 2 === 0) await ledger.attempted(id, attempt);
}
process.stdout.write(`${granted}\n`);
await ledger.close();
process.stdin.destroy();
