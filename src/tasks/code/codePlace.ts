import type { CodeUnit } from '../../code/code.ts';
import type { Span } from '../../vocabulary/request.ts';
import { patched } from '../patch.ts';
import type { TaskTools } from '../tasks.ts';
import { addedImports, withoutImports } from './givenImports.ts';

/** The file that is changed, and where. */
export interface CodePlace {
  readonly uri: string;
  readonly path?: string;
  /** Absolute path of the workspace folder around it. */
  readonly folder?: string;
  readonly before: string;
  /** What is replaced; empty where code is put in. */
  readonly span: Span;
  /** The function at the place, where no selection says otherwise. */
  readonly unit?: CodeUnit;
  /** New code goes to the start of the span's line where the answer holds neither the function nor the file. */
  readonly insert?: boolean;
}

/** An answer's code in its place. */
export interface Placed {
  readonly after: string;
  /** The new piece in `after`. */
  readonly span: Span;
  readonly form: 'function' | 'file' | 'piece';
  /** The piece as it is shown. */
  readonly piece: string;
}

/** Finds out whether a block is the function, the whole file or a piece, and puts it where it belongs. */
export async function placedCode(
  place: CodePlace,
  text: string,
  languageId: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<Placed> {
  const { before, unit } = place;
  const unitsIn = async (code: string) => {
    const found = await tools.code.units({ languageId, text: code }, signal);
    return found.ok ? found.value : [];
  };
  const given = await unitsIn(text);
  // A method alone is found only where no import stands before it.
  const body = withoutOpening(withoutImports(text, languageId), before, languageId);
  const ofBody = body === text ? given : await unitsIn(body);
  const same = unit && ofBody.find((one) => one.name === unit.name && one.kind === unit.kind);
  const isAlone = body !== text && same !== undefined && isAllOf(body, same);
  if (
    !isAlone &&
    (unit || place.insert) &&
    (await isWholeFile(place, text, given, languageId, tools, signal))
  ) {
    const eol = before.includes('\r\n') ? '\r\n' : '\n';
    const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
    const after = `${mark}${text.replaceAll('\n', eol)}${/\n$/.test(before) ? eol : ''}`;
    return { after, span: { start: 0, end: after.length }, form: 'file', piece: text };
  }
  if (unit && same) {
    const own = body.slice(Math.min(same.span.start, same.doc?.start ?? same.span.start), same.span.end);
    const piece = withTemplate(own, before.slice(unit.span.start, unit.span.end), languageId);
    const withDoc = same.doc !== undefined && same.doc.start < same.span.start && unit.doc !== undefined;
    // The function's own comment is replaced by the answer's, else there would be two.
    const span = withDoc
      ? { start: Math.min(unit.doc.start, unit.span.start), end: unit.span.end }
      : unit.span;
    const placed: Placed = { ...replaced(before, span, piece), form: 'function', piece };
    return withImports(placed, before, text, languageId);
  }
  if (place.insert) {
    const piece = body;
    // Imports alone are what was asked for.
    if (piece.trim() === '')
      return { ...inserted(before, place.span.start, text), form: 'piece', piece: text };
    const placed: Placed = { ...inserted(before, place.span.start, piece), form: 'piece', piece };
    return withImports(placed, before, text, languageId);
  }
  const old = before.slice(place.span.start, place.span.end);
  // What is replaced has imports of its own: those of the answer take their place.
  if (body.trim() === '' || withoutImports(old, languageId) !== old)
    return { ...replaced(before, place.span, text), form: 'piece', piece: text };
  const placed: Placed = { ...replaced(before, place.span, body), form: 'piece', piece: body };
  return withImports(placed, before, text, languageId);
}

/** PHP's opening tag of an answer that is not the file, where the file has one. */
function withoutOpening(text: string, before: string, languageId: string): string {
  if (languageId !== 'php' || !before.includes('<?php')) return text;
  return text.replace(/^\s*<\?php\b[^\S\n]*(?:\n\s*)?(?:declare\s*\([^)]*\)\s*;\s*)?/, '');
}

/** C++'s template head stands on a line of its own, which answers leave out: without it the function is another. */
function withTemplate(piece: string, old: string, languageId: string): string {
  if (languageId !== 'cpp' || /^\s*template\b/m.test(piece)) return piece;
  const [first = ''] = old.split('\n');
  return /^template\s*<.*>\s*$/.test(first) ? `${first.trimEnd()}\n${piece}` : piece;
}

function isAllOf(text: string, { doc, span }: CodeUnit): boolean {
  const start = Math.min(span.start, doc?.start ?? span.start);
  return text.slice(0, start).trim() === '' && text.slice(span.end).trim() === '';
}

/** With the imports that came along, behind the file's own; only where the file's beginning stays as it was. */
function withImports(placed: Placed, before: string, answer: string, languageId: string): Placed {
  const added = addedImports(before, answer, placed.piece, languageId);
  if (!added || added.at > placed.span.start) return placed;
  const { at, text } = added;
  const { after, span } = placed;
  return {
    ...placed,
    after: after.slice(0, at) + text + after.slice(at),
    span: { start: span.start + text.length, end: span.end + text.length },
  };
}

