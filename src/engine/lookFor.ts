import { isRepairable } from '../tasks/repair.ts';
import type { Prepared, Tasks } from '../tasks/tasks.ts';
import type { Model, ModelId } from '../vocabulary/model.ts';
import type { LookAtOpening } from './heldOpening.ts';

/**
 * What looks at the beginning of an answer that streams: Claude's is not waited for. Where Claude may not be asked, only
 * what the same model can mend is worth stopping it for; the rest is shown, under its finding.
 */
export function lookFor(
  model: Model,
  claude: ModelId | undefined,
  prepared: Prepared,
  tasks: Tasks,
): LookAtOpening | undefined {
  if (model.route === 'claude') return undefined;
  return ({ text }) => {
    const finding = tasks.opening(prepared, text);
    return finding && (claude || isRepairable({ kind: 'failed', findings: [finding] })) ? finding : undefined;
  };
}
