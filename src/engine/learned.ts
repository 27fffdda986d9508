import { learnerFor, qualityOf, sameLearner } from '../router/posterior.ts';
import type { DifficultyBand, Experience, Learned } from '../vocabulary/experience.ts';
import type { Candidate } from '../vocabulary/model.ts';

/** A difficulty within each band. */
const within: Readonly<Record<DifficultyBand, number>> = { easy: 0.2, medium: 0.5, hard: 0.8 };

/** What was learned, with the estimate that it leads to where the model is there. */
export function learnedOf(
  experience: readonly Experience[],
  candidates: readonly Candidate[],
): readonly Learned[] {
  return experience.map((one) => {
    const model = candidates.find((candidate) => sameLearner(learnerFor(candidate.model), one))?.model;
    return model ? { ...one, estimate: qualityOf(model, one.task, within[one.band], experience) } : one;
  });
}
