import { heldTasks, type Task } from '../vocabulary/task.ts';

const held: ReadonlySet<Task> = new Set<Task>(heldTasks);

/** Whether the answer to a task shows nothing before its check is done. */
export function isHeld(task: Task): boolean {
  return held.has(task);
}
