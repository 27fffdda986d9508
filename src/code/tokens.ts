import type { Token } from './code.ts';
import type { Language } from './language.ts';
import type { SyntaxNode } from './node.ts';
import { rowOf } from './sameProgram.ts';

/** What a text says once comments, docstrings and white space are gone, piece by piece. */
export function tokensOf(root: SyntaxNode, text: string, language: Language): readonly Token[] {
  const tokens: Token[] = [];
  for (const { token, at } of rowOf(root, text, language))
    if (token !== undefined && token.trim() !== '') tokens.push({ text: token, at });
  return tokens;
}
