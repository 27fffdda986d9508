import type { Engine } from '../engine/engine.ts';
import type { Phrases } from '../phrases/phrases.ts';
import type { Outcome } from '../vocabulary/attempt.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Output } from './output.ts';

/**
 * Streams the answer to standard output and everything about it to standard error, so that it pipes cleanly.
 * @returns the exit code: 0 answered, 1 not answered, 130 cancelled
 */
export async function ask(
  request: Request,
  engine: Engine,
  phrases: Phrases,
  output: Output,
  json: boolean,
  signal: AbortSignal,
): Promise<number> {
  let outcome: Outcome | undefined;
  for await (const event of engine.run(request, signal)) {
    if (event.type === 'finished') outcome = event.outcome;
    if (json) {
      output.answer(`${JSON.stringify(event)}\n`);
      continue;
    }
    if (event.type === 'decided') output.aside(reasonLine(event.decision.model.name, event, phrases));
    else if (event.type === 'progress') output.status(phrases.progress(event.progress));
    else if (event.type === 'restarted') {
      output.answer('\n\n');
      output.aside(`${phrases.reason(event.reason)} ${event.to.name}:`);
    } else if (event.type === 'text') output.model(event.text);
  }
  if (!outcome) return 1;
  if (!json) {
    if (outcome.text && !outcome.text.endsWith('\n')) output.answer('\n');
    if (outcome.verdict && outcome.verdict.kind !== 'notChecked')
      output.aside(phrases.verdict(outcome.verdict));
    if (outcome.failure) {
      const words = phrases.failure(outcome.failure);
      output.aside(`${words.text} ${words.next}`.trim());
    }
    if (outcome.end === 'answered') output.aside(accountLine(outcome));
  }
  return outcome.end === 'answered' ? 0 : outcome.end === 'cancelled' ? 130 : 1;
}

function reasonLine(
  model: string,
  event: { readonly decision: { readonly reasons: readonly Parameters<Phrases['reason']>[0][] } },
  phrases: Phrases,
): string {
  const first = event.decision.reasons[0];
  return first ? `${model}: ${phrases.reason(first)}` : model;
}

function accountLine(outcome: Outcome): string {
  const by = outcome.attempts[outcome.answeredBy ?? 0];
  const { paid, saved } = outcome.account;
  const parts = [by ? `${by.model.name} (${by.route})` : ''];
  if (paid) parts.push(`paid ${dollars(paid.high)}`);
  if (saved)
    parts.push(
      saved.low === saved.high
        ? `saved ${dollars(saved.low)}`
        : `saved ${dollars(saved.low)} to ${dollars(saved.high)}`,
    );
  return parts.filter(Boolean).join(' · ');
}

/** Small sums keep two significant digits: $0.0031, not $0.00. */
export function dollars(usd: number): string {
  const size = Math.abs(usd);
  const digits = size === 0 || size >= 0.995 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(size)));
  return `${usd < 0 ? '-' : ''}$${size.toFixed(Math.max(2, digits))}`;
}
