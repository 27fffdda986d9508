import { classify } from '../../src/router/classify.ts';
import { type ContestScore, chanceScore } from '../../src/router/contestScore.ts';
import { baseDifficulty } from '../../src/router/difficulty.ts';
import { localScore } from '../../src/router/localScore.ts';
import type { Classification } from '../../src/vocabulary/decision.ts';
import { crossValidated } from '../outcomes/folds.ts';
import type { Outcome, OutcomeSet } from '../outcomes/outcomeSets.ts';
import { keywordTask } from './keywordRouter.ts';
import type { LiteLlm } from './liteLlm.ts';

/** A row with the set that it is from. */
export interface SetOutcome extends Outcome {
  readonly set: OutcomeSet;
}

export const maia = 'Maia';
export const stratumOnly = 'stratum-only';
export const oracle = 'oracle';
export const shipped = 'Maia, shipped weights **';
export const byTask = 'Maia, by task alone';
export const byChance = 'Maia, by chance alone ***';

function classified(text: string): Classification {
  return classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0 });
}

/** What each router makes of a row: the lower, the sooner the large model is asked. */
export function outcomeRouters(
  sets: readonly OutcomeSet[],
  liteLlm: LiteLlm | undefined,
): ReadonlyMap<string, (row: SetOutcome) => number> {
  const unseen = crossValidated(sets);
  const unseenChance = crossValidated(sets, chanceScore);
  const scored = (row: SetOutcome, score?: ContestScore) =>
    localScore(classified(row.prompt), row.prompt, score);
  const gaps = new Map(
    sets.map((set) => [
      set.name,
      set.rows.reduce((sum, { small, large }) => sum + large - small, 0) / set.rows.length,
    ]),
  );
  const routers: [string, (row: SetOutcome) => number][] = [
    // A set that may not shape the weights is scored by those that are shipped.
    [maia, (row) => scored(row, row.set.shapes ? unseen(row.problem) : undefined)],
    [shipped, (row) => scored(row)],
    [byChance, (row) => scored(row, row.set.shapes ? unseenChance(row.problem) : undefined)],
    [byTask, (row) => -baseDifficulty[classified(row.prompt).task]],
    [stratumOnly, (row) => -(gaps.get(row.set.name) ?? 0)],
    ['length-only', (row) => -row.prompt.length],
    ['keyword router', (row) => -baseDifficulty[keywordTask(row.prompt)]],
  ];
  if (liteLlm)
    routers.push(
      ['LiteLLM rule scorer', (row) => -(liteLlm.found.get(row.prompt)?.rules ?? 0)],
      ['LiteLLM request types ****', (row) => liteLlm.found.get(row.prompt)?.forecast ?? 0],
    );
  routers.push(['random', () => 0], [oracle, (row) => row.small - row.large]);
  return new Map(routers);
}
