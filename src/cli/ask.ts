import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { explain } from '../phrases/explanation.ts';
import { money } from '../phrases/money.ts';
import type { Phrases } from '../phrases/phrases.ts';
import { Restart } from '../phrases/restart.ts';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Decision } from '../vocabulary/decision.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Output } from './output.ts';

/**
 * Streams the answer to standard output and everything about it to standard error, so that it pipes cleanly.
 * @param mask what a detected secret keeps from Claude is asked once more with its secrets masked
 * @returns the exit code: 0 answered, 1 not answered, 130 cancelled
 */
export async function ask(
  request: Request,
  engine: Engine,
  phrases: Phrases,
  output: Output,
  json: boolean,
  signal: AbortSignal,
  mask = false,
): Promise<number> {
  let outcome: Outcome | undefined;
  let restart: Restart | undefined;
  for await (const event of engine.run(request, signal)) {
    if (event.type === 'finished') {
      outcome = event.outcome;
      continue;
    }
    if (json) {
      output.data(event);
      continue;
    }
    if (event.type === 'decided') output.aside(reasonLine(event.decision));
    else if (event.type === 'restarted') restart = new Restart(event, phrases);
    else if (event.type === 'progress') {
      restart?.progress(event.progress);
      output.status(phrases.progress(event.progress));
    } else if (event.type === 'text') {
      // In the answer itself: whoever reads it from a file must not take two halves for one.
      if (restart) output.say(`\n\n--- ${restart.sentence()} ---\n`);
      restart = undefined;
      output.model(event.text);
    }
  }
  if (!outcome) return 1;
  const offer = outcome.end === 'failed' ? outcome.secretOffer : undefined;
  const maskable = offer?.choices.includes('mask') ? offer : undefined;
  if (maskable && mask) {
    const secretAnswer = { offer: maskable.id, choice: 'mask' } as const;
    return ask({ ...request, id: randomUUID(), secretAnswer }, engine, phrases, output, json, signal);
  }
  if (json) output.data({ type: 'finished', outcome } satisfies EngineEvent);
  else {
    output.endLine();
    // Where the failure is that very check, it is told below with its next step.
    const told = outcome.failure?.code === 'checkFailed';
    if (outcome.verdict && outcome.verdict.kind !== 'notChecked' && !told)
      output.aside(phrases.verdict(outcome.verdict));
    if (outcome.failure) {
      const words = phrases.failure(outcome.failure);
      output.aside(`${words.text} ${words.next}`.trim());
    }
    if (maskable) output.aside('With --mask it is asked with a placeholder in place of each secret.');
    if (outcome.end === 'answered') output.aside(accountLine(outcome));
  }
  return outcome.end === 'answered' ? 0 : outcome.end === 'cancelled' ? 130 : 1;
}

function reasonLine(decision: Decision): string {
  const { model, rule } = explain(decision, true);
  return rule === '' ? model : `${model}: ${rule}`;
}

function accountLine(outcome: Outcome): string {
  const by = outcome.attempts[outcome.answeredBy ?? 0];
  const { paid, saved } = outcome.account;
  const parts = [by ? `${by.model.name} (${by.route})` : ''];
  if (paid) parts.push(`paid ${money(paid)}`);
  if (saved) parts.push(`saved ${money(saved)}`);
  return parts.filter(Boolean).join(' · ');
}
