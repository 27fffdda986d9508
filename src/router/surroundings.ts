import { type Task, tasks } from '../vocabulary/task.ts';

/** How much of a file is selected. */
export const selectionKinds = ['none', 'lines', 'function', 'class', 'file'] as const;
export type SelectionKind = (typeof selectionKinds)[number];

/** What is around a prompt. Nothing trains with it: what is written for training has no editor around it. */
export interface Surroundings {
  readonly selection?: SelectionKind;
  /** Errors and warnings in what goes along. */
  readonly diagnostics?: number;
  /** VS Code's id of the file's language. */
  readonly languageId?: string;
}

export type Surrounding = 'diagnostics' | 'selection' | 'language';

/** Units up to which a prompt says so little that its surroundings count. */
const shortPrompt = 60;

/** How many times as likely a task becomes. Set by judgement: a prompt that is clear stays what it is. */
const times: Readonly<Record<string, Partial<Record<Task, number>>>> = {
  diagnostics: { fix: 3 },
  lines: { chat: 0.5 },
  function: { chat: 0.4, tests: 1.2, document: 1.2, refactor: 1.2 },
  class: { chat: 0.4, tests: 1.2, document: 1.2, refactor: 1.2, review: 1.2 },
  file: { chat: 0.5, review: 1.3 },
  markdown: { prose: 2, document: 0.5 },
  plaintext: { prose: 1.5, document: 0.6 },
  'git-commit': { commit: 8 },
  scminput: { commit: 8 },
};

/**
 * Changes the odds of a short prompt's tasks by what is around it, in place; the probabilities still add up as before.
 * Returns the task that comes first now, and because of what, if that changed.
 */
export function weighSurroundings(
  found: Float64Array,
  length: number,
  around: Surroundings,
): { readonly task: Task; readonly because: Surrounding } | undefined {
  if (length > shortPrompt) return undefined;
  let because: { readonly task: Task; readonly because: Surrounding } | undefined;
  const weigh = (kind: Surrounding, name: string) => {
    const odds = times[name];
    if (!odds || !Object.hasOwn(times, name)) return;
    const before = first(found);
    multiply(found, odds);
    const now = first(found);
    if (now !== before) because = { task: tasks[now] ?? 'chat', because: kind };
  };
  if ((around.diagnostics ?? 0) > 0) weigh('diagnostics', 'diagnostics');
  if (around.selection && around.selection !== 'none') weigh('selection', around.selection);
  if (around.languageId !== undefined && languages.has(around.languageId))
    weigh('language', around.languageId);
  return because;
}

const languages: ReadonlySet<string> = new Set(['markdown', 'plaintext', 'git-commit', 'scminput']);

function multiply(found: Float64Array, odds: Partial<Record<Task, number>>): void {
  let before = 0;
  let after = 0;
  for (let place = 0; place < found.length; place += 1) {
    const task = tasks[place];
    const value = found[place] ?? 0;
    const weighed = value * ((task && odds[task]) ?? 1);
    before += value;
    after += weighed;
    found[place] = weighed;
  }
  if (after > 0)
    for (let place = 0; place < found.length; place += 1)
      found[place] = ((found[place] ?? 0) * before) / after;
}

function first(found: Float64Array): number {
  let best = 0;
  for (let place = 1; place < tasks.length; place += 1)
    if ((found[place] ?? 0) > (found[best] ?? 0)) best = place;
  return best;
}
