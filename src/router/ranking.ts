import type { Candidate } from '../vocabulary/model.ts';
import { heldTasks, type Task } from '../vocabulary/task.ts';
import { fitnessOf, roleOfTask, sizeOf } from './modelRoles.ts';

/** Tokens that the answer to a held task usually takes; nothing of it shows before the last one. */
const usualTokens: Readonly<Partial<Record<Task, number>>> = {
  commit: 60,
  document: 150,
  fix: 500,
  edit: 500,
  generate: 700,
  tests: 800,
  refactor: 800,
};

/** Seconds that a developer waits for an answer that is held until its check is done. */
const patienceSeconds = 60;

/** Tokens per second below which streamed text is slower than reading aloud. */
const slowestStream = 3;

/** Whether a measured model keeps the developer waiting too long; what was never measured is given a chance. */
export function isTooSlow(candidate: Candidate, task: Task): boolean {
  const speed = candidate.speed?.tokensPerSecond;
  if (speed === undefined) return false;
  const held = (heldTasks as readonly Task[]).includes(task);
  if (!held) return speed < slowestStream;
  return (usualTokens[task] ?? 500) / Math.max(speed, 0.001) > patienceSeconds;
}

/** In memory with a window that is wide enough: no load before the first token. */
export function isReady(candidate: Candidate, needed: number): boolean {
  return candidate.model.loaded !== undefined && candidate.model.loaded.contextTokens >= needed;
}

function byName(a: Candidate, b: Candidate): number {
  const left = `${a.model.id.provider}/${a.model.id.name}`;
  const right = `${b.model.id.provider}/${b.model.id.name}`;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The same order whatever order candidates came in. */
export function inFixedOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.toSorted((a, b) => byName(a, b) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Local models, the best first: its role for the task, then loaded, idle, quick, large, near, and the name. */
export function rankLocal(
  candidates: readonly Candidate[],
  task: Task,
  needed: number,
): readonly Candidate[] {
  const role = roleOfTask[task];
  return candidates.toSorted(
    (a, b) =>
      fitnessOf(b.model)[role] - fitnessOf(a.model)[role] ||
      Number(isReady(b, needed)) - Number(isReady(a, needed)) ||
      Number(a.busy) - Number(b.busy) ||
      (b.speed?.tokensPerSecond ?? 0) - (a.speed?.tokensPerSecond ?? 0) ||
      (sizeOf(b.model) ?? 0) - (sizeOf(a.model) ?? 0) ||
      Number(b.model.boundary === 'machine') - Number(a.model.boundary === 'machine') ||
      byName(a, b),
  );
}
