import * as l10n from '@vscode/l10n';
import type { Phrases } from '../phrases/phrases.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Decision } from '../vocabulary/decision.ts';

/** A decision in Markdown: what was chosen, for which reasons, and what else was looked at. */
export function whyText(decision: Decision, phrases: Phrases): string {
  const lines = [
    l10n.t('**{0}** was chosen.', escapeMarkdown(decision.model.name)),
    '',
    ...[...new Set(decision.reasons.map((reason) => phrases.reason(reason)))].map(
      (reason) => `- ${escapeMarkdown(reason)}`,
    ),
  ];
  if (decision.chain.length > 0) {
    const next = decision.chain.map((model) => escapeMarkdown(model.name)).join(', ');
    lines.push('', l10n.t('If it had failed, next in line: {0}.', next));
  }
  const removed = decision.considered.filter((one) => one.removedBy);
  if (removed.length > 0) {
    lines.push('', `| ${l10n.t('Not asked')} | ${l10n.t('Because')} |`, '|---|---|');
    for (const { model, removedBy } of removed)
      if (removedBy)
        lines.push(`| ${escapeMarkdown(model.name)} | ${escapeMarkdown(phrases.reason(removedBy))} |`);
  }
  return `${lines.join('\n')}\n`;
}
