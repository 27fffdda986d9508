import { explain } from '../phrases/explanation.ts';
import { money } from '../phrases/money.ts';
import type { MoneyRange } from '../vocabulary/attempt.ts';
import type { Decision } from '../vocabulary/decision.ts';

/**
 * A decision for a terminal: the sentence first, then the figures in columns.
 * @param usd what one answer of usual length would take
 */
export function whyLines(decision: Decision, usd: MoneyRange | undefined): readonly string[] {
  const { model, rule, asked, also, estimates, bar, elsewhere, next, removed } = explain(decision, false);
  const lines = [`${model} (${decision.route})`, rule, asked, ...also];
  if (estimates.rows.length > 0)
    lines.push(
      '',
      ...columns([
        ['', ...estimates.head],
        ...estimates.rows.map((row) => [row.chosen ? '>' : '', row.model, ...row.cells]),
      ]),
      ...(bar === undefined ? [] : [bar]),
    );
  else if (usd) lines.push(`It costs about ${money(usd)}.`);
  if (elsewhere !== undefined) lines.push(elsewhere);
  if (next.length > 0) lines.push(`If it fails: ${next.join(', ')}.`);
  if (removed.length > 0) lines.push('', 'Not asked:');
  for (const { who, because } of removed) lines.push(`  ${who}${because}`);
  return lines;
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => [...(row[at] ?? '')].length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - [...cell].length)))
      .join('  ')
      .trimEnd(),
  );
}
