import type { Candidate } from '../vocabulary/model.ts';
import type { Task } from '../vocabulary/task.ts';
import { catalogued, roleOfTask } from './catalogue.ts';
import type { Estimated } from './estimates.ts';
import { isReady } from './predictedTime.ts';

/** Estimates that lie this near to the best are told apart by time. */
const near = 0.1;
/** Where none is good enough, hardly anything is near: the best has to do. */
const nearAtLast = 0.02;

/** A model that loads first counts as so much slower: what others had in memory may have to leave it. */
const coldFactor = 1.5;

function byName({ model: { id: a } }: Candidate, { model: { id: b } }: Candidate): number {
  if (a.provider !== b.provider) return a.provider < b.provider ? -1 : 1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** The same order whatever order candidates came in. */
export function inFixedOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.toSorted((a, b) => byName(a, b) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Whether a model is one of those that the catalogue means for a task. */
export function isMeantFor({ candidate: { model } }: Estimated, task: Task): boolean {
  return catalogued(model).meantFor.includes(roleOfTask[task]);
}

/**
 * Local models, the best first: those that are good enough and quick enough, then the good enough, then the others.
 * Among each of these, models that are meant for the task; then those whose quality is near to the best, by time; then
 * the others by quality.
 */
export function rankLocal(local: readonly Estimated[], task: Task, needed: number): readonly Estimated[] {
  const of = (group: (one: Estimated) => boolean, within = near) => {
    const all = local.filter(group);
    const meant = all.filter((one) => isMeantFor(one, task));
    return [
      ...inTime(meant, needed, within),
      ...inTime(
        all.filter((one) => !meant.includes(one)),
        needed,
        within,
      ),
    ];
  };
  return [
    ...of(({ clears, quick }) => clears && quick),
    ...of(({ clears, quick }) => clears && !quick),
    ...of(({ clears }) => !clears, nearAtLast),
  ];
}

function inTime(group: readonly Estimated[], needed: number, within: number): readonly Estimated[] {
  if (group.length < 2) return group;
  const best = Math.max(...group.map(({ quality }) => quality.mean));
  const isNear = ({ quality }: Estimated) => quality.mean >= best - within;
  const cost = ({ candidate, time }: Estimated) =>
    time.usefulMs * (isReady(candidate, needed) ? 1 : coldFactor);
  return group.toSorted((a, b) => {
    if (isNear(a) !== isNear(b)) return isNear(a) ? -1 : 1;
    const quality = b.quality.mean - a.quality.mean;
    return (
      (isNear(a) ? cost(a) - cost(b) || quality : quality || cost(a) - cost(b)) ||
      Number(b.candidate.speed !== undefined) - Number(a.candidate.speed !== undefined) ||
      Number(b.candidate.model.boundary === 'machine') - Number(a.candidate.model.boundary === 'machine') ||
      byName(a.candidate, b.candidate)
    );
  });
}
