import type { Widening } from '../vocabulary/experience.ts';
import type { FromPanel } from '../vocabulary/panelMessage.ts';

export type WideningAnswer = Extract<FromPanel, { readonly id: string }>;

/** Where answers are kept; VS Code's own state and settings. */
export interface AnswerStore {
  refused(): readonly string[];
  setRefused(ids: readonly string[]): Promise<void>;
  /** What the user has set as `maia.tasks`, whatever it is. */
  tasks(): unknown;
  setTasks(tasks: Readonly<Record<string, unknown>>): Promise<void>;
}

/** So many refusals are remembered. */
const mostRefused = 100;

/** The same proposal has the same name in every window; another digest of the model makes another one. */
export function wideningId({ model, digest = '', task }: Widening): string {
  return `${model.name} ${digest} ${task}`;
}

/** Those that the user has not said *Not now* to. */
export function stillOpen(widenings: readonly Widening[], store: AnswerStore): readonly Widening[] {
  const refused = store.refused();
  return widenings.filter((one) => !refused.includes(wideningId(one)));
}

/**
 * A yes is the user's own switch for the task, where it can be taken back; a no is remembered. What is not proposed
 * (any more) is neither.
 */
export async function answerWidening(
  { type, id }: WideningAnswer,
  widenings: readonly Widening[],
  store: AnswerStore,
): Promise<void> {
  const widening = widenings.find((one) => wideningId(one) === id);
  if (!widening) return;
  if (type === 'notNow') {
    const others = store.refused().filter((one) => one !== id);
    await store.setRefused([...others, id].slice(-mostRefused));
    return;
  }
  const tasks = store.tasks();
  const set = typeof tasks === 'object' && tasks !== null && !Array.isArray(tasks) ? tasks : {};
  await store.setTasks({ ...set, [widening.task]: 'local' });
}
