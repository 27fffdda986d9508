import * as l10n from '@vscode/l10n';
import { allowedWords } from '../phrases/egress.ts';
import { readableBytes } from '../phrases/plainText.ts';
import { escapeMarkdown } from '../phrases/untrustedMarkdown.ts';
import type { EgressRow } from '../vocabulary/egress.ts';

const mostShown = 1_000;

/** The egress record as a Markdown table, the newest first. */
export function egressText(rows: readonly EgressRow[], locale: string): string {
  if (rows.length === 0) return l10n.t('Maia has sent nothing from this machine yet.');
  const heads = [l10n.t('When'), l10n.t('To'), l10n.t('Model'), l10n.t('Size'), l10n.t('Allowed because')];
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
  const lines = rows
    .slice(0, mostShown)
    .map(({ at, host, model, bytes, allowedBecause }) => [
      when.format(at),
      host,
      model,
      readableBytes(bytes),
      allowedWords(allowedBecause),
    ]);
  const asRow = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const table = [asRow(heads), `|${' --- |'.repeat(heads.length)}`, ...lines.map(asRow)];
  const more = rows.length > mostShown ? [l10n.t('The newest {0} of {1}.', mostShown, rows.length)] : [];
  const about = l10n.t(
    'What Maia sent from this machine: when, to whom, how much and why. The content is never kept. What the editor or other extensions send is not in it.',
  );
  return [about, '', ...table, '', ...more].join('\n');
}
