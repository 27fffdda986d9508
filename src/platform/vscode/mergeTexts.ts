import { diff3Merge, diffIndices } from 'node-diff3';

/** What the model saw, what the developer has now, and what is proposed; line ends are all `\n`. */
export interface ThreeTexts {
  readonly base: string;
  readonly current: string;
  readonly proposed: string;
}

export type Merge =
  | { readonly kind: 'merged'; readonly text: string; readonly offsetNow: (offset: number) => number }
  /** Both change the same lines, or lines that touch. */
  | { readonly kind: 'sameLines' };

/** More lines than these between the first and the last change are not compared: it would take too long. */
const mostLines = 5_000;

/**
 * Brings a proposal and the developer's own edits together, line by line; neither loses a line.
 * `offsetNow` says where an offset of the base is in the current text: that of a changed line at its line's beginning.
 */
export function mergeTexts({ base, current, proposed }: ThreeTexts): Merge {
  const texts = [current, base, proposed].map((text) => text.split('\n')) as [string[], string[], string[]];
  const head = shared(texts, (lines, at) => lines[at], 0);
  const tail = shared(texts, (lines, at) => lines[lines.length - 1 - at], head);
  const middle = texts.map((lines) => lines.slice(head, lines.length - tail)) as [
    string[],
    string[],
    string[],
  ];
  if (middle.some((lines) => lines.length > mostLines)) return { kind: 'sameLines' };
  const [now, was, next] = middle;
  const merged: string[] = [];
  for (const region of diff3Merge(now, was, next, { excludeFalseConflicts: true })) {
    if (!region.ok) return { kind: 'sameLines' };
    merged.push(...region.ok);
  }
  const [whole] = texts;
  const text = [...whole.slice(0, head), ...merged, ...whole.slice(whole.length - tail)].join('\n');
  return { kind: 'merged', text, offsetNow: (offset) => moved(offset, base, texts, head, middle) };
}

/** How many lines at one end are the same in all three. */
function shared(
  texts: readonly string[][],
  line: (lines: string[], at: number) => string | undefined,
  taken: number,
): number {
  const most = Math.min(...texts.map((lines) => lines.length)) - taken;
  const [first = [], ...others] = texts;
  let count = 0;
  while (count < most && others.every((lines) => line(lines, count) === line(first, count))) count += 1;
  return count;
}

function moved(
  offset: number,
  base: string,
  [current]: readonly [string[], string[], string[]],
  head: number,
  [now, was]: readonly [string[], string[], string[]],
): number {
  const before = base.slice(0, offset).split('\n');
  const column = before.at(-1)?.length ?? 0;
  let line = before.length - 1;
  let inChanged = false;
  let shift = 0;
  for (const { buffer1, buffer2 } of diffIndices(was, now)) {
    const [from, length] = [buffer1[0] + head, buffer1[1]];
    if (line < from) break;
    if (line < from + length) {
      line = buffer2[0] + head;
      shift = 0;
      inChanged = true;
      break;
    }
    shift += buffer2[1] - length;
  }
  const at = current.slice(0, line + shift).reduce((sum, text) => sum + text.length + 1, 0);
  return Math.min(at + (inChanged ? 0 : column), current.join('\n').length);
}
