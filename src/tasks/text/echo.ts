import { systemText } from '../instructions.ts';
import type { TextPlan } from '../plan.ts';

/** What a chat format has around its turns: in an answer it is the model's own machinery. */
const marks =
  /<\|[a-z_]{2,24}\|>|<\/?(?:start|end)_of_turn>|\[\/?INST\]|<<\/?SYS>>|^###? ?(?:Instruction|Response|Input|System|User|Assistant)s?:/im;

/** A mark of a chat format in an answer's text without its code, where nothing that was asked has it. */
export function formatMark(prose: string, plan: TextPlan): string | undefined {
  const mark = marks.exec(prose)?.[0];
  if (mark === undefined) return undefined;
  const known = [plan.asked, ...plan.given.map((piece) => piece.text), ...plan.earlier];
  return known.some((one) => one.includes(mark)) ? undefined : mark;
}

/** So many words on end of a question are no chance any more; a restated question is shorter, or put otherwise. */
const fewestWords = 12;
/** Of the instructions, which nobody restates. */
const fewestOfInstructions = 7;

/** Whether an answer begins with the words of its question, or of its instructions. */
export function echoes(answer: string, plan: TextPlan): boolean {
  const begins = wordsOf(answer.slice(0, 1_000)).slice(0, 40);
  if (labels.test(answer.trimStart().slice(0, 80))) return true;
  if (begins.length < fewestOfInstructions) return false;
  const said = ` ${begins.join(' ')} `;
  for (const line of systemText(plan.task).split('\n')) {
    const start = wordsOf(line).slice(0, fewestOfInstructions);
    if (start.length === fewestOfInstructions && said.includes(` ${start.join(' ')} `)) return true;
  }
  return sharedStart(begins, wordsOf(plan.asked.slice(0, 1_000))) >= fewestWords;
}

/** How the pieces that go along with a question are headed. */
const labels = /^(?:Selected code|Code|File|Pasted text|Problem that the editor shows) from `/;

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

function sharedStart(one: readonly string[], other: readonly string[]): number {
  let shared = 0;
  while (shared < one.length && shared < other.length && one[shared] === other[shared]) shared += 1;
  return shared;
}
