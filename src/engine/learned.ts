import { barOf } from '../router/bars.ts';
import { learnerFor, qualityOf, sameLearner, wideningOf } from '../router/posterior.ts';
import {
  type DifficultyBand,
  difficultyBands,
  type Experience,
  type Learned,
  type Learner,
  type Widening,
} from '../vocabulary/experience.ts';
import type { Candidate, Model } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';

/** A difficulty within each band. */
const within: Readonly<Record<DifficultyBand, number>> = { easy: 0.2, medium: 0.5, hard: 0.8 };

/** What was learned, with the estimate that it leads to where the model is there. */
export function learnedOf(
  experience: readonly Experience[],
  candidates: readonly Candidate[],
  { dial }: Pick<Policy, 'dial'>,
): readonly Learned[] {
  return experience.map((one) => {
    const model = modelOf(one, candidates);
    if (!model) return one;
    const estimate = qualityOf(model, one.task, within[one.band], experience);
    return { ...one, estimate, bar: barOf(one.task, dial) };
  });
}

/**
 * What Maia proposes to keep on this machine: tasks that a local model has earned, for which nothing is set, and of
 * which Claude still gets the easy, the medium or the hard part.
 */
export function wideningsNow(
  experience: readonly Experience[],
  candidates: readonly Candidate[],
  { dial, tasks }: Pick<Policy, 'dial' | 'tasks'>,
): readonly Widening[] {
  return wideningOf(experience).filter((earned) => {
    const model = modelOf(earned, candidates);
    if (model?.route !== 'local' || tasks[earned.task] !== undefined) return false;
    return difficultyBands.some(
      (band) => qualityOf(model, earned.task, within[band], experience).bound < barOf(earned.task, dial),
    );
  });
}

function modelOf(learner: Learner, candidates: readonly Candidate[]): Model | undefined {
  return candidates.find(({ model }) => sameLearner(learnerFor(model), learner))?.model;
}
