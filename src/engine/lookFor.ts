import { isRepairable } from '../tasks/repair.ts';
import type { Prepared, Tasks } from '../tasks/tasks.ts';
import type { Model, ModelId } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { LookAtOpening, Opening } from './heldOpening.ts';

/**
 * What looks at the beginning of an answer that streams: Claude's is not waited for. Where Claude may not be asked, only
 * what the same model can mend is worth stopping it for; the rest is shown, under its finding.
 * @param doubt why the model is too little sure of what it began
 */
export function lookFor(
  model: Model,
  claude: ModelId | undefined,
  prepared: Prepared,
  tasks: Tasks,
  doubt: (opening: Opening) => Reason | undefined,
): LookAtOpening | undefined {
  if (model.route === 'claude') return undefined;
  return (opening) => {
    const finding = tasks.opening(prepared, opening.text);
    if (finding) return claude || isRepairable({ kind: 'failed', findings: [finding] }) ? finding : undefined;
    const reason = claude && doubt(opening);
    return reason && { doubt: reason };
  };
}
