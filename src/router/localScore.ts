import type { Classification } from '../vocabulary/decision.ts';
import type { Task } from '../vocabulary/task.ts';
import { type ContestScore, contestLocalScore } from './contestScore.ts';
import { baseDifficulty } from './difficulty.ts';

/**
 * The estimate (0..1) that the answer of a good local model of 7 to 14 thousand million parameters will do. For
 * a problem of a contest it is learned from recorded outcomes: in the mean it is the share that such models solved, and
 * among such problems it falls with what Claude would add. For all else there are none that may shape it, and it
 * falls with the difficulty, a task that is not certain counted by what else it may be. To three places; reads at
 * most 8,001 units of `text`, the prompt that was classified.
 */
export function localScore(
  { task, tasks: likely, difficulty }: Classification,
  text: string,
  ofContest: ContestScore = contestLocalScore,
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
