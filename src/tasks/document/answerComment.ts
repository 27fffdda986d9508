import type { Finding } from '../../vocabulary/verdict.ts';
import { fencedBlocks, mayBe } from '../answerCode.ts';
import { cleanAnswer } from '../answerText.ts';
import { escaped } from '../pattern.ts';
import type { CommentForm } from './commentForm.ts';

/** A comment's own words, line by line, without its marks. */
export type CommentBody =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly finding: Finding };

interface Piece {
  readonly body: string;
  /** What follows it in the answer. */
  readonly after: string;
  /** What stands before it in the answer. */
  readonly before: string;
}

/**
 * Reduces a model's answer to the comment: the comment alone, the function with its comment, a whole file, fenced or
 * not. `name` is the function's, to find the right comment among several.
 */
export function commentOf(
  answer: string,
  form: CommentForm,
  languageId: string,
  name: string | undefined,
): CommentBody {
  const clean = cleanAnswer(answer);
  const blocks = fencedBlocks(answer).filter((block) => mayBe(block, languageId) || block.info === 'text');
  for (const text of [...blocks.map((block) => block.text), clean]) {
    const body = marked(text, form, name);
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

function marked(text: string, form: CommentForm, name: string | undefined): string[] | undefined {
  const ways: Readonly<Record<CommentForm['kind'], readonly (() => Piece[])[]>> = {
    block: [() => blockPieces(text), () => linePieces(text, '//')],
    lines: [() => linePieces(text, form.mark), () => (form.mark === '//' ? blockPieces(text) : [])],
    xml: [() => linePieces(text, '///'), () => blockPieces(text), () => xmlPieces(text)],
    docstring: [() => docstringPieces(text), () => linePieces(text, '#')],
  };
  for (const way of ways[form.kind]) {
    const pieces = way().filter((piece) => piece.body.trim() !== '');
    const chosen = choose(pieces, form, name);
    if (chosen) return dedented(chosen.body);
  }
  return undefined;
}

/** The comment next to the function's own declaration, else the one with the most tags, else the first. */
function choose(pieces: readonly Piece[], form: CommentForm, name: string | undefined): Piece | undefined {
  if (pieces.length <= 1) return pieces[0];
  if (name) {
    const word = new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`);
    const beside = pieces.find((piece) =>
      form.kind === 'docstring'
        ? word.test(lastDeclaration(piece.before))
        : word.test(firstCode(piece.after)),
    );
    if (beside) return beside;
  }
  const tags = (piece: Piece) => piece.body.match(/@\w+|^\s*:\w+|Args:|<param|<summary/gm)?.length ?? 0;
  return pieces.toSorted((a, b) => tags(b) - tags(a))[0];
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
  return [...text.matchAll(/\/\*+([\s\S]*?)\*+\//g)].map((found) => ({
    body: (found[1] ?? '')
      .split('\n')
      .map((line) => line.replace(/^\s*\*(?!\*) ?/, '').trimEnd())
      .join('\n'),
    before: text.slice(0, found.index),
    after: text.slice(found.index + found[0].length),
  }));
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
  const found = /<summary>[\s\S]*<\/(summary|param|returns|remarks|exception)>/.exec(text);
  if (!found) return [];
  return [
    { body: found[0], before: text.slice(0, found.index), after: text.slice(found.index + found[0].length) },
  ];
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
  // The marks of another language's comments.
  if (/^\s*(?:\/\*|\*\/|"""|'''|\/\/)/m.test(body)) return undefined;
  const looksLikeCode =
    /[;{}]\s*$|^\s*(def|func|function|class|return|const|let|var|public|private|import)\b/m.test(body);
  const tagged = /^\s*(@(param|returns?)\b|:param\b|Args:|<summary>)/m.test(body);
  if (body.trim() === '' || body.length > 4000 || looksLikeCode || !(isFenced || tagged)) return undefined;
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
