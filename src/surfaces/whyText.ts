import * as l10n from '@vscode/l10n';
import type { Phrases } from '../phrases/phrases.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { Decision } from '../vocabulary/decision.ts';

/**
 * A decision in Markdown: what was chosen, for which reasons, and what else was looked at.
 * @param outcome where it is still at hand: what then became of it
 */
export function whyText(decision: Decision, phrases: Phrases, outcome?: Outcome): string {
  const lines = [
    l10n.t('**{0}** was chosen.', escapeMarkdown(decision.model.name)),
    '',
    ...[...new Set(decision.reasons.map((reason) => phrases.reason(reason)))].map(
      (reason) => `- ${escapeMarkdown(reason)}`,
    ),
  ];
  if (outcome && outcome.attempts.length > 1) lines.push('', ...course(outcome, phrases));
  else if (decision.chain.length > 0) {
    const next = decision.chain.map((model) => escapeMarkdown(model.name)).join(', ');
    lines.push('', l10n.t('If it had failed, next in line: {0}.', next));
  }
  const removed = decision.considered.filter((one) => one.removedBy);
  if (removed.length > 0) {
    // A list, since a table is cut off in a narrow chat.
    lines.push('', l10n.t('Not asked:'), '');
    for (const { model, removedBy } of removed)
      if (removedBy)
        lines.push(`- ${escapeMarkdown(model.name)}: ${escapeMarkdown(phrases.reason(removedBy))}`);
  }
  return `${lines.join('\n')}\n`;
}

/** What became of each model that was asked, in order. */
function course(outcome: Outcome, phrases: Phrases): readonly string[] {
  return [
    l10n.t('In the end:'),
    '',
    ...outcome.attempts.map(
      (attempt) =>
        `- ${escapeMarkdown(attempt.model.name)}: ${escapeMarkdown(endOf(attempt, outcome, phrases))}`,
    ),
  ];
}

function endOf(attempt: Attempt, outcome: Outcome, phrases: Phrases): string {
  if (attempt.index === outcome.answeredBy) return l10n.t('gave the answer');
  if (attempt.failure) return phrases.failure(attempt.failure).text;
  if (attempt.verdict?.kind === 'failed') return phrases.verdict(attempt.verdict);
  return attempt.end === 'cancelled' ? l10n.t('was stopped') : l10n.t('was not used');
}
