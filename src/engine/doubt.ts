import type { Attempt } from '../vocabulary/attempt.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Decided } from './deciding.ts';
import type { Recollection } from './recollection.ts';

/**
 * Why an answer that nothing could check goes up: its model was less sure of it than where outcomes on this machine have
 * shown what that means. It never speaks for an answer.
 */
export function doubtOf(
  { verdict, confidence }: Attempt,
  model: Model,
  { decision }: Pick<Decided, 'decision'>,
  recollection: Pick<Recollection, 'confidenceLevel'>,
): Reason | undefined {
  if (verdict?.kind !== 'notChecked' || !confidence) return undefined;
  const level = recollection.confidenceLevel(model, decision.classification.task, 'mean');
  if (!level || confidence.mean >= level.below) return undefined;
  return { code: 'unsure', params: { model: model.id.name, bad: level.bad / level.seen } };
}
