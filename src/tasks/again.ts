import type { Again } from '../vocabulary/request.ts';
import type { Plan } from './plan.ts';
import { isRepairable, repairMessages, wishMessages } from './repair.ts';
import type { Draft } from './taskDefinition.ts';

/**
 * A request made ready that asks the same once more, with an answer in view that would not do. What a model refused, or
 * said over and over, is not shown to it again: then it is asked anew.
 */
export function askedAgain(draft: Draft, { answer, findings, wish }: Again): Draft {
  if (wish !== undefined)
    return {
      ...draft,
      messages: wishMessages(draft.messages, answer, findings, wish),
      plan: wished(draft.plan, wish),
    };
  const mends = isRepairable({ kind: 'failed', findings });
  return mends ? { ...draft, messages: repairMessages(draft.messages, answer, findings) } : draft;
}

/** What the developer wishes may allow what the first question did not: another name. */
function wished(plan: Plan, wish: string): Plan {
  return plan.form === 'code' ? { ...plan, asked: `${plan.asked}\n${wish}` } : plan;
}
