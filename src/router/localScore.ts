import type { Classification } from '../vocabulary/decision.ts';
import type { Task } from '../vocabulary/task.ts';
import { contestFeatureNames, contestFeatures } from './contestForm.ts';
import { baseDifficulty } from './difficulty.ts';
import shipped from './localScoreWeights.json' with { type: 'json' };

interface NamedLogistic {
  readonly intercept: number;
  /** By `contestFeatureNames`. */
  readonly coefficients: Readonly<Record<string, number>>;
}

/** Trained by `npm run train:local-score` on recorded outcomes of problems from contests. */
export interface LocalScoreWeights {
  /** Brings the mean score to the share of problems that the local models solved. */
  readonly level: number;
  /** The chance that the answer of a local model of 7 to 13 thousand million parameters is right. */
  readonly local: NamedLogistic;
  /** The same for Claude and its equals of that time. */
  readonly claude: NamedLogistic;
}

/** 0..1, the chance that Claude's answer is right where the local one is wrong. */
export function benefitOf(localRight: number, claudeRight: number): number {
  return claudeRight * (1 - localRight);
}

/** @returns a score for a text that has the form of a problem, undefined for any other */
export type ContestScore = (text: string) => number | undefined;

/**
 * Learned from outcomes: falls with the chance that Claude's answer would be right and the local one wrong, within
 * the low band that local models reach on such problems. A problem that neither solves scores higher than one that
 * only Claude solves: asking Claude adds nothing there.
 */
export function contestScore({ level, local, claude }: LocalScoreWeights): ContestScore {
  const [ofLocal, ofClaude] = [chanceBy(local), chanceBy(claude)];
  return (text) => {
    const features = contestFeatures(text);
    return features && level * (1 - benefitOf(ofLocal(features), ofClaude(features)));
  };
}

/** The chance alone that the local answer is right, for the report to compare with. */
export function chanceScore({ local }: LocalScoreWeights): ContestScore {
  const ofLocal = chanceBy(local);
  return (text) => {
    const features = contestFeatures(text);
    return features && ofLocal(features);
  };
}

function chanceBy({ intercept, coefficients }: NamedLogistic): (features: readonly number[]) => number {
  const listed = contestFeatureNames.map((name) => coefficients[name] ?? 0);
  return (features) => {
    let sum = intercept;
    for (let at = 0; at < listed.length; at += 1) sum += (listed[at] ?? 0) * (features[at] ?? 0);
    return 1 / (1 + Math.exp(-sum));
  };
}

const shippedScore = contestScore(shipped);

/**
 * The estimate (0..1) that the answer of a good local model of 7 to 14 thousand million parameters will do. For
 * a problem of a contest it is learned from recorded outcomes; for all else there are none that may shape it, and it
 * falls with the difficulty, a task that is not certain counted by what else it may be. To three places; reads at
 * most 8,001 units of `text`, the prompt that was classified.
 */
export function localScore(
  { task, tasks: likely, difficulty }: Classification,
  text: string,
  ofContest: ContestScore = shippedScore,
): number {
  const learned = ofContest(text);
  if (learned !== undefined) return rounded(learned);
  let expected = 0;
  for (const [one, chance] of Object.entries(likely)) expected += chance * baseDifficulty[one as Task];
  const hardness = Math.max(0, Math.min(1, difficulty + (expected - baseDifficulty[task]) / 2));
  return rounded(0.97 - 0.85 * hardness);
}

function rounded(value: number): number {
  return Math.round(Math.max(0, Math.min(1, value)) * 1000) / 1000;
}
