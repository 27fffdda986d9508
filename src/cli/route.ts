import type { Engine } from '../engine/engine.ts';
import type { Phrases } from '../phrases/phrases.ts';
import type { Decision } from '../vocabulary/decision.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Output } from './output.ts';

/** Prints where a request would go; sends nothing. Exit code 1 where nobody could take it. */
export async function route(
  request: Request,
  engine: Engine,
  phrases: Phrases,
  output: Output,
  json: boolean,
  signal: AbortSignal,
): Promise<number> {
  const result = await engine.decide(request, signal);
  if (!result.ok) {
    if (json) output.data({ failure: result.failure });
    else {
      const words = phrases.failure(result.failure);
      output.aside(`${words.text} ${words.next}`.trim());
    }
    return 1;
  }
  if (json) output.data(result.value);
  else output.say(asPeopleRead(result.value, phrases));
  return 0;
}

function asPeopleRead(decision: Decision, phrases: Phrases): string {
  const { classification } = decision;
  const lines = [
    `${decision.model.name} (${decision.route})`,
    `  task: ${classification.task}, ${Math.round(classification.confidence * 100)} % sure, difficulty ${classification.difficulty.toFixed(2)}`,
    ...decision.reasons.map((reason) => `  - ${phrases.reason(reason)}`),
  ];
  if (decision.protected) lines.push('  - protected: stays on this machine');
  if (decision.chain.length > 0)
    lines.push(`  then: ${decision.chain.map((model) => model.name).join(', ')}`);
  const removed = decision.considered.filter((one) => one.removedBy);
  if (removed.length > 0) lines.push('  not:');
  for (const one of removed)
    if (one.removedBy) lines.push(`    ${one.model.name}: ${phrases.reason(one.removedBy)}`);
  return lines.join('\n');
}
