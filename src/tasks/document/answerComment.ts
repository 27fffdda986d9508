import type { Finding } from '../../vocabulary/verdict.ts';
import { fencedBlocks, mayBe } from '../answerCode.ts';
import { cleanAnswer } from '../answerText.ts';
import { escaped } from '../pattern.ts';
import type { CommentForm } from './commentForm.ts';

/** A comment's own words, line by line, without its marks. */
export type CommentBody =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly finding: Finding };

/** The function that a comment is for. */
export interface Named {
  readonly name: string;
  readonly isClass: boolean;
  /** Its declaration without the body. */
  readonly head: string;
}

interface Piece {
  readonly body: string;
  /** What follows it in the answer. */
  readonly after: string;
  /** What stands before it in the answer. */
  readonly before: string;
}

/**
 * Reduces a model's answer to the comment: the comment alone, the function with its comment, a whole file, fenced or
 * not. `named` is the function, to find the right comment among several.
 */
export function commentOf(
  answer: string,
  form: CommentForm,
  languageId: string,
  named: Named | undefined,
): CommentBody {
  const clean = cleanAnswer(answer);
  const blocks = fencedBlocks(answer).filter((block) => mayBe(block, languageId) || block.info === 'text');
  for (const text of [...blocks.map((block) => block.text), clean]) {
    const body = marked(text, form, languageId, named);
    if (body !== undefined) return { ok: true, lines: body };
  }
  if (isCut(clean, form)) return { ok: false, finding: { code: 'cutShort', params: {} } };
  for (const [text, isFenced] of [
    ...blocks.map((block) => [block.text, true] as const),
    [clean, false] as const,
  ]) {
    const body = plain(text, isFenced);
    if (body) return { ok: true, lines: body };
  }
  return { ok: false, finding: { code: 'notAComment', params: {} } };
}

/** Each is looked at with all that stands before and after it. */
const mostPieces = 200;

function marked(
  text: string,
  form: CommentForm,
  languageId: string,
  named: Named | undefined,
): string[] | undefined {
  // Doxygen reads these as well.
  const doxygen = languageId === 'cpp' || languageId === 'c' ? [() => linePieces(text, '///')] : [];
  const ways: Readonly<Record<CommentForm['kind'], readonly (() => Piece[])[]>> = {
    block: [() => blockPieces(text), ...doxygen, () => linePieces(text, '//')],
    lines: [() => linePieces(text, form.mark), () => (form.mark === '//' ? blockPieces(text) : [])],
    xml: [() => linePieces(text, '///'), () => blockPieces(text), () => xmlPieces(text)],
    docstring: [() => docstringPieces(text), () => linePieces(text, '#')],
  };
  for (const [index, way] of ways[form.kind].entries()) {
    const pieces = way()
      .filter((piece) => piece.body.trim() !== '')
      .slice(0, mostPieces);
    const chosen = choose(text, pieces, form, named, form.kind === 'docstring' && index > 0);
    if (chosen) return dedented(chosen.body);
  }
  return undefined;
}

/** The comment next to the function's own declaration, else the one with the most tags, else the first. */
function choose(
  text: string,
  pieces: readonly Piece[],
  form: CommentForm,
  named: Named | undefined,
  isRemarks: boolean,
): Piece | undefined {
  const head = named && headIn(text, named.head);
  let left = pieces;
  if (head) {
    const isNext = (piece: Piece) => {
      const end = text.length - piece.after.length;
      return form.kind === 'docstring'
        ? piece.before.length >= head.end && opensBody.test(text.slice(head.end, piece.before.length))
        : end <= head.start && isAbove(text.slice(end, head.start));
    };
    const next = pieces.findLast(isNext);
    if (next) return next;
    // What stands in a function's body says nothing of the function.
    if (form.kind !== 'docstring' || isRemarks)
      left = pieces.filter(({ before }) => before.length < head.start);
  }
  if (left.length <= 1) return left[0];
  if (named) {
    const word = new RegExp(`(?<![\\w$])${escaped(named.name)}(?![\\w$])`);
    const isOther = (line: string) =>
      !named.isClass && /\b(?:class|interface|enum|record|struct)\s/.test(line);
    const beside = left.find((piece) => {
      const line = form.kind === 'docstring' ? lastDeclaration(piece.before) : firstCode(piece.after);
      return word.test(line) && !isOther(line);
    });
    if (beside) return beside;
  }
  const tags = (piece: Piece) => piece.body.match(/@\w+|^\s*:\w+|Args:|<param|<summary/gm)?.length ?? 0;
  return left.toSorted((a, b) => tags(b) - tags(a))[0];
}

