import type { Lesson } from '../../src/vocabulary/experience.ts';
import { billed } from './moneyCheck.ts';
import type { Ran } from './play.ts';
import type { Verdict } from './verdict.ts';
import { asksModel, markerOf, modelOf } from './wire.ts';
import { anthropicUrl, type World } from './world.ts';

/** What the server itself billed never passes the budget of the local day on which a call was begun. */
export function checkBudget(world: World, ran: readonly Ran[], verdict: Verdict): void {
  const { dayUsd } = world.scenario;
  // A ledger that was destroyed to its last page holds nothing that a fresh one could go on from.
  if (dayUsd === undefined || world.disk.kind === 'corrupt') return;
  const days = new Map<string, number>();
  for (const bill of world.claude.bills) {
    const exchange = world.network.exchanges.find(
      (one) => one.origin === anthropicUrl && asksModel(one) && one.arrival === bill.arrival,
    );
    const one = exchange && ran.find(({ marker }) => marker === markerOf(exchange.body));
    const at = one && world.intended.get(`${one.request.id} ${modelOf(exchange)}`);
    if (at === undefined) {
      verdict.broken('budget', 'something was billed that had no room in a budget');
      continue;
    }
    const day = new Date(at).toDateString();
    days.set(day, (days.get(day) ?? 0) + billed(bill, at));
  }
  for (const [day, nano] of days) {
    if (nano > 0) verdict.met('billed under a budget');
    if (nano > dayUsd * 1e9) verdict.broken('budget', `${nano} n$ on ${day}, the budget is ${dayUsd} USD`);
  }
  const closed = ran.some(({ outcome }) =>
    outcome?.decision?.considered.some(({ removedBy }) => removedBy?.code === 'budgetSpent'),
  );
  if (closed) verdict.met('closed by a budget');
}

/** Each verdict that was reached teaches once of its own model, and nothing else teaches. */
export function checkLessons(world: World, lessons: readonly Lesson[] | undefined, verdict: Verdict): void {
  if (!lessons) return;
  const expected = new Map<string, number>();
  for (const { decision, attempts } of world.recorded.values()) {
    const own = attempts.flatMap(({ model, digest, host, verdict: found }) =>
      found && found.kind !== 'notChecked' && decision
        ? [nameOf(model.name, digest, host, decision.classification.task, found.kind)]
        : [],
    );
    for (const name of new Set(own)) expected.set(name, (expected.get(name) ?? 0) + 1);
  }
  const found = new Map<string, number>();
  for (const { model, digest, host, task, teacher, count = 1 } of lessons) {
    const name = nameOf(model.name, digest, host, task, teacher);
    found.set(name, (found.get(name) ?? 0) + count);
  }
  for (const [name, count] of found) {
    const reached = expected.get(name) ?? 0;
    if (count > reached)
      verdict.broken('lessons', `${name}: learned ${count} times, reached ${reached} times`);
  }
  if (world.disk.kind !== 'sound') return;
  for (const [name, count] of expected) {
    verdict.met('learned from a check');
    if (found.get(name) !== count)
      verdict.broken('lessons', `${name}: learned ${found.get(name) ?? 0} times, reached ${count} times`);
  }
}

function nameOf(...parts: readonly (string | undefined)[]): string {
  return parts.map((part) => part ?? '-').join(' ');
}
