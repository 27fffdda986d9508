import type { Finding } from '../../vocabulary/verdict.ts';

/** A test file made of an answer. */
export interface Composed {
  /** The answer's tests alone, as a whole file that imports what it needs. */
  readonly fresh: string;
  /** The file as it would be applied: `fresh`, or the existing file with the tests added. */
  readonly after: string;
  /** What makes it useless before anything is parsed. */
  readonly fault?: Finding;
}

/** A change of a text; several are applied from the end. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
}

/** A text in the line ends of another. */
export function withLineEndsOf(text: string, like: string): string {
  const plain = text.replaceAll('\r\n', '\n');
  return like.includes('\r\n') ? plain.replaceAll('\n', '\r\n') : plain;
}

/** No more than one empty line in a row, none at the ends. */
export function tidied(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}

/** Four spaces further in; empty lines stay empty. */
export function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : `    ${line}`))
    .join('\n');
}

/** As far out as its outermost line allows. */
export function outdented(text: string): string {
  const lines = text.split('\n');
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(Math.min(common, line.length - line.trimStart().length))).join('\n');
}

/** An existing file with text put after its end, one empty line (or `blankLines`) between. */
export function appended(existing: string, body: string, blankLines = 1): string {
  if (body.trim() === '') return existing;
  const ends = /(\r?\n)*$/.exec(existing)?.[0].match(/\n/g)?.length ?? 0;
  const gap = '\n'.repeat(Math.max(0, blankLines + 1 - ends));
  return existing + withLineEndsOf(`${existing.trim() === '' ? '' : gap}${body}\n`, existing);
}

/** A name that is not taken: `adds`, `adds2`, `adds3`. */
export function freeName(name: string, taken: ReadonlySet<string>, joiner = ''): string {
  for (let number = 2; ; number += 1) {
    const next = `${name}${joiner}${number}`;
    if (!taken.has(next)) return next;
  }
}

/** Text without white space, to see whether two pieces of code say the same. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, '').replace(/;$/, '');
}
