import type { CodeUnit } from '../../code/code.ts';
import { escaped } from '../pattern.ts';
import { freeName, squeezed, type TextEdit } from './testFile.ts';

export interface Repeats {
  /** Units that say the same as one before them or as one of the existing file. */
  readonly cut: readonly CodeUnit[];
  /** Another unit of a name that the text has already: it gets a name of its own. */
  readonly renames: readonly TextEdit[];
}

/**
 * What a text declares twice. `there` are the texts of units (without white space) that exist elsewhere, `taken`
 * the names that clash beside the text's own.
 */
export function repeatsIn(
  text: string,
  units: readonly CodeUnit[],
  there: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  joiner = '',
): Repeats {
  const texts = new Set(there);
  const names = new Set(taken);
  const all = new Set([...taken, ...units.map((unit) => unit.name)]);
  const cut: CodeUnit[] = [];
  const renames: TextEdit[] = [];
  for (const unit of units) {
    const own = squeezed(text.slice(unit.span.start, unit.span.end));
    if (texts.has(own)) cut.push(unit);
    else if (names.has(unit.name)) {
      const head = text.slice(unit.signature.start, unit.signature.end);
      const at = head.search(new RegExp(`(?<![\\w$])${escaped(unit.name)}(?![\\w$])`));
      const next = freeName(unit.name, all, joiner);
      all.add(next);
      const start = unit.signature.start + at;
      if (at !== -1) renames.push({ start, end: start + unit.name.length, text: next });
    }
    texts.add(own);
    names.add(unit.name);
  }
  return { cut, renames };
}

/** The texts of units, to find copies by. */
export function unitTexts(text: string, units: readonly CodeUnit[]): Set<string> {
  return new Set(units.map((unit) => squeezed(text.slice(unit.span.start, unit.span.end))));
}

/** Cuts and other edits without those that lie within another cut. */
export function withoutNested(cuts: readonly TextEdit[], others: readonly TextEdit[] = []): TextEdit[] {
  const inside = (edit: TextEdit, cut: TextEdit) =>
    cut !== edit && cut.start <= edit.start && edit.end <= cut.end;
  return [...cuts, ...others].filter((edit) => !cuts.some((cut) => inside(edit, cut)));
}
