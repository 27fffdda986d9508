import type { Engine } from '../engine/engine.ts';
import type { Phrases } from '../phrases/phrases.ts';
import type { Request } from '../vocabulary/request.ts';
import type { Output } from './output.ts';
import { whyLines } from './whyLines.ts';

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
  else output.say(whyLines(result.value, engine.estimate(result.value)).join('\n'));
  return 0;
}
