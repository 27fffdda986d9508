import { costOf, paidFor } from '../../src/ledger/account.ts';
import { priceOf } from '../../src/ledger/prices.ts';
import type { Summary } from '../../src/vocabulary/summary.ts';
import { isTrustedHost } from '../../src/vocabulary/trustedHost.ts';
import type { Bill } from '../servers/anthropic/messageStream.ts';
import type { Exchange } from './memoryNetwork.ts';
import type { Ran } from './play.ts';
import { asksModel, markerOf, modelOf, read } from './wire.ts';
import { anthropicUrl, type World } from './world.ts';

export type Invariant = 'events' | 'text' | 'privacy' | 'file' | 'money' | 'ledger' | 'cancel' | 'surprise';

export interface Violation {
  readonly invariant: Invariant;
  readonly request?: string;
  readonly what: string;
}

/** What of a run is left to look at when it is over. */
export interface Remains {
  readonly world: World;
  readonly ran: readonly Ran[];
  /** Undefined where the ledger could not tell. */
  readonly summary: Summary | undefined;
}

/** Every promise that a run has broken. */
export function brokenBy(remains: Remains): Violation[] {
  const found: Violation[] = [];
  const { world, ran } = remains;
  const asked = world.network.exchanges.filter(asksModel);
  for (const one of ran) {
    const say = (invariant: Invariant, what: string) =>
      found.push({ invariant, request: one.request.id, what });
    const own = asked.filter(({ body }) => markerOf(body) === one.marker);
    checkEvents(one, say);
    checkText(one, own, say);
    checkFile(one, world, say);
    checkMoney(one, own, world, say);
    checkSurprise(one, world, say);
  }
  found.push(...leaks(world, ran), ...unclosed(world), ...miscounted(remains));
  return found;
}

type Say = (invariant: Invariant, what: string) => void;

function checkEvents(one: Ran, say: Say): void {
  if (one.threw !== undefined) say('events', `threw ${String(one.threw)}`);
  if (one.abandoned) return;
  const finished = one.events.filter((event) => event.type === 'finished').length;
  if (finished !== 1) say('events', `${finished} times finished`);
  if (one.events.at(-1)?.type !== 'finished') say('events', `ends with ${one.events.at(-1)?.type}`);
}

/** The text shown is one model's: whole where the request was answered, else the beginning of it. */
function checkText(one: Ran, own: readonly Exchange[], say: Say): void {
  const { outcome, text } = one;
  if (!outcome) return;
  const by = outcome.answeredBy === undefined ? undefined : outcome.attempts[outcome.answeredBy];
  const held = one.events.some((event) => event.type === 'progress' && event.progress.code === 'checking');
  if (outcome.end !== 'answered' || !by) {
    if (held || text === '') return;
    if (!own.some((exchange) => read(exchange.taken).text.startsWith(text)))
      say('text', `shown text is no model's beginning: ${JSON.stringify(text.slice(-80))}`);
    return;
  }
  if (text !== outcome.text) say('text', 'the text shown is not the outcome’s');
  const served = own
    .filter((exchange) => modelOf(exchange) === by.model.name)
    .map(({ taken }) => read(taken));
  const whole = served.filter((said) => said.ended);
  if (whole.length === 0) say('text', `${by.model.name} answered without having come to an end`);
  else if (!held && !whole.some((said) => said.text === text))
    say('text', `the text is not what ${by.model.name} said: ${JSON.stringify(text.slice(0, 80))}`);
}

/** The one before or the one after, and never over what somebody typed. */
function checkFile({ outcome, applied, request }: Ran, world: World, say: Say): void {
  const proposal = outcome?.proposal;
  if (!proposal) return;
  const { path = '', before, after } = proposal;
  const { target } = request;
  if (before !== undefined && !world.project.wasOnce(path, before) && before !== target?.text)
    say('file', 'the proposal is made from a text that the file never had');
  if (!applied) return;
  const plain = (text: string | undefined) => text?.replaceAll('\r\n', '\n');
  if (applied.edited && plain(applied.after) !== plain(applied.before))
    say('file', 'an edit made meanwhile was written over');
  if (plain(applied.after) !== plain(applied.before) && plain(applied.after) !== plain(after))
    say('file', 'the file is neither the one before nor the one after');
}

/** What the server itself would bill, in nano-dollars, by the price table. */
function billed({ model, input, output }: Bill, at: number): number {
  const price = priceOf(model, at);
  if (!price) return 0;
  const usage = {
    inputTokens: input.input,
    outputTokens: output,
    cacheReadTokens: input.read,
    cacheWriteTokens: input.write5m,
    cacheWrite1hTokens: input.write1h,
  };
  return costOf(usage, price) ?? 0;
}

