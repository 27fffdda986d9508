import { wholeMeasures } from '../router/confidenceLevels.ts';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Decided } from './deciding.ts';
import type { Opening } from './heldOpening.ts';
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
  const figures = { mean: confidence.mean, min: confidence.min, weakest: confidence.weakest?.logprob };
  for (const measure of wholeMeasures) {
    const level = recollection.confidenceLevel(model, decision.classification.task, measure);
    const figure = figures[measure];
    if (level && figure !== undefined && figure < level.below)
      return { code: 'unsure', params: { model: model.id.name, bad: level.bad / level.seen } };
  }
  return undefined;
}

/** The mean of fewer tokens sways too much to be held against one of forty. */
const fewestTokens = 30;

/** The same for an answer of which nothing was shown yet, by the tokens that it begins with. */
export function openingDoubtOf(
  { tokens }: Opening,
  model: Model,
  { decision }: Pick<Decided, 'decision'>,
  recollection: Pick<Recollection, 'confidenceLevel'>,
): Reason | undefined {
  if (tokens.length < fewestTokens) return undefined;
  const level = recollection.confidenceLevel(model, decision.classification.task, 'opening');
  const mean = tokens.reduce((sum, { logprob }) => sum + logprob, 0) / tokens.length;
  if (!level || mean >= level.below) return undefined;
  return { code: 'unsure', params: { model: model.id.name, bad: level.bad / level.seen } };
}
