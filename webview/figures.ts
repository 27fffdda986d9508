import type { MoneyRange } from '../src/vocabulary/attempt.ts';

/** USD in the reader's way of writing; small sums keep two significant digits, so that a saving is never "$0.00". */
export function money(usd: number, locale: string): string {
  const size = Math.abs(usd);
  const digits = size === 0 || size >= 1 ? 2 : Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(size))));
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(usd);
}

/** How an axis up to `most` USD writes its ticks, all with the same digits. */
export function axisMoney(most: number, locale: string): (usd: number) => string {
  const digits = most > 0 ? Math.min(6, Math.max(2, -Math.floor(Math.log10(most / 4)))) : 2;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return (usd) => format.format(usd);
}

export function moneyRange(range: MoneyRange | undefined, locale: string): string {
  if (!range) return '–';
  const low = money(range.low, locale);
  const high = money(range.high, locale);
  return low === high ? low : `${low} – ${high}`;
}

export function percent(share: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function count(number: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(number);
}

/** Milliseconds as seconds. */
export function seconds(ms: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    maximumFractionDigits: ms < 10_000 ? 1 : 0,
  }).format(ms / 1_000);
}
