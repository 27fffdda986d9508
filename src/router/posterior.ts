import type { QualityEstimate } from '../vocabulary/decision.ts';
import {
  bandOf,
  type DifficultyBand,
  difficultyBands,
  type Experience,
  type Learner,
  type Lesson,
  type Teacher,
  type Widening,
} from '../vocabulary/experience.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';
import { betaQuantile } from './betaQuantile.ts';
import { type Prior, priorOf } from './catalogue.ts';

/**
 * What one lesson adds: a check and the developer's plain word count whole, a deed that may have other causes in part.
 * Set by judgement: no published figure says how much an undo tells.
 */
export const teachers: Readonly<Record<Teacher, { readonly passed: number; readonly failed: number }>> = {
  passed: { passed: 1, failed: 0 },
  good: { passed: 1, failed: 0 },
  applied: { passed: 0.5, failed: 0 },
  failed: { passed: 0, failed: 1 },
  notGood: { passed: 0, failed: 1 },
  undone: { passed: 0, failed: 1 },
  askedClaude: { passed: 0, failed: 1 },
  rejected: { passed: 0, failed: 0.7 },
  edited: { passed: 0, failed: 0.3 },
};

/** After so many days a lesson counts half. */
export const halfLifeDays = 60;
/** The most that all lessons of one workspace weigh for one model, task and band; more is scaled down to it. */
export const mostOfOneWorkspace = 12;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Sums lessons up, one entry for each model (by digest and host), task and band, in a fixed order. A lesson's weight
 * halves every 60 days; what one workspace moves is capped, and lessons without a workspace count as one.
 * @param now epoch ms; a lesson of the future counts as one of now
 */
export function experienceOf(lessons: readonly Lesson[], now: number): readonly Experience[] {
  const sums = new Map<string, Sum>();
  for (const lesson of lessons) {
    const key = keyOf(lesson, lesson.task, lesson.band);
    let sum = sums.get(key);
    if (!sum) {
      sum = { lesson, workspaces: new Map(), passedChecks: 0 };
      sums.set(key, sum);
    }
    const age = Math.max(0, now - lesson.at) / dayMs;
    const { count = 1 } = lesson;
    const weight = count * 0.5 ** (age / halfLifeDays);
    const { passed, failed } = teachers[lesson.teacher];
    const place = lesson.workspace ?? '';
    const own = sum.workspaces.get(place) ?? { passed: 0, failed: 0 };
    sum.workspaces.set(place, {
      passed: own.passed + passed * weight,
      failed: own.failed + failed * weight,
    });
    if (lesson.teacher === 'passed') sum.passedChecks += count;
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { lesson, workspaces, passedChecks }]) => {
      let passed = 0;
      let failed = 0;
      for (const own of workspaces.values()) {
        const scale = Math.min(1, mostOfOneWorkspace / Math.max(own.passed + own.failed, 1e-9));
        passed += own.passed * scale;
        failed += own.failed * scale;
      }
      return {
        ...learnerOf(lesson),
        task: lesson.task,
        band: lesson.band,
        passed: rounded(passed),
        failed: rounded(failed),
        passedChecks,
      };
    });
}

interface Sum {
  readonly lesson: Lesson;
  readonly workspaces: Map<string, { readonly passed: number; readonly failed: number }>;
  passedChecks: number;
}

/** To six places, so that the order in which lessons are added does not show. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function learnerOf({ model, digest, host }: Learner): Learner {
  return { model, ...(digest === undefined ? {} : { digest }), ...(host === undefined ? {} : { host }) };
}

function keyOf({ model, digest, host }: Learner, task: Task, band: DifficultyBand): string {
  return JSON.stringify([model.provider, model.name, digest ?? '', host ?? '', task, band]);
}

export function sameLearner(a: Learner, b: Learner): boolean {
  return (
    a.model.provider === b.model.provider &&
    a.model.name === b.model.name &&
    a.digest === b.digest &&
    a.host === b.host
  );
}

/** Checks that have to be passed before Maia proposes to widen, and the part of the weights that has to be good. */
export const enoughToWiden = { passedChecks: 12, share: 0.85 };

/**
 * The tasks at which a model has earned that Maia proposes to give them to it: at least 12 passed checks, and at least
 * 85 % of what was seen, forgetting included, was good. Most passed checks first.
 */
