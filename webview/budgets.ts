import type { BudgetPeriod } from '../src/vocabulary/budget.ts';
import type { PanelState } from '../src/vocabulary/panelMessage.ts';
import { element } from './element.ts';
import { money } from './figures.ts';

/** One tile for each limit: what is taken of it, as a bar and in figures. Nothing where none is set. */
export function budgets({ budget, words, locale }: PanelState): HTMLElement[] {
  if (budget.length === 0) return [];
  const tiles = budget.map((one) => {
    const { period, limitUsd, leftUsd } = one;
    const taken = taken0to1(one);
    const name = period === 'day' ? words.budgetDay : words.budgetMonth;
    const note = words.budgetNote
      .replace('{0}', money(leftUsd, locale))
      .replace('{1}', money(limitUsd, locale));
    const fill = element('span', { class: taken >= 0.8 ? 'fill fill-short' : 'fill' });
    fill.style.width = `${Math.round(taken * 100)}%`;
    const meter = element(
      'span',
      {
        class: 'track',
        role: 'meter',
        'aria-label': name,
        'aria-valuemin': '0',
        'aria-valuemax': '100',
        'aria-valuenow': String(Math.round(taken * 100)),
        'aria-valuetext': note,
      },
      [fill],
    );
    return element('div', { class: 'tile tile-budget', 'data-figure': `budget-${period}` }, [
      element('dt', {}, [name]),
      element('dd', { class: 'figure' }, [money(one.spentUsd + one.reservedUsd, locale)]),
      element('dd', { class: 'note' }, [meter, note]),
    ]);
  });
  return [element('dl', { class: 'headline' }, tiles)];
}

function taken0to1({ spentUsd, reservedUsd, limitUsd }: BudgetPeriod): number {
  return limitUsd > 0 ? Math.min(1, (spentUsd + reservedUsd) / limitUsd) : 1;
}
