import type { Phrases } from '../phrases/phrases.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Verdict } from '../vocabulary/verdict.ts';

/** What went wrong and what to do next, in one line. A failed check is told by its verdict, which knows more. */
export function failureSentence(failure: Failure, phrases: Phrases, verdict?: Verdict): string {
  const { text, next } = phrases.failure(failure);
  const told = failure.code === 'checkFailed' && verdict ? phrases.verdict(verdict) : text;
  return [told, next].filter(Boolean).map(asSentence).join(' ');
}

function asSentence(text: string): string {
  return /[.!?…:]$/.test(text) ? text : `${text}.`;
}
