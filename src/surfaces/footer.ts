import * as l10n from '@vscode/l10n';
import { briefFindings } from '../phrases/briefFindings.ts';
import { money } from '../phrases/money.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { Footer } from '../vocabulary/policy.ts';
import type { Verdict } from '../vocabulary/verdict.ts';
import { commandLink } from './commandLink.ts';
import { whyHover } from './whyText.ts';

export const whyCommand = 'maia.showWhy';
const goodCommand = 'maia.good';
const notGoodCommand = 'maia.notGood';

/** All that a footer may link to. */
export const footerCommands = [whyCommand, goodCommand, notGoodCommand] as const;

/** The attempt whose answer was used. */
export function answering(outcome: Outcome): Attempt | undefined {
  return outcome.answeredBy === undefined
    ? undefined
    : outcome.attempts.find((attempt) => attempt.index === outcome.answeredBy);
}

/**
 * The line under an answer, as Markdown: who gave it, what it cost, what it saved, and why. Empty where nothing
 * answered or the user switched it off. It may link to `footerCommands` and to nothing else.
 * @param links false where commands can't be linked, as in a Markdown preview
 */
export function footer(outcome: Outcome, style: Footer, practice: boolean, links = true): string {
  const attempt = answering(outcome);
  if (!attempt || style === 'off') return '';
  const parts = [escapeMarkdown(attempt.model.name), placeOf(attempt)];
  if (style === 'full') {
    const { paid, saved } = outcome.account;
    if (paid) parts.push(money(paid));
    if (saved && (saved.low !== 0 || saved.high !== 0)) parts.push(savedText(saved));
    if (outcome.verdict?.kind === 'passed') parts.push(checkedText(outcome.verdict));
  }
  if (practice) parts.push(l10n.t('practice'));
  if (links) {
    const hover = outcome.decision ? whyHover(outcome.decision) : '';
    parts.push(commandLink(l10n.t('why'), whyCommand, [outcome.requestId], hover));
    if (outcome.end === 'answered')
      parts.push(
        commandLink(
          l10n.t('good'),
          goodCommand,
          [outcome.requestId],
          l10n.t('This answer was good: Maia learns from it'),
        ),
        commandLink(
          l10n.t('not good'),
          notGoodCommand,
          [outcome.requestId],
          l10n.t('This answer was not good: Maia learns from it'),
        ),
      );
  }
  return `*${parts.join(' · ')}*`;
}

function checkedText({ findings }: Verdict): string {
  const found = briefFindings(findings);
  return found === '' ? l10n.t('checked') : l10n.t('checked: {0}', escapeMarkdown(found));
}

function placeOf(attempt: Attempt): string {
  if (attempt.boundary === 'machine') return l10n.t('on this machine');
  if (attempt.boundary === 'network') return l10n.t('on your network');
  return attempt.route === 'claude' ? l10n.t('Claude') : l10n.t('in the cloud');
}

function savedText(saved: { readonly low: number; readonly high: number }): string {
  if (saved.high < 0) return l10n.t('cost {0} more', money({ low: -saved.high, high: -saved.low }));
  return l10n.t('saved {0}', money(saved));
}
