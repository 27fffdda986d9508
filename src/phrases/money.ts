import * as l10n from '@vscode/l10n';
import type { MoneyRange } from '../vocabulary/attempt.ts';

/** USD in as many digits as say something: "$1.24", "$0.0031", "$0"; an interval as "$0.001 to $0.002". */
export function money(range: MoneyRange): string {
  const low = amount(range.low);
  const high = amount(range.high);
  return low === high ? low : l10n.t('{low} to {high}', { low, high });
}

/** In a sentence: "$0.0031", and "nothing" where it is that. */
export function sum(range: MoneyRange): string {
  return range.low === 0 && range.high === 0 ? l10n.t('nothing') : money(range);
}

function amount(usd: number): string {
  const size = Math.abs(usd);
  if (size < 0.000005) return '$0';
  const digits = size >= 1 ? 2 : Math.min(5, 1 - Math.floor(Math.log10(size)));
  const text = size.toFixed(digits);
  return `${usd < 0 ? '−' : ''}$${text.replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}
