import { diffIndices } from 'node-diff3';
import type { Hunk } from '../../vocabulary/hunk.ts';

/** More lines than these between the first and the last change are told as one piece: to compare them takes too long. */
const mostLines = 5_000;

/** The pieces in which two texts differ, line by line, in order; line ends are all `\n`. */
export function lineHunks(before: string, after: string): readonly Hunk[] {
  if (before === after) return [];
  const [was, is] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(was.length, is.length);
  let head = 0;
  while (head < shorter && was[head] === is[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail += 1;
  const left = was.slice(head, was.length - tail);
  const right = is.slice(head, is.length - tail);
  if (left.length > mostLines || right.length > mostLines)
    return [{ before: { first: head, count: left.length }, after: { first: head, count: right.length } }];
  return diffIndices(left, right).map(({ buffer1, buffer2 }) => ({
    before: { first: buffer1[0] + head, count: buffer1[1] },
    after: { first: buffer2[0] + head, count: buffer2[1] },
  }));
}
