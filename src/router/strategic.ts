import type { Classification } from '../vocabulary/decision.ts';
import type { Task } from '../vocabulary/task.ts';
import { roleOfTask } from './catalogue.ts';

/** From here on work on code counts as strategic whatever its task. */
const hardEnough = 0.7;

const alwaysStrategic: ReadonlySet<Task> = new Set<Task>(['architecture', 'security']);
const strategicWhenHard: ReadonlySet<Task> = new Set<Task>(['edit', 'fix', 'generate', 'refactor', 'review']);

export function isStrategic({ task, difficulty }: Pick<Classification, 'task' | 'difficulty'>): boolean {
  return alwaysStrategic.has(task) || (strategicWhenHard.has(task) && difficulty >= hardEnough);
}

/** What a conversation's model was chosen for: it stays while this stays. */
export function classOfWork(task: Task, strategic = alwaysStrategic.has(task)): string {
  return strategic ? 'strategic' : roleOfTask[task];
}
