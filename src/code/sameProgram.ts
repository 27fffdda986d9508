import type { Language } from './language.ts';
import { type SyntaxNode, textOf, walk } from './node.ts';

/**
 * A text with its comments turned into spaces, their line breaks kept: what every one of these languages
 * takes a comment for. A comment that the compiler reads stays.
 */
export function withoutComments(root: SyntaxNode, text: string, language: Language): string {
  let clean = '';
  let end = 0;
  for (const node of walk(root)) {
    if (!language.comments.has(node.type) || node.start < end) continue;
    if (isProgram(node, text, language)) continue;
    clean += text.slice(end, node.start) + textOf(node, text).replace(/[^\r\n\u2028\u2029]/g, ' ');
    end = node.end;
  }
  return clean + text.slice(end);
}

/**
 * Whether a comment is read by the compiler. Some take a lone carriage return or a Unicode line end in a line
 * comment for its end, where the grammar reads on: what follows it would be code that nobody sees.
 */
function isProgram(comment: SyntaxNode, text: string, language: Language): boolean {
  const written = textOf(comment, text).trimEnd();
  if (!written.startsWith('/*') && /[\r\u0085\u2028\u2029]/.test(written)) return true;
  return language.directive?.(comment, text) ?? false;
}

export interface Mark {
  /** A token's text, or the type of a node that opens or closes. */
  readonly text: string;
  /** What is written there, for a token. */
  readonly token?: string;
  /** UTF-16 offset. */
  readonly at: number;
}

/**
 * A tree without comments and docstrings as one row: each node's beginning and end, and between them what is
 * written there. Equal rows are equal trees.
 */
export function* rowOf(root: SyntaxNode, text: string, language: Language): Generator<Mark> {
  const stack: { node: SyntaxNode; next: number; end: number }[] = [{ node: root, next: 0, end: root.start }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { node } = top;
    const child = node.children[top.next++];
    const until = child?.start ?? node.end;
    // What no child holds: nothing but white space, save in strings and in what the parser skipped.
    if (node.children.length > 0 && until > top.end) {
      const gap = text.slice(top.end, until);
      const written = language.verbatim.has(node.type) ? withLineFeeds(gap) : gap.trim();
      if (written !== '') yield { text: `=${written}`, token: written, at: top.end };
    }
    if (child === undefined) {
      stack.pop();
      yield { text: `)${node.type}`, at: top.end };
      continue;
    }
    top.end = Math.max(top.end, child.end);
    if (language.inert?.(child, text)) continue;
    if (language.comments.has(child.type) && !isProgram(child, text, language)) continue;
    if (child.children.length === 0) {
      const leaf = language.leafText?.(child, text) ?? withLineFeeds(textOf(child, text));
      // Tokens that are only white space (line ends, indentation) are in the tree's shape already.
      const written = child.named && !language.comments.has(child.type) ? leaf : leaf.trim();
      yield { text: `${child.type}=${written}`, token: written, at: child.start };
      continue;
    }
    yield { text: `(${child.type}`, at: child.start };
    stack.push({ node: child, next: 0, end: child.start });
  }
}

/** Whether an editor ends lines with CRLF is no part of a program, in strings over lines either. */
function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Undefined where two rows are equal; else the offset in `after` of the first difference. */
export function firstDifference(before: Iterable<Mark>, after: Iterable<Mark>): number | undefined {
  const left = before[Symbol.iterator]();
  let last = 0;
  let differs = false;
  for (const mark of after) {
    differs ||= left.next().value?.text !== mark.text;
    // Where something ends too early, what follows is what a reader sees.
    if (differs && !mark.text.startsWith(')')) return mark.at;
    last = mark.at;
  }
  return differs || !left.next().done ? last : undefined;
}
