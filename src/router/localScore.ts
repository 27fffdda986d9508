import type { Classification } from '../vocabulary/decision.ts';
import { tasks } from '../vocabulary/task.ts';
import { baseDifficulty } from './difficulty.ts';

/**
 * The estimate (0..1) that the answer of a good local model of 7 to 14 thousand million parameters will do: it falls
 * with the difficulty, a task that is not certain counted by what else it may be. Not learned from outcomes.
 */
export function localScore({ task, tasks: likely, difficulty }: Classification): number {
  let expected = 0;
  for (const one of tasks) expected += (likely[one] ?? 0) * baseDifficulty[one];
  const hardness = Math.max(0, Math.min(1, difficulty + (expected - baseDifficulty[task]) / 2));
  return Math.round((0.97 - 0.85 * hardness) * 1000) / 1000;
}