function checkMoney(one: Ran, own: readonly Exchange[], world: World, say: Say): void {
  const { outcome } = one;
  if (!outcome) return;
  const paid = outcome.account.paid;
  const bills = own.flatMap((exchange) =>
    world.claude.bills
      .filter((bill) => exchange.origin === anthropicUrl && bill.arrival === exchange.arrival)
      .map((bill) => ({ bill, came: read(exchange.taken).usageCame })),
  );
  const at = outcome.attempts[0]?.startedAt ?? 0;
  const due = bills.reduce((sum, { bill }) => sum + billed(bill, at), 0);
  if (!paid) {
    if (due > 0 || outcome.attempts.every(({ route }) => route !== 'other'))
      say('money', 'no figure of what was paid');
    return;
  }
  const exactly = Math.round(paid.high * 1e9);
  if (exactly < due) say('money', `paid ${exactly} n$, the server counts ${due} n$`);
  const claude = outcome.attempts.filter(({ route }) => route === 'claude');
  const known = claude.every(({ usage, bounds }) => usage && !bounds);
  const allCame = bills.every(({ came }) => came) && !one.cancelled;
  const onlyBilled = claude.length === bills.length;
  if ((known || (allCame && onlyBilled)) && exactly !== due)
    say('money', `paid ${exactly} n$ where the server's own count of ${due} n$ arrived`);
  const sum = outcome.attempts.reduce((total, attempt) => total + (paidFor(attempt) ?? 0), 0);
  if (sum !== exactly) say('money', 'the attempts do not add up to what was paid');
}

/** A failure that nobody has named is a fault of Maia's own. */
function checkSurprise({ outcome }: Ran, { scenario }: World, say: Say): void {
  for (const failure of [outcome?.failure, ...(outcome?.attempts ?? []).map((attempt) => attempt.failure)])
    if (failure?.code === 'unexpected') say('surprise', `unexpected: ${failure.params.detail}`);
  if (outcome?.end === 'failed' && !outcome.failure) say('surprise', 'failed, and nobody says why');
  for (const finding of outcome?.verdict?.findings ?? [])
    if (
      finding.code === 'verifierFailed' &&
      finding.params.detail !== 'cancelled' &&
      scenario.threadTrouble === 0
    )
      say('surprise', `the verifier failed: ${finding.params.detail}`);
}

/** Canaries in bytes that arrived where they may not. */
function leaks(world: World, ran: readonly Ran[]): Violation[] {
  const found: Violation[] = [];
  const trusted = (world.settings['maia.privacy.trustedHosts'] ?? []) as readonly string[];
  const remote = new Set(
    world.network.exchanges.flatMap((exchange) => (isCloudModel(exchange) ? [exchange] : [])),
  );
  for (const exchange of world.network.exchanges) {
    if (exchange.arrival === undefined) continue;
    const host = new URL(exchange.origin).host;
    const machine = host.startsWith('127.') && !remote.has(exchange);
    const mayHold = machine || (!remote.has(exchange) && isTrustedHost(host, trusted));
    if (mayHold) continue;
    for (const { canary, placed, request } of ran)
      if (canary && exchange.body.includes(canary.core))
        found.push({
          invariant: 'privacy',
          request: request.id,
          what: `a ${canary.kind} secret of ${placed} arrived at ${host} for ${modelOf(exchange)}`,
        });
  }
  return found;
}

function isCloudModel(exchange: Exchange): boolean {
  return exchange.path.startsWith('/api/') && /-cloud$/.test(modelOf(exchange));
}

/** When everything is over no server is still at work. */
function unclosed(world: World): Violation[] {
  const busy = world.servers.ollama.busy + world.servers.claude.busy;
  return busy === 0 ? [] : [{ invariant: 'cancel', what: `${busy} requests are still being answered` }];
}

/** The ledger's totals against the sum of the outcomes. */
function miscounted({ world, ran, summary }: Remains): Violation[] {
  if (world.disk.kind !== 'sound') return [];
  const say = (what: string): Violation[] => [{ invariant: 'ledger', what }];
  if (!summary) return say('a sound ledger could not tell its totals');
  const outcomes = [...world.recorded.values()];
  const decided = outcomes.filter(({ decision }) => decision);
  const known = ran.filter(({ outcome }) => outcome?.decision);
  const missing = known.filter(({ request }) => !world.recorded.has(request.id));
  if (missing.length > 0) return say(`${missing.length} outcomes never reached the ledger`);
  if (summary.metrics.total_requests !== decided.length)
    return say(`${summary.metrics.total_requests} requests in the ledger, ${decided.length} were made`);
  const paid = decided.reduce((sum, { account }) => sum + Math.round((account.paid?.high ?? 0) * 1e9), 0);
  if (Math.round(summary.paid.high * 1e9) !== paid)
    return say(`the ledger counts ${Math.round(summary.paid.high * 1e9)} n$, the outcomes ${paid} n$`);
  for (const { outcome, request } of ran) {
    const row = world.recorded.get(request.id);
    if (row && outcome && row.account.paid?.high !== outcome.account.paid?.high)
      return say(`${request.id} was recorded with another price`);
  }
  return [];
}
