import type { Dial } from '../vocabulary/policy.ts';
import type { Task } from '../vocabulary/task.ts';

/** `checked`: code whose check comes before anybody sees it, so that a poor answer costs time and no harm. */
type Class = 'checked' | 'said' | 'judged';

const classOfTask: Readonly<Record<Task, Class>> = {
  tests: 'checked',
  generate: 'checked',
  edit: 'checked',
  fix: 'checked',
  refactor: 'checked',
  document: 'said',
  commit: 'said',
  explain: 'said',
  chat: 'said',
  shell: 'said',
  prose: 'said',
  review: 'judged',
  architecture: 'judged',
  security: 'judged',
};

/**
 * What a model's lower bound has to reach. Set so that under `balanced` codellama:13b, of the first design, may write
 * code of medium difficulty and a model of 135 million parameters may do nothing; `quality` asks of text what a good
 * 7-thousand-million coder reaches, `economy` lets pass what is right about every other time once repaired.
 */
const bars: Readonly<Record<Class, Readonly<Record<Dial, number>>>> = {
  checked: { economy: 0.25, balanced: 0.36, quality: 0.6 },
  said: { economy: 0.42, balanced: 0.5, quality: 0.7 },
  judged: { economy: 0.45, balanced: 0.55, quality: 0.75 },
};

/** 0..1, rising from `economy` to `quality`. */
export function barOf(task: Task, dial: Dial): number {
  return bars[classOfTask[task]][dial];
}
