import { contestFeatureNames, contestFeatures } from '../../src/router/contestForm.ts';
import { benefitOf, type LocalScoreWeights } from '../../src/router/contestScore.ts';
import { chanceOf, fitLogistic, type Logistic } from './logistic.ts';
import type { OutcomeSet } from './outcomeSets.ts';

/** One problem with the mean over the sets that hold it. */
interface Problem {
  readonly name: string;
  readonly features: readonly number[];
  readonly small: number;
  readonly large: number;
}

/** Set by the log loss of both models on problems of other folds, not by what the report judges. */
const penalty = 30;

/** The problems of the sets that may shape the weights, each once, those that have the form of a problem. */
export function problemsOf(sets: readonly OutcomeSet[]): readonly Problem[] {
  const found = new Map<string, { prompt: string; small: number[]; large: number[] }>();
  for (const { rows } of sets.filter(({ shapes }) => shapes))
    for (const { problem, prompt, smallMean, largeMean } of rows) {
      const one = found.get(problem) ?? { prompt, small: [], large: [] };
      one.small.push(smallMean);
      one.large.push(largeMean);
      found.set(problem, one);
    }
  const average = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return [...found].flatMap(([name, { prompt, small, large }]) => {
    const features = contestFeatures(prompt);
    return features ? [{ name, features, small: average(small), large: average(large) }] : [];
  });
}

/** Fits the weights of `localScore` for the form of a contest's problem. */
export function fitLocalScore(problems: readonly Problem[]): LocalScoreWeights {
  const rows = problems.map(({ features }) => features);
  const fitted = (targets: readonly number[]) => fitLogistic(rows, targets, penalty);
  const local = fitted(problems.map(({ small }) => small));
  const claude = fitted(problems.map(({ large }) => large));
  const sum = (of: (problem: Problem) => number) => problems.reduce((total, one) => total + of(one), 0);
  const kept = sum(({ features }) => 1 - benefitOf(chanceOf(local, features), chanceOf(claude, features)));
  return {
    level: short(sum(({ small }) => small) / kept),
    local: named(local),
    claude: named(claude),
  };
}

function named({ intercept, coefficients }: Logistic): LocalScoreWeights['local'] {
  return {
    intercept: short(intercept),
    coefficients: Object.fromEntries(
      contestFeatureNames.map((name, at) => [name, short(coefficients[at] ?? 0)]),
    ),
  };
}

function short(value: number): number {
  return Number(value.toFixed(4));
}
