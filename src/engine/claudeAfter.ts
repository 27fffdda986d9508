import { type Model, type ModelId, sameModel } from '../vocabulary/model.ts';
import type { Decided } from './deciding.ts';

/** Where a failed check and the developer's word go: to Claude, once, where Claude may be asked. */
export function claudeAfter(asked: Model, queue: readonly ModelId[], decided: Decided): ModelId | undefined {
  if (asked.route === 'claude') return undefined;
  return queue.find((id) =>
    decided.candidates.some((one) => sameModel(one.model.id, id) && one.model.route === 'claude'),
  );
}
