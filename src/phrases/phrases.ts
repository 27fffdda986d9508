import * as l10n from '@vscode/l10n';
import type { Progress } from '../vocabulary/event.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Finding, Verdict } from '../vocabulary/verdict.ts';
import { failureWords } from './failures.ts';
import { findingSentence, verdictSentence } from './findings.ts';
import { progressLine } from './progress.ts';
import { reasonSentence } from './reasons.ts';

/** A failure in words: what happened, and what the developer can do. No stack, no HTML, no model text unescaped. */
export interface FailureWords {
  readonly text: string;
  readonly next: string;
}

/** One short sentence each, in the display language. */
export interface Phrases {
  reason(reason: Reason): string;
  failure(failure: Failure): FailureWords;
  finding(finding: Finding): string;
  verdict(verdict: Verdict): string;
  progress(progress: Progress): string;
}

/**
 * Sentences in the language that `@vscode/l10n` was configured with; English where nothing was.
 * @param translations the editor's own, by English sentence, for a program whose copy of `@vscode/l10n` was not told
 */
export function createPhrases(translations?: Readonly<Record<string, string>>): Phrases {
  if (translations) l10n.config({ contents: translations });
  return {
    reason: reasonSentence,
    failure: failureWords,
    finding: findingSentence,
    verdict: verdictSentence,
    progress: progressLine,
  };
}
