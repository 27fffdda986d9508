import type { Engine } from '../engine/engine.ts';
import { explain } from '../phrases/explanation.ts';
import type { Phrases } from '../phrases/phrases.ts';
import type { Decision, Undecided } from '../vocabulary/decision.ts';
import type { Output } from './output.ts';
import { WrongUse } from './wrongUse.ts';

/**
 * Decides a recorded request again and says whether it comes to the same.
 * @param asked the request's id; the latest request where there is none
 * @returns the exit code: 0 the same, 1 different, or not kept
 * @throws WrongUse where no request was recorded yet
 */
export async function replay(
  engine: Engine,
  phrases: Phrases,
  output: Output,
  asked: string | undefined,
  json: boolean,
): Promise<number> {
  const id = asked ?? (await engine.summary('all')).latest[0]?.id;
  if (id === undefined) throw new WrongUse('No request was recorded yet: there is nothing to decide again.');
  const result = await engine.replay(id);
  if (json) output.data({ id, ...result });
  else if (result.kind === 'notKept')
    output.aside(
      `The ledger does not hold what ${id} was decided from. It keeps the newest 10,000 decisions.`,
    );
  else output.say(lines(id, result.kind === 'same', result.recorded, result.again, phrases).join('\n'));
  return result.kind === 'same' ? 0 : 1;
}

function lines(
  id: string,
  same: boolean,
  recorded: Decision | Undecided,
  again: Decision | Undecided,
  phrases: Phrases,
): readonly string[] {
  const versions =
    recorded.policyVersion === again.policyVersion
      ? [`  rules and data: ${again.policyVersion}`]
      : [`  decided by:     ${recorded.policyVersion}`, `  decided again:  ${again.policyVersion}`];
  if (same) return [`${id} is decided as it was: ${outcomeOf(again, phrases)}`, ...versions];
  return [
    `${id} is decided differently now.`,
    `  it was: ${outcomeOf(recorded, phrases)}`,
    `  now:    ${outcomeOf(again, phrases)}`,
    ...versions,
  ];
}

function outcomeOf(one: Decision | Undecided, phrases: Phrases): string {
  if ('failure' in one) return phrases.failure(one.failure).text;
  const { model, rule } = explain(one, true);
  return rule === '' ? model : `${model}. ${rule}`;
}
