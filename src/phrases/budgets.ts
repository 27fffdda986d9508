import * as l10n from '@vscode/l10n';
import type { BudgetPeriod } from '../vocabulary/budget.ts';
import { money } from './money.ts';

/** "$0.42 of $2.00 are spent today." What is being asked right now counts in full until it is known. */
export function budgetSentence({ period, limitUsd, spentUsd, reservedUsd }: BudgetPeriod): string {
  const taken = spentUsd + reservedUsd;
  const params = { taken: usd(taken), limit: usd(limitUsd) };
  return period === 'day'
    ? l10n.t('{taken} of {limit} are spent today.', params)
    : l10n.t('{taken} of {limit} are spent this month.', params);
}

function usd(value: number): string {
  return money({ low: value, high: value });
}
