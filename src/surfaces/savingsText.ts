import * as l10n from '@vscode/l10n';
import { money } from '../phrases/money.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { Summary } from '../vocabulary/summary.ts';

/** A summary in three lines of Markdown, for chat. */
export function savingsText(summary: Summary): string {
  const { metrics, baselineModel, paid, baseline, unpriced } = summary;
  if (metrics.total_requests === 0) return l10n.t('Nothing was asked yet, so nothing was saved yet.');
  const local = metrics.auto_routed_to_local + metrics.manual_routed_to_local;
  const answered = metrics.total_requests - metrics.not_answered;
  const share = answered > 0 ? Math.round((local / answered) * 100) : 0;
  const lines = [
    l10n.t('**{0}** saved against {1}.', money(metrics.cost_savings), escapeMarkdown(baselineModel)),
    '',
    l10n.t('- {0} of {1} answers came from a local model ({2} %).', local, answered, share),
    l10n.t(
      '- Paid {0}; all of it from {1} would have been {2}.',
      money(paid),
      escapeMarkdown(baselineModel),
      money(baseline),
    ),
  ];
  if (unpriced > 0) lines.push(l10n.t('- {0} requests have no known price and are in no sum.', unpriced));
  if (summary.practice) lines.push('', l10n.t('*Practice: no model was asked and nothing was paid.*'));
  return `${lines.join('\n')}\n`;
}
