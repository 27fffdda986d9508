import * as l10n from '@vscode/l10n';
import type { EstimateTable } from '../phrases/estimates.ts';
import { askedFor, type Explanation, explain, removedOf } from '../phrases/explanation.ts';
import { sum } from '../phrases/money.ts';
import type { Phrases } from '../phrases/phrases.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { Decision, Undecided } from '../vocabulary/decision.ts';

export interface WhyOptions {
  /** Where it is still at hand: what then became of it. */
  readonly outcome?: Outcome;
  /** A preview: nothing was sent yet. */
  readonly preview?: boolean;
  /** A chat is too narrow for five columns: its table has three. */
  readonly narrow?: boolean;
}

/**
 * A decision in Markdown: what was chosen and by which rule, the task, a table of those that were looked at, and who
 * was not asked.
 */
export function whyText(
  decision: Decision,
  phrases: Phrases,
  { outcome, preview = false, narrow = false }: WhyOptions = {},
): string {
  const explained = explain(decision, !preview);
  const model = escapeMarkdown(explained.model);
  const first = preview ? l10n.t('**{0}** would be asked.', model) : l10n.t('**{0}** was chosen.', model);
  const blocks = [
    `${first} ${escapeMarkdown(explained.rule)}`,
    escapeMarkdown(explained.asked),
    tableOf(narrow ? inThree(explained.estimates) : explained.estimates),
    [explained.bar, costOf(explained, outcome)]
      .flatMap((line) => (line ? [escapeMarkdown(line)] : []))
      .join('\n\n'),
    listOf(explained.also),
    outcome?.verdict && !preview ? escapeMarkdown(phrases.verdict(outcome.verdict)) : '',
    outcome && outcome.attempts.length > 1 ? course(outcome, phrases) : nextOf(explained, preview),
    notAsked(explained),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** Why nobody may take a request: the rule and the next step, the task, and what removed each. */
export function whyNobody(undecided: Undecided, phrases: Phrases): string {
  const { text, next } = phrases.failure(undecided.failure);
  const blocks = [
    `**${l10n.t('No model was asked.')}** ${escapeMarkdown(`${text} ${next}`.trim())}`,
    escapeMarkdown(askedFor(undecided.classification)),
    notAsked({ removed: removedOf(undecided) }),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** A decision in a few lines of plain text, for a hover. */
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

function tableOf({ head, rows }: EstimateTable): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head.map(escapeMarkdown)),
    line(head.map(() => ':--')),
    ...rows.map(({ model, chosen, cells }) => {
      const name = escapeMarkdown(model);
      return line([chosen ? `**${name}**` : name, ...cells.map(escapeMarkdown).map(unbroken)]);
    }),
  ].join('\n');
}

/** A figure and its unit stay in one line, however narrow the column is. */
function unbroken(cell: string): string {
  return cell.replace(/(?<=\d|≥) (?=\d|s\b|%)/g, '&nbsp;');
}

/** The same with what was seen beside the share, and the price beside the wait. */
function inThree({ head, rows }: EstimateTable): EstimateTable {
  const two = (a = '', b = '') => [a, b].filter((text) => text !== '–').join('; ') || '–';
  return {
    head: [head[0] ?? '', two(head[1], head[2]), two(head[3], head[4])],
    rows: rows.map(({ cells: [share, seen, wait, price], ...row }) => ({
      ...row,
      cells: [two(share, seen), two(wait, price)],
    })),
  };
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

function nextOf({ next }: Explanation, preview: boolean): string {
  if (next.length === 0) return '';
  const names = next.map(escapeMarkdown).join(', ');
  return preview
    ? l10n.t('If it fails, next in line: {0}.', names)
    : l10n.t('If it had failed, next in line: {0}.', names);
}

/** A list, since a sentence makes a table's row too wide for a narrow chat. */
function notAsked({ removed }: Pick<Explanation, 'removed'>): string {
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
  if (attempt.passedOver) return phrases.reason(attempt.passedOver);
  if (attempt.verdict?.kind === 'failed') return phrases.verdict(attempt.verdict);
  return attempt.end === 'cancelled' ? l10n.t('was stopped') : l10n.t('was not used');
}
