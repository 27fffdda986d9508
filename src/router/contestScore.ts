import { contestFeatureNames, contestFeatures } from './contestForm.ts';
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

/** By the weights that are shipped. */
export const contestLocalScore: ContestScore = contestScore(shipped);
/** 0..1, the chance that a local model of 7 to 13 thousand million parameters solves it, by those weights. */
export const contestChance: ContestScore = chanceScore(shipped);
