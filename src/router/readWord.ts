import type { Model } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { DeveloperWord } from '../vocabulary/request.ts';
import { ownWords } from './ownWords.ts';

export function readWord(
  text: string,
  _installed: readonly Model[],
): { readonly word: DeveloperWord; readonly reasons: readonly Reason[] } | undefined {
  const said = ownWords(text);
  if (/^(?:please )?ask claude\b/i.test(said)) return route('claude');
  if (/\bwith (?:the|a) local (?:llm|model)\b/i.test(said)) return route('local');
  return undefined;
}

function route(to: 'local' | 'claude') {
  return {
    word: { route: to, said: 'prose' as const },
    reasons: [{ code: 'wordRoute' as const, params: { route: to } }],
  };
}
