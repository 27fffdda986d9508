import type { ConfidenceOutcome } from '../vocabulary/confidence.ts';
import { type Model, sameModel } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';
import { separationOf } from './separation.ts';

/**
 * Of a whole answer its mean, its least likely token and its weakest identifier; of one that has only begun the mean of
 * its first 40 tokens.
 */
export type ConfidenceMeasure = (typeof wholeMeasures)[number] | 'opening';
export const wholeMeasures = ['mean', 'weakest', 'min'] as const;

/** Below this an answer of the model at the task was nearly always bad on this machine. */
export interface ConfidenceLevel extends Pick<ConfidenceOutcome, 'model' | 'digest' | 'task'> {
  readonly measure: ConfidenceMeasure;
  /** Natural log-probability. */
  readonly below: number;
  /** Answers below it that were judged, and how many of them were bad. */
  readonly seen: number;
  readonly bad: number;
}

/** Set by judgement: below these a level is more chance than knowledge. */
const fewestOutcomes = 30;
const fewestOfEach = 8;
const fewestBelow = 8;
/** What the lower bound of AUROC has to exceed. */
const leastSeparation = 0.65;
/** 0..1, how many of those below have to be bad at least. */
const leastBad = 0.8;
/** 0..1, how many of all good answers may lie below at most. */
const mostGoodLost = 0.2;

/**
 * The levels that outcomes on this machine have shown, for each model, task and measure; none where too few are known,
 * where the model's certainty does not part good from bad, or where too much that is good would lie below.
 */
export function confidenceLevelsOf(outcomes: readonly ConfidenceOutcome[]): readonly ConfidenceLevel[] {
  const groups = Map.groupBy(outcomes, ({ model, digest, task }) =>
    JSON.stringify([model.provider, model.name, digest, task]),
  );
  return [...groups.values()].flatMap((of) =>
    ([...wholeMeasures, 'opening'] as const).flatMap((measure) => levelOf(of, measure) ?? []),
  );
}

function levelOf(
  outcomes: readonly ConfidenceOutcome[],
  measure: ConfidenceMeasure,
): ConfidenceLevel | undefined {
  const known = outcomes.flatMap((one) => {
    const figure = one[measure];
    return figure !== undefined && Number.isFinite(figure) ? [{ figure, good: one.good }] : [];
  });
  const figures = (good: boolean) => known.filter((one) => one.good === good).map(({ figure }) => figure);
  const [good, bad] = [figures(true), figures(false)];
  if (known.length < fewestOutcomes || Math.min(good.length, bad.length) < fewestOfEach) return undefined;
  if ((separationOf(good, bad)?.low ?? 0) <= leastSeparation) return undefined;
  known.sort((a, b) => a.figure - b.figure);
  let found: { readonly below: number; readonly seen: number; readonly bad: number } | undefined;
  let badBelow = 0;
  for (const [at, { figure, good: isGood }] of known.entries()) {
    if (!isGood) badBelow += 1;
    const seen = at + 1;
    const next = known[seen]?.figure;
    // Equal figures stand on the same side.
    if (next === undefined || next === figure) continue;
    if (seen - badBelow > mostGoodLost * good.length) break;
    const below = (figure + next) / 2;
    if (seen >= fewestBelow && badBelow >= leastBad * seen && below > figure)
      found = { below, seen, bad: badBelow };
  }
  const [first] = outcomes;
  if (!found || !first) return undefined;
  const { model, digest, task } = first;
  return { model, digest, task, measure, ...found };
}

/** The level of a model at a task; undefined where nothing was shown. */
export function levelFor(
  levels: readonly ConfidenceLevel[],
  model: Pick<Model, 'id' | 'digest'>,
  task: Task,
  measure: ConfidenceMeasure,
): ConfidenceLevel | undefined {
  return levels.find(
    (one) =>
      one.measure === measure &&
      one.task === task &&
      one.digest === (model.digest ?? '') &&
      sameModel(one.model, model.id),
  );
}
