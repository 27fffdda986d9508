/** 0-based lines, the last one included. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

/** An edit of a formatter, by lines; `line` 0-based, `character` in UTF-16. */
export interface FormatterEdit {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly newText: string;
}

/**
 * Of a formatter's edits those inside the lines that were just changed. Undefined where one reaches from inside to
 * outside: what it would do can't be had by halves.
 */
export function touchedEdits<Edit extends FormatterEdit>(
  edits: readonly Edit[],
  changed: LineSpan,
): readonly Edit[] | undefined {
  const inside: Edit[] = [];
  for (const edit of edits) {
    const { start, end } = edit.range;
    // An end in column 0 takes a line's break and nothing of the line that follows.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    if (last < changed.first || start.line > changed.last) continue;
    if (start.line < changed.first || last > changed.last) return undefined;
    inside.push(edit);
  }
  return inside;
}
