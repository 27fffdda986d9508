import type { Span } from '../vocabulary/request.ts';
import type { CodeUnit } from './code.ts';
import type { Declaration, Language } from './language.ts';
import { Lines } from './lines.ts';
import { type SyntaxNode, textOf, walk } from './node.ts';

/** All units of a tree, outer before inner. */
export function unitsOf(root: SyntaxNode, text: string, language: Language): readonly CodeUnit[] {
  return foundUnits(root, text, language).map(({ unit }) => unit);
}

/**
 * The unit around a cursor or selection. The lines of its doc comment and decorators, and the rest of its
 * first and last line, count as inside. A selection that is nothing but a unit means that unit.
 */
export function unitAt(root: SyntaxNode, text: string, language: Language, at: Span): CodeUnit | undefined {
  const found = foundUnits(root, text, language);
  const inText = (offset: number) => Math.min(Math.max(offset, 0), text.length);
  const selected = trimmed(text, {
    start: inText(Math.min(at.start, at.end)),
    end: inText(Math.max(at.start, at.end)),
  });
  const covered = found.filter(
    ({ unit }) => selected.start <= unit.span.start && unit.span.end <= selected.end,
  );
  const only = covered[0];
  if (only !== undefined) {
    const rest =
      text.slice(selected.start, Math.max(selected.start, only.extent.start)) +
      text.slice(Math.min(selected.end, only.extent.end), selected.end);
    if (/^[\s;,)}]*$/.test(rest)) return only.unit;
  }
  return (
    innermost(found, selected) ??
    only?.unit ??
    innermost(found, { start: selected.start, end: selected.start })
  );
}

interface Found {
  readonly unit: CodeUnit;
  /** Where a cursor means this unit. */
  readonly extent: Span;
}

function innermost(found: readonly Found[], at: Span): CodeUnit | undefined {
  let best: Found | undefined;
  for (const each of found) {
    if (each.extent.start > at.start || each.extent.end < at.end) continue;
    if (best === undefined || size(each.extent) <= size(best.extent)) best = each;
  }
  return best?.unit;
}

function size(span: Span): number {
  return span.end - span.start;
}

function foundUnits(root: SyntaxNode, text: string, language: Language): readonly Found[] {
  const declared = new Map<SyntaxNode, Declaration>();
  const found: Found[] = [];
  const lines = new Lines(text);
  for (const node of walk(root)) {
    const declaration = language.declaration(node, text);
    // In broken code the parser puts in names that are not there.
    if (declaration === undefined || declaration.name === '') continue;
    declared.set(node, declaration);
    found.push(unitOf(node, declaration, declared, text, lines, language));
  }
  return found;
}

function unitOf(
  node: SyntaxNode,
  declaration: Declaration,
  declared: ReadonlyMap<SyntaxNode, Declaration>,
  text: string,
  lines: Lines,
  language: Language,
): Found {
  const { whole, body, led } = declaration;
  const start = declaration.start ?? whole.start;
  const owner = declaration.owner ?? (declaration.kind === 'method' ? ownerOf(node, declared) : undefined);
  const above = commentsAbove(led ?? whole, led?.start ?? start, text, lines, language);
  const doc = declaration.docstring ?? docAmong(above, text, language);
  const signatureEnd = declaration.signatureEnd ?? body?.start ?? whole.end;
  const unit: CodeUnit = {
    kind: declaration.kind,
    name: declaration.name,
    ...(owner !== undefined && { owner }),
    span: { start, end: whole.end },
    signature: trimmed(text, { start, end: signatureEnd }),
    ...(body !== undefined && { body: { start: body.start, end: body.end } }),
    ...(doc !== undefined && { doc }),
    parameters: declaration.parameters.filter((each) => each.name !== ''),
    returnsValue: declaration.returnsValue,
    exported: declaration.exported,
    async: declaration.async,
    indent: lines.indentAt(start),
  };
  const extent = wholeLines(text, lines, { start: above[0]?.start ?? led?.start ?? start, end: whole.end });
  return { unit, extent };
}

function ownerOf(node: SyntaxNode, declared: ReadonlyMap<SyntaxNode, Declaration>): string | undefined {
  for (let up = node.parent; up !== undefined; up = up.parent) {
    const declaration = declared.get(up);
    if (declaration !== undefined) return declaration.kind === 'class' ? declaration.name : undefined;
  }
  return undefined;
}

/** The comments that stand right above, in the order of the text, with no empty line between. */
function commentsAbove(
  whole: SyntaxNode,
  start: number,
  text: string,
  lines: Lines,
  language: Language,
): readonly SyntaxNode[] {
  const comments: SyntaxNode[] = [];
  let next = start;
  for (const sibling of before(whole)) {
    if (sibling.start >= start) continue;
    if (!language.comments.has(sibling.type)) break;
    const between = text.slice(sibling.end, next);
    const breaks = between.split(/\r\n|\r|\n/).length - 1;
    const endsWithBreak = /[\r\n]$/.test(textOf(sibling, text));
    if (between.trim() !== '' || breaks > (endsWithBreak ? 0 : 1)) break;
    // What stands behind code on the same line belongs to that code.
    if (!lines.isFirstInLine(sibling.start)) break;
    comments.unshift(sibling);
    next = sibling.start;
  }
  return comments;
}

/** What stands before a node, nearest first; where it is the first child, what stands before its parent. */
function* before(node: SyntaxNode): Generator<SyntaxNode> {
  let at: SyntaxNode | undefined = node;
  while (at?.parent !== undefined) {
    const siblings: readonly SyntaxNode[] = at.parent.children;
    const index = siblings.indexOf(at);
    for (let each = index - 1; each >= 0; each--) yield siblings[each]!;
    if (index > 0) return;
    at = at.parent;
  }
}

function docAmong(comments: readonly SyntaxNode[], text: string, language: Language): Span | undefined {
  let last = comments.length - 1;
  while (last >= 0 && !language.documents(textOf(comments[last]!, text))) last--;
  if (last < 0) return undefined;
  let first = last;
  // Line comments make one doc together, a block stands alone.
  const isBlock = (index: number) => textOf(comments[index]!, text).startsWith('/*');
  if (!isBlock(last))
    while (first > 0 && !isBlock(first - 1) && language.documents(textOf(comments[first - 1]!, text)))
      first--;
  return trimmed(text, { start: comments[first]!.start, end: comments[last]!.end });
}

function trimmed(text: string, span: Span): Span {
  const piece = text.slice(span.start, span.end);
  if (piece.trim() === '') return span;
  return {
    start: span.start + (piece.length - piece.trimStart().length),
    end: span.end - (piece.length - piece.trimEnd().length),
  };
}

function wholeLines(text: string, lines: Lines, span: Span): Span {
  let end = span.end;
  while (end < text.length && /[^\S\r\n]|[;,]/.test(text[end]!)) end++;
  return { start: lines.isFirstInLine(span.start) ? lines.startAt(span.start) : span.start, end };
}
