import type { Span } from '../../vocabulary/request.ts';

export interface TextReplacement {
  /** UTF-16 offsets into the text before. */
  readonly span: Span;
  readonly text: string;
}

/** The smallest single replacement that turns one text into another, so that cursors and folds elsewhere stay. */
export function minimalEdit(before: string, after: string): TextReplacement | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  // A CR LF or a surrogate pair is never cut in two.
  while (start > 0 && joins(before, start)) start--;
  while (tail > 0 && (joins(before, before.length - tail) || joins(after, after.length - tail))) tail--;
  return { span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) };
}

function joins(text: string, at: number): boolean {
  const left = text.charCodeAt(at - 1);
  const right = text.charCodeAt(at);
  return (left === 13 && right === 10) || (left >= 0xd800 && left < 0xdc00);
}
