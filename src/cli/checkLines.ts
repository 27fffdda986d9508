import type { Tasks, TaskTools } from '../tasks/tasks.ts';
import { tasks as allTasks, type Task } from '../vocabulary/task.ts';
import { type Checkable, checkAnswer } from './checkAnswer.ts';
import { lineBatches } from './jsonLines.ts';

/** How many lines are under way at once: the parser's thread is never without work. */
const atOnce = 8;

type Read =
  | { readonly id: unknown; readonly asked: Checkable }
  | { readonly id: unknown; readonly error: string };

/** A line as it was written, with what is wrong in it said plainly. */
export function readCheckLine(line: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, error: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null) return { id: null, error: 'not a JSON object' };
  const {
    id = null,
    task,
    language,
    path,
    file,
    line: at,
    answer,
    project,
  } = value as Record<string, unknown>;
  if (!allTasks.includes(task as Task)) return { id, error: `task is none of ${allTasks.join(', ')}` };
  for (const [name, text] of Object.entries({ language, path, file, answer }))
    if (typeof text !== 'string') return { id, error: `${name} is not a text` };
  if (at !== undefined && !(Number.isInteger(at) && (at as number) >= 1))
    return { id, error: 'line is not a whole number from 1 on' };
  if (project !== undefined && typeof project !== 'string') return { id, error: 'project is not a text' };
  return {
    id,
    asked: {
      task: task as Task,
      language: language as string,
      path: path as string,
      file: file as string,
      answer: answer as string,
      ...(at === undefined ? {} : { line: at as number }),
      ...(project === undefined ? {} : { project }),
    },
  };
}

/**
 * Checks every line of `input`, several at once, and hands the verdicts on in the same order.
 * @returns how many lines could not be read
 */
export async function checkLines(
  input: AsyncIterable<string>,
  write: (text: string) => void | Promise<void>,
  tasks: Tasks,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<number> {
  let unread = 0;
  const open: Promise<object>[] = [];
  const writeFirst = async () => {
    const first = await open.shift();
    if (first) await write(`${JSON.stringify(first)}\n`);
  };
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const read = readCheckLine(line);
      if ('error' in read) unread += 1;
      const result: Promise<object> =
        'error' in read
          ? Promise.resolve(read)
          : checkAnswer(read.asked, tasks, tools, signal).then((checked) => ({ id: read.id, ...checked }));
      // Its turn to be written may never come, when an earlier one fails or all are cancelled.
      result.catch(() => {});
      open.push(result);
      if (open.length >= atOnce) await writeFirst();
    }
  while (open.length > 0) await writeFirst();
  return unread;
}