/**
 * Applies a diff to the piece that the model saw, else to the whole file. Undefined where it fits neither.
 */
export function patchedPlace(place: CodePlace, patch: string): Placed | undefined {
  const { before } = place;
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const end = place.span.end;
  const start = before.lastIndexOf('\n', place.span.start - 1) + 1;
  const shown = patched(before.slice(start, end).replaceAll('\r\n', '\n'), patch);
  if (shown !== undefined) {
    const fresh = shown.replaceAll('\n', eol);
    const span = { start, end: start + fresh.length };
    return {
      after: before.slice(0, start) + fresh + before.slice(end),
      span,
      form: 'function',
      piece: shown,
    };
  }
  const whole = patched(before.replaceAll('\r\n', '\n'), patch);
  if (whole === undefined) return undefined;
  const after = whole.replaceAll('\n', eol);
  return { after, span: { start: 0, end: after.length }, form: 'file', piece: whole };
}

/** A file: it begins as the file does, or holds at least half of what else the file declares. */
async function isWholeFile(
  { before, unit }: CodePlace,
  text: string,
  given: readonly CodeUnit[],
  languageId: string,
  tools: TaskTools,
  signal: AbortSignal,
): Promise<boolean> {
  const own = await tools.code.units({ languageId, text: before }, signal);
  if (!own.ok) return false;
  const inside = (one: CodeUnit) =>
    unit && one.span.start >= unit.span.start && one.span.end <= unit.span.end;
  const around = (one: CodeUnit) =>
    unit && one.span.start <= unit.span.start && one.span.end >= unit.span.end;
  const others = own.value.filter((one) => !inside(one) && !around(one));
  const key = (one: CodeUnit) => `${one.owner ?? ''}.${one.name}`;
  const names = new Set(given.map(key));
  const kept = others.filter((one) => names.has(key(one))).length;
  if (kept > 0 && kept * 2 >= others.length) return true;
  const [first, mine] = [firstTokens(before, 0), firstTokens(text, 0)];
  const head = unit ? firstTokens(before, unit.span.start) : '';
  return first !== '' && first === mine && first !== head && text.length * 2 >= before.length;
}

/** The first line that says something. */
function firstTokens(text: string, from: number): string {
  const lines = text
    .slice(from)
    .replace(/^\uFEFF/, '')
    .split('\n');
  return (
    lines
      .map((line) => line.trim())
      .find((line) => /\w/.test(line) && !/^(\/\/|#|\/?\*|<\?php$|declare\s*\()/.test(line)) ?? ''
  );
}

/** Puts a piece into a text in the text's own line ends and at the indent of what it replaces. */
function replaced(text: string, span: Span, piece: string): { after: string; span: Span } {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const own = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const atLineStart = text.slice(lineStart, span.start).replace('\uFEFF', '').trim() === '';
  const moved = atIndent(piece, own);
  if (!atLineStart) moved[0] = withoutLead((moved[0] ?? '').trimStart(), text.slice(lineStart, span.start));
  const from = atLineStart ? lineStart + (text.startsWith('\uFEFF', lineStart) ? 1 : 0) : span.start;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const endsLine = text.slice(span.start, span.end).endsWith('\n') ? eol : '';
  const fresh = moved.join(eol) + endsLine;
  return {
    after: text.slice(0, from) + fresh + text.slice(span.end),
    span: { start: from, end: from + fresh.length },
  };
}

/** A word that stands before what is replaced (Ruby's `private def`) is not written twice. */
function withoutLead(line: string, lead: string): string {
  const word = lead.trim();
  return /^\w+$/.test(word) && line.startsWith(`${word} `) ? line.slice(word.length).trimStart() : line;
}

/** Before the line of an offset, at the indent that this line or the next filled one has. */
function inserted(text: string, at: number, piece: string): { after: string; span: Span } {
  const lineOf = text.lastIndexOf('\n', at - 1) + 1;
  // Behind a last line that no line end closes.
  const atEnd = at === text.length && text.slice(lineOf).replace('\uFEFF', '').trim() !== '';
  const lineStart = atEnd ? at : lineOf;
  const from = lineStart === 0 && text.startsWith('\uFEFF') ? 1 : lineStart;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const own = /^(?:[ \t]*\r?\n)*([ \t]*)/.exec(text.slice(from))?.[1] ?? '';
  const lead = from > 1 && text[from - 1] !== '\n' ? eol : '';
  const declares = piece.includes('\n') && /\S/.test(/^[^\n]*/.exec(text.slice(from))?.[0] ?? '');
  const fresh = `${lead}${atIndent(piece, own).join(eol)}${eol}${declares ? eol : ''}`;
  return {
    after: text.slice(0, from) + fresh + text.slice(from),
    span: { start: from, end: from + fresh.length },
  };
}

function atIndent(piece: string, own: string): string[] {
  const lines = piece.split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const common =
    filled.map((line) => /^[ \t]*/.exec(line)?.[0] ?? '').toSorted((a, b) => a.length - b.length)[0] ?? '';
  return lines.map((line) => (line.trim() === '' ? '' : own + line.slice(common.length)));
}