export function wideningOf(experience: readonly Experience[]): readonly Widening[] {
  const sums = new Map<string, { first: Experience; passed: number; failed: number; checks: number }>();
  for (const one of experience) {
    const key = keyOf(one, one.task, 'easy');
    const sum = sums.get(key) ?? { first: one, passed: 0, failed: 0, checks: 0 };
    sum.passed += one.passed;
    sum.failed += one.failed;
    sum.checks += one.passedChecks;
    sums.set(key, sum);
  }
  return [...sums]
    .sort(([one, a], [other, b]) => b.checks - a.checks || (one < other ? -1 : 1))
    .flatMap(([, { first, passed, failed, checks }]) => {
      const share = passed / Math.max(passed + failed, 1e-9);
      if (checks < enoughToWiden.passedChecks || share < enoughToWiden.share) return [];
      return [{ ...learnerOf(first), task: first.task, passedChecks: checks, share: rounded(share) }];
    });
}

/** What is seen in a neighbouring band counts in part: more where it says more. */
const nearer = 0.5;
const farther = 0.25;

/** What was seen of one model at one task, as far as it tells of one band. */
export interface Seen {
  /** Weights, >= 0. */
  readonly passed: number;
  readonly failed: number;
  /** Checks passed at the task in any band. */
  readonly passedChecks: number;
}

/**
 * Weights for one model, task and band. A neighbouring band counts half where it says more (passed what is harder,
 * failed what is easier) and a quarter where it says less; two bands away counts nothing.
 */
export function seenOf(
  learner: Learner,
  task: Task,
  band: DifficultyBand,
  experience: readonly Experience[],
): Seen {
  let passed = 0;
  let failed = 0;
  let passedChecks = 0;
  const place = difficultyBands.indexOf(band);
  for (const one of experience) {
    if (one.task !== task || !sameLearner(one, learner)) continue;
    passedChecks += one.passedChecks;
    const harder = difficultyBands.indexOf(one.band) - place;
    if (Math.abs(harder) > 1) continue;
    passed += one.passed * (harder === 0 ? 1 : harder > 0 ? nearer : farther);
    failed += one.failed * (harder === 0 ? 1 : harder < 0 ? nearer : farther);
  }
  return { passed, failed, passedChecks };
}

/** The lower bound that decides: four times in five the truth lies above it. */
export const boundAt = 0.2;

/**
 * How good a model's answer to a task will be: its prior as a Beta distribution, moved by what was seen of this very
 * model (digest and host included).
 * @param difficulty 0..1
 */
export function qualityOf(
  model: Model,
  task: Task,
  difficulty: number,
  experience: readonly Experience[],
): QualityEstimate {
  const band = bandOf(difficulty);
  if (experience.length === 0) return untaught(model, task, band);
  const { passed, failed } = seenOf(learnerFor(model), task, band, experience);
  return passed === 0 && failed === 0
    ? untaught(model, task, band)
    : estimateOf(priorOf(model, task, band), passed, failed);
}

const priors = new WeakMap<Model, Map<string, QualityEstimate>>();

/** The prior alone, worked out once for each description of a model. */
function untaught(model: Model, task: Task, band: DifficultyBand): QualityEstimate {
  let own = priors.get(model);
  if (!own) {
    own = new Map();
    priors.set(model, own);
  }
  const key = `${task} ${band}`;
  let found = own.get(key);
  if (!found) {
    found = estimateOf(priorOf(model, task, band), 0, 0);
    own.set(key, found);
  }
  return found;
}

function estimateOf({ prior, weight, known }: Prior, passed: number, failed: number): QualityEstimate {
  const a = prior * weight + passed;
  const b = (1 - prior) * weight + failed;
  return {
    prior: rounded(prior),
    known,
    passed: rounded(passed),
    failed: rounded(failed),
    mean: rounded(a / (a + b)),
    bound: passed + failed === 0 ? boundOfPrior(prior, weight) : rounded(betaQuantile(boundAt, a, b)),
  };
}

const ofPriors = new Map<number, number>();

/** The bound where nothing was seen, which is most of the time: worked out once for each prior. */
function boundOfPrior(prior: number, weight: number): number {
  const key = weight + prior;
  let bound = ofPriors.get(key);
  if (bound === undefined) {
    bound = rounded(betaQuantile(boundAt, prior * weight, (1 - prior) * weight));
    if (ofPriors.size > 1_000) ofPriors.clear();
    ofPriors.set(key, bound);
  }
  return bound;
}

/** What lessons of a model are kept under. */
export function learnerFor(model: Pick<Model, 'id' | 'digest' | 'host'>): Learner {
  return learnerOf({ ...model, model: model.id });
}
