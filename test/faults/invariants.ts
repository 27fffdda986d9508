import type { Lesson } from '../../src/vocabulary/experience.ts';
import type { Summary } from '../../src/vocabulary/summary.ts';
import { checkBudget, checkLessons } from './budgetCheck.ts';
import type { Exchange } from './memoryNetwork.ts';
import { checkLedger, checkMoney } from './moneyCheck.ts';
import type { Ran } from './play.ts';
import { checkPrivacy } from './privacyCheck.ts';
import { Verdict } from './verdict.ts';
import { asksModel, markerOf, modelOf, read } from './wire.ts';
import type { World } from './world.ts';

/** What of a run is left to look at when it is over. */
export interface Remains {
  readonly world: World;
  readonly ran: readonly Ran[];
  /** Undefined where the ledger could not tell. */
  readonly summary: Summary | undefined;
  /** What was learned; undefined where the ledger could not tell. */
  readonly lessons: readonly Lesson[] | undefined;
  /** Requests that servers were still answering, long after everybody had gone. */
  readonly unclosed: number;
}

/** Holds every promise against a run. */
export function judgeRun({ world, ran, summary, lessons, unclosed }: Remains): Verdict {
  const verdict = new Verdict();
  const asked = world.network.exchanges.filter(asksModel);
  for (const one of ran) {
    const own = asked.filter(({ body }) => markerOf(body) === one.marker);
    checkEvents(one, verdict);
    checkText(one, own, verdict);
    checkFile(one, world, verdict);
    checkMoney(one, own, world, verdict);
    checkSurprise(one, world, verdict);
    checkCancel(one, verdict);
  }
  checkPrivacy(world, ran, verdict);
  checkLedger(world, ran, summary, verdict);
  checkBudget(world, ran, verdict);
  checkLessons(world, lessons, verdict);
  if (unclosed > 0) verdict.broken('cancel', `${unclosed} requests are still being answered`);
  return verdict;
}

/** Exactly one `finished`, last. */
function checkEvents({ threw, abandoned, events, request }: Ran, verdict: Verdict): void {
  if (threw !== undefined) verdict.broken('events', `threw ${String(threw)}`, request.id);
  if (abandoned) {
    verdict.met('abandoned');
    return;
  }
  const finished = events.filter((event) => event.type === 'finished').length;
  if (finished !== 1) verdict.broken('events', `${finished} times finished`, request.id);
  const last = events.at(-1)?.type;
  if (last !== 'finished') verdict.broken('events', `ends with ${last}`, request.id);
}

/** The text after the last `restarted` is one model's: whole where the request was answered, else its beginning. */
function checkText(one: Ran, own: readonly Exchange[], verdict: Verdict): void {
  const { outcome, text, request, events } = one;
  if (!outcome) return;
  const say = (what: string) => verdict.broken('text', what, request.id);
  const held = events.some((event) => event.type === 'progress' && event.progress.code === 'checking');
  const by = outcome.answeredBy === undefined ? undefined : outcome.attempts[outcome.answeredBy];
  if (outcome.end !== 'answered' || !by) {
    if (text === '') return;
    verdict.met('broken off with text shown');
    if (held) say('text of a held answer was shown, and there is no answer');
    else if (!own.some((exchange) => read(exchange.taken).text.startsWith(text)))
      say(`what was shown is no model's beginning: ${JSON.stringify(text.slice(-80))}`);
    return;
  }
  verdict.met(held ? 'held and checked' : 'answered whole');
  if (events.some((event) => event.type === 'restarted')) verdict.met('started again elsewhere');
  if (text !== outcome.text) say('the text shown is not the outcome’s');
  const whole = own
    .filter((exchange) => modelOf(exchange) === by.model.name)
    .map(({ taken }) => read(taken))
    .filter((said) => said.ended);
  if (whole.length === 0) say(`${by.model.name} answered without having come to an end`);
  else if (!whole.some((said) => (held ? isTakenFrom(text, said.text) : said.text === text)))
    say(`the text is not what ${by.model.name} said: ${JSON.stringify(text.slice(0, 80))}`);
}

/**
 * A held answer may be reduced, laid out anew, given its imports, and a test whose name is taken a number: each other
 * line with words of its own has to come from the model.
 */
function isTakenFrom(text: string, said: string): boolean {
  const words = (line: string) => line.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
  const source = words(said);
  const own = text.split('\n').filter((line) => !/\b(?:import|require|from)\b/.test(line));
  const known = (line: string) => words(line).length < 20 || source.includes(words(line));
  const numbers = (line: string) => [...line.matchAll(/[ _]?\d+/g)];
  return own.every(
    (line) =>
      known(line) ||
      numbers(line).some(({ index, 0: number }) =>
        known(line.slice(0, index) + line.slice(index + number.length)),
      ),
  );
}

/** The one before or the one after, and never over what somebody typed. */
function checkFile({ outcome, applied, request }: Ran, world: World, verdict: Verdict): void {
  const proposal = outcome?.proposal;
  if (!proposal) return;
  const say = (what: string) => verdict.broken('file', what, request.id);
  const { path = '', before, after } = proposal;
  if (before !== undefined && !world.project.wasOnce(path, before) && before !== request.target?.text)
    say('the proposal is made from a text that the file never had');
  if (!applied) return;
  verdict.met(applied.edited ? 'edit kept' : 'applied');
  const plain = (text: string | undefined) => text?.replaceAll('\r\n', '\n');
  const changed = plain(applied.after) !== plain(applied.before);
  if (applied.edited && changed) say('an edit made meanwhile was written over');
  if (changed && plain(applied.after) !== plain(after))
    say('the file is neither the one before nor the one after');
  if (!applied.edited && plain(applied.after) !== plain(after)) say('accepting did not bring the file after');
}

/** A failure that nobody has named is a fault of Maia's own. */
function checkSurprise({ outcome, request }: Ran, { scenario }: World, verdict: Verdict): void {
  const say = (what: string) => verdict.broken('surprise', what, request.id);
  for (const failure of [outcome?.failure, ...(outcome?.attempts ?? []).map((attempt) => attempt.failure)])
    if (failure?.code === 'unexpected') say(`unexpected: ${failure.params.detail}`);
  if (outcome?.end === 'failed' && !outcome.failure) say('failed, and nobody says why');
  // A thread that died is the run's own doing.
  if (scenario.threadTrouble > 0) return;
  for (const finding of outcome?.verdict?.findings ?? [])
    if (finding.code === 'verifierFailed' && finding.params.detail !== 'cancelled')
      say(`the verifier failed: ${finding.params.detail}`);
}

/** Who cancels or leaves closes the connection to the model soon. */
function checkCancel({ cancelled, stillOpen, outcome, request }: Ran, verdict: Verdict): void {
  if (cancelled && outcome?.end === 'cancelled') verdict.met('cancelled');
  if (stillOpen) verdict.broken('cancel', 'the connection to the model stays open', request.id);
}