/** What stands between a Python head and its docstring. */
const opensBody = /^\s*:?\s*(?:#[^\n]*\n\s*)*[rRuU]?$/;

/** Where the function's own head stands in an answer, however it is broken into lines. */
function headIn(text: string, head: string): { start: number; end: number } | undefined {
  const marks = [...head.replace(/\s+/g, '')].map(escaped);
  if (marks.length === 0 || marks.length > 1000) return undefined;
  const found = new RegExp(marks.join('\\s*')).exec(text);
  return found ? { start: found.index, end: found.index + found[0].length } : undefined;
}

/** Whether nothing but annotations, remarks and modifiers stands between a comment and what it describes. */
function isAbove(between: string): boolean {
  if (between.length > 600) return false;
  return between
    .split('\n')
    .every((line) =>
      /^\s*(?:$|@|#?\[|\/\/|(?:(?:export|default|public|private|protected|static|async|final|abstract|pub)\s+)+$)/.test(
        line,
      ),
    );
}

/** The first line of code after a comment, annotations left out. */
function firstCode(after: string): string {
  const lines = after.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !/^(@|\[[A-Z]|\/\/|\*)/.test(line)) ?? '';
}

/** The nearest `def` or `class` before a docstring. */
function lastDeclaration(before: string): string {
  return [...before.matchAll(/^\s*(?:async\s+)?(?:def|class)\s+\w+/gm)].at(-1)?.[0] ?? '';
}

function blockPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (let at = text.indexOf('/*'); at !== -1; ) {
    const end = text.indexOf('*/', at + 2);
    if (end === -1) break;
    const body = text
      .slice(at + 2, end)
      .replace(/^\*+/, '')
      .split('\n');
    pieces.push({
      body: body
        .map((line) => line.replace(/^\s*\*(?!\*) ?/, '').trimEnd())
        .join('\n')
        .replace(/\*+$/, ''),
      before: text.slice(0, at),
      after: text.slice(end + 2),
    });
    at = text.indexOf('/*', end + 2);
  }
  return pieces;
}

function linePieces(text: string, mark: string): Piece[] {
  const line = `[ \\t]*${escaped(mark)}(?!${escaped(mark.at(-1) ?? '')}|!).*`;
  return [...text.matchAll(new RegExp(`^${line}(?:\\n${line})*`, 'gm'))].map((found) => ({
    body: found[0]
      .split('\n')
      .map((one) => one.trim().slice(mark.length).replace(/^ /, ''))
      .join('\n'),
    before: text.slice(0, found.index),
    after: text.slice(found.index + found[0].length),
  }));
}

function docstringPieces(text: string): Piece[] {
  return [...text.matchAll(/(?:\b[rRuU])?("""|''')([\s\S]*?)\1/g)].map((found) => ({
    body: found[2] ?? '',
    before: text.slice(0, found.index),
    after: text.slice(found.index + found[0].length),
  }));
}

function xmlPieces(text: string): Piece[] {
  const start = text.indexOf('<summary>');
  const closed = ['summary', 'param', 'returns', 'remarks', 'exception'].map((tag) => {
    const at = text.lastIndexOf(`</${tag}>`);
    return at === -1 ? -1 : at + tag.length + 3;
  });
  const end = Math.max(...closed);
  if (start === -1 || end <= start) return [];
  return [{ body: text.slice(start, end), before: text.slice(0, start), after: text.slice(end) }];
}

/** Whether a comment begins and never ends. */
function isCut(text: string, form: CommentForm): boolean {
  if (form.kind === 'block') return text.lastIndexOf('/**') > text.lastIndexOf('*/');
  if (form.kind === 'docstring') return (text.match(/"""/g)?.length ?? 0) % 2 === 1;
  return false;
}

/** Words without any mark: taken where they were set apart in a fence without code, or hold documentation tags. */
function plain(text: string, isFenced: boolean): string[] | undefined {
  const lines = text.trim().split('\n');
  const remark = /^(sure|here|certainly|of course|okay|the following)\b[^\n]*:\s*$/i;
  while (lines.length > 0 && (remark.test(lines[0] ?? '') || lines[0]?.trim() === '')) lines.shift();
  const body = lines.join('\n');
  if (body.length > 4000) return undefined;
  // The marks of another language's comments.
  if (/^\s*(?:\/\*|\*\/|"""|'''|\/\/)/m.test(body)) return undefined;
  const looksLikeCode =
    /[;{}]\s*$|^\s*(def|func|function|class|return|const|let|var|public|private|import)\b/m.test(body);
  const tagged = /^\s*(@(param|returns?)\b|:param\b|Args:|<summary>)/m.test(body);
  if (body.trim() === '' || looksLikeCode || !(isFenced || tagged)) return undefined;
  return dedented(body);
}

/** Lines without the indent that they share (the first line's own is left out, as Python does) and no blank ends. */
export function dedented(body: string): string[] {
  const [first = '', ...rest] = body.split('\n').map((line) => line.replaceAll('\t', '    ').trimEnd());
  const indents = rest.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  const lines = [first.trim(), ...rest.map((line) => line.slice(common))];
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
