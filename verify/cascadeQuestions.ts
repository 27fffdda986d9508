import type { Checkable } from '../src/cli/checkAnswer.ts';
import type { Code } from '../src/code/code.ts';
import type { Task } from '../src/vocabulary/task.ts';
import type { Case } from './case.ts';
import { changeCases } from './changeCases.ts';
import { random } from './confidence.ts';
import { documentCases } from './documentCases.ts';
import type { Sample } from './functions.ts';
import { testCases } from './testCases.ts';

/** A request with an answer that is known to be right and some that are known to be spoilt. */
export interface Question {
  readonly task: Task;
  readonly asked: Checkable;
  readonly right: string;
  readonly spoilt: readonly string[];
  /** The file as it is with the right answer, where a spoilt one may be put right by the way it is applied. */
  readonly good?: string;
}

const askedTasks: readonly Task[] = ['document', 'tests', 'edit', 'fix', 'refactor', 'generate'];

/** Questions about functions, the tasks in turn; as many as there are up to `most`, the same for a seed. */
export async function questionsOf(
  samples: readonly Sample[],
  code: Code,
  most: number,
  seed: number,
): Promise<Question[]> {
  const next = random(seed);
  const byTask = new Map<Task, Question[]>(askedTasks.map((task) => [task, []]));
  const each = Math.ceil(most / askedTasks.length);
  for (const sample of shuffled(samples, next)) {
    if ([...byTask.values()].every((of) => of.length >= each)) break;
    const cases: Case[] = [
      ...(await documentCases(sample, code)),
      ...(await changeCases(sample, code)),
      ...(await testCases(sample, code)),
    ];
    for (const [task, of] of byTask) {
      if (of.length >= each) continue;
      const own = cases.filter(({ asked }) => asked.task === task);
      const right = own.find((one) => one.right);
      const spoilt = own.filter((one) => !one.right && one.asked.answer.trim() !== '');
      if (!right || spoilt.length < 2) continue;
      const answers = shuffled(spoilt, next).map(({ asked }) => asked.answer);
      of.push({
        task,
        asked: right.asked,
        right: right.asked.answer,
        spoilt: answers,
        ...(right.good === undefined ? {} : { good: right.good }),
      });
      // One function is asked about once or twice, not for every task.
      if (next() < 0.5) break;
    }
  }
  const lists = [...byTask.values()];
  return Array.from({ length: each }, (_, at) => lists.flatMap((of) => of.slice(at, at + 1)))
    .flat()
    .slice(0, most);
}

export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
}
