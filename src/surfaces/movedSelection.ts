import type { Hunk } from '../vocabulary/hunk.ts';
import type { Span } from '../vocabulary/request.ts';

/**
 * Where a selection of a text is in the text as it became; the one of a line that changed, at the beginning of what took
 * its place. UTF-16 offsets.
 */
export function movedSelection(
  { start, end }: Span,
  before: string,
  after: string,
  hunks: readonly Hunk[],
): Span {
  const from = moved(start, before, after, hunks);
  return { start: from, end: Math.max(from, moved(end, before, after, hunks)) };
}

function moved(offset: number, before: string, after: string, hunks: readonly Hunk[]): number {
  const head = before.slice(0, offset).split('\n');
  let line = head.length - 1;
  let column = head.at(-1)?.length ?? 0;
  let shift = 0;
  for (const { before: was, after: is } of hunks) {
    if (line < was.first) break;
    if (line < was.first + was.count) {
      line = is.first;
      column = 0;
      shift = 0;
      break;
    }
    shift += is.count - was.count;
  }
  const lines = after.split('\n').slice(0, line + shift);
  return Math.min(lines.reduce((sum, text) => sum + text.length + 1, 0) + column, after.length);
}
