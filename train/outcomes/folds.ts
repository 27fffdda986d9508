import { type ContestScore, contestScore, type LocalScoreWeights } from '../../src/router/contestScore.ts';
import { fitLocalScore, problemsOf } from './fitLocalScore.ts';
import type { OutcomeSet } from './outcomeSets.ts';

const folds = 10;

/** 0..9, the same for one problem in every set (FNV-1a). */
export function foldOf(problem: string): number {
  let hash = 2166136261;
  for (let at = 0; at < problem.length; at += 1)
    hash = Math.imul(hash ^ problem.charCodeAt(at), 16777619) >>> 0;
  return hash % folds;
}

/** For each problem the score by weights that have seen no problem of its fold. */
export function crossValidated(
  sets: readonly OutcomeSet[],
  score: (weights: LocalScoreWeights) => ContestScore = contestScore,
): (problem: string) => ContestScore {
  const problems = problemsOf(sets);
  const scores = Array.from({ length: folds }, (_, fold) =>
    score(fitLocalScore(problems.filter(({ name }) => foldOf(name) !== fold))),
  );
  const none: ContestScore = () => undefined;
  return (problem) => scores[foldOf(problem)] ?? none;
}
