import * as l10n from '@vscode/l10n';
import { type Explanation, explain } from '../phrases/explanation.ts';
import { sum } from '../phrases/money.ts';
import type { Phrases } from '../phrases/phrases.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { Decision } from '../vocabulary/decision.ts';

/**
 * A decision in Markdown: what was chosen and by which rule, the task, a table of those that were looked at, and who
 * was not asked.
 * @param when `before` for a preview: nothing was sent yet
 * @param outcome where it is still at hand: what then became of it
 */
export function whyText(
  decision: Decision,
  phrases: Phrases,
  outcome?: Outcome,
  when: 'before' | 'after' = 'after',
): string {
  const explained = explain(decision, when === 'after');
  const model = escapeMarkdown(explained.model);
  const first =
    when === 'after' ? l10n.t('**{0}** was chosen.', model) : l10n.t('**{0}** would be asked.', model);
  const blocks = [
    `${first} ${escapeMarkdown(explained.rule)}`,
    escapeMarkdown(explained.asked),
    tableOf(explained),
    [explained.bar, costOf(explained, outcome)]
      .flatMap((line) => (line ? [escapeMarkdown(line)] : []))
      .join('\n\n'),
    listOf(explained.also),
    outcome && outcome.attempts.length > 1 ? course(outcome, phrases) : nextOf(explained, when),
    notAsked(explained),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** The same in a few lines of plain text, for a hover. */
export function whyHover(decision: Decision): string {
  const { rule, asked, elsewhere, estimates } = explain(decision, true);
  const chosen = estimates.rows.find((row) => row.chosen);
  const estimate = chosen?.cells.some((cell) => cell !== '–')
    ? estimates.head
        .slice(1)
        .map((name, at) => `${name}: ${chosen.cells[at]}`)
        .join(', ')
    : '';
  return [rule, asked, estimate, elsewhere].filter(Boolean).join('\n');
}

function tableOf({ estimates: { head, rows } }: Explanation): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head.map(escapeMarkdown)),
    '|:--|--:|:--|--:|--:|',
    ...rows.map(({ model, chosen, cells }) => {
      const name = escapeMarkdown(model);
      return line([chosen ? `**${name}**` : name, ...cells.map(escapeMarkdown)]);
    }),
  ].join('\n');
}

/** What was really paid and what the same answer would have been elsewhere, where it is known; else the estimate. */
function costOf({ elsewhere }: Explanation, outcome: Outcome | undefined): string | undefined {
  const { paid, baseline, baselineModel } = outcome?.account ?? {};
  const by = outcome?.attempts.find(({ index }) => index === outcome.answeredBy);
  if (!paid || !by) return elsewhere;
  if (baseline && baselineModel !== undefined && by.model.name !== baselineModel)
    return l10n.t(
      'It cost {0}; the same answer by {1} would have cost {2}.',
      sum(paid),
      baselineModel,
      sum(baseline),
    );
  return [l10n.t('It cost {0}.', sum(paid)), elsewhere].filter(Boolean).join(' ');
}

function listOf(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n');
}

function nextOf({ next }: Explanation, when: 'before' | 'after'): string {
  if (next.length === 0) return '';
  const names = next.map(escapeMarkdown).join(', ');
  return when === 'after'
    ? l10n.t('If it had failed, next in line: {0}.', names)
    : l10n.t('If it fails, next in line: {0}.', names);
}

/** A list, since a sentence makes a table's row too wide for a narrow chat. */
function notAsked({ removed }: Explanation): string {
  if (removed.length === 0) return '';
  const lines = removed.map(({ who, because }) => `- ${escapeMarkdown(`${who}${because}`)}`);
  return `${l10n.t('Not asked:')}\n\n${lines.join('\n')}`;
}

/** What became of each model that was asked, in order. */
function course(outcome: Outcome, phrases: Phrases): string {
  const lines = outcome.attempts.map(
    (attempt) =>
      `- ${escapeMarkdown(attempt.model.name)}: ${escapeMarkdown(endOf(attempt, outcome, phrases))}`,
  );
  return `${l10n.t('In the end:')}\n\n${lines.join('\n')}`;
}

function endOf(attempt: Attempt, outcome: Outcome, phrases: Phrases): string {
  if (attempt.index === outcome.answeredBy) return l10n.t('gave the answer');
  if (attempt.failure) return phrases.failure(attempt.failure).text;
  if (attempt.verdict?.kind === 'failed') return phrases.verdict(attempt.verdict);
  return attempt.end === 'cancelled' ? l10n.t('was stopped') : l10n.t('was not used');
}
