import { costOf, paidFor } from '../../src/ledger/account.ts';
import { priceOf } from '../../src/ledger/prices.ts';
import type { Summary } from '../../src/vocabulary/summary.ts';
import type { Bill } from '../servers/anthropic/messageStream.ts';
import type { Exchange } from './memoryNetwork.ts';
import type { Ran } from './play.ts';
import type { Verdict } from './verdict.ts';
import { read } from './wire.ts';
import { anthropicUrl, type World } from './world.ts';

const nano = (usd: number | undefined): number => Math.round((usd ?? 0) * 1e9);

/** What the server itself would bill, in nano-dollars, by the price table. */
export function billed({ model, input, output }: Bill, at: number): number {
  const price = priceOf(model, at);
  const usage = {
    inputTokens: input.input,
    outputTokens: output,
    cacheReadTokens: input.read,
    cacheWriteTokens: input.write5m,
    cacheWrite1hTokens: input.write1h,
  };
  return (price && costOf(usage, price)) ?? 0;
}

/** Equal to the server's own count where its usage arrived, never below it elsewhere. */
export function checkMoney(one: Ran, own: readonly Exchange[], world: World, verdict: Verdict): void {
  const { outcome, request } = one;
  if (!outcome) return;
  const say = (what: string) => verdict.broken('money', what, request.id);
  const { paid } = outcome.account;
  const bills = own.flatMap((exchange) =>
    world.claude.bills
      .filter((bill) => exchange.origin === anthropicUrl && bill.arrival === exchange.arrival)
      .map((bill) => ({ bill, came: read(exchange.taken).usageCame })),
  );
  const at = outcome.attempts[0]?.startedAt ?? 0;
  const due = bills.reduce((sum, { bill }) => sum + billed(bill, at), 0);
  if (!paid) {
    // A model that is neither local nor Claude has no price: unknown, never free.
    if (outcome.attempts.every(({ route }) => route !== 'other')) say('no figure of what was paid');
    return;
  }
  const exactly = nano(paid.high);
  if (exactly < due) say(`paid ${exactly} n$, the server counts ${due} n$`);
  const claude = outcome.attempts.filter(({ route }) => route === 'claude');
  const claimsToKnow = claude.every(({ usage, bounds }) => usage && !bounds);
  const allCame = bills.every(({ came }) => came) && !one.cancelled && claude.length === bills.length;
  if ((claimsToKnow || allCame) && exactly !== due)
    say(`paid ${exactly} n$ where the server's own count is ${due} n$`);
  if (due > 0) verdict.met(claimsToKnow ? 'billed to the token' : 'billed at least');
  const sum = outcome.attempts.reduce((total, attempt) => total + (paidFor(attempt) ?? 0), 0);
  if (sum !== exactly) say('the attempts do not add up to what was paid');
}

/** The ledger's totals against the sum of the outcomes, where its disk did not fail. */
export function checkLedger(
  world: World,
  ran: readonly Ran[],
  summary: Summary | undefined,
  verdict: Verdict,
): void {
  if (world.disk.kind !== 'sound') return;
  const say = (what: string) => verdict.broken('ledger', what);
  if (!summary) {
    say('a sound ledger could not tell its totals');
    return;
  }
  const decided = [...world.recorded.values()].filter(({ decision }) => decision);
  const lost = ran.filter(({ outcome, request }) => outcome?.decision && !world.recorded.has(request.id));
  if (lost.length > 0) say(`${lost.length} outcomes never reached the ledger`);
  if (summary.metrics.total_requests !== decided.length)
    say(`${summary.metrics.total_requests} requests in the ledger, ${decided.length} were made`);
  const total = (figure: 'paid' | 'saved') =>
    decided.reduce((sum, { account }) => sum + nano(account[figure]?.low), 0);
  if (nano(summary.paid.low) !== total('paid'))
    say(`the ledger counts ${nano(summary.paid.low)} n$ paid, the outcomes ${total('paid')} n$`);
  if (nano(summary.metrics.cost_savings.low) !== total('saved'))
    say(
      `the ledger counts ${nano(summary.metrics.cost_savings.low)} n$ saved, the outcomes ${total('saved')} n$`,
    );
  for (const { outcome, request } of ran) {
    const row = world.recorded.get(request.id);
    if (row && outcome && row.account.paid?.high !== outcome.account.paid?.high)
      say(`${request.id} was recorded with another price`);
  }
  if (decided.length > 0) verdict.met('ledger added up');
}
