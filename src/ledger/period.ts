import type { Period } from '../vocabulary/summary.ts';

/** One bar of the panel: epoch ms, end exclusive. */
export interface Bucket {
  readonly start: number;
  readonly end: number;
}

const hourMs = 3_600_000;
/** `all` is told day by day up to here, then month by month. */
const mostDays = 62;

/** Midnight of the local day that holds `now`, moved by whole calendar days: a day may have 23 or 25 hours. */
export function localMidnight(now: number, days = 0): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** Midnight of the first day of the local month that holds `now`. */
export function localMonth(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), 1).getTime();
}

/** First moment counted: today, the last 7 and the last 30 local days (today is one of them); 0 for all. */
export function sinceOf(period: Period, now: number): number {
  switch (period) {
    case 'day':
      return localMidnight(now);
    case 'week':
      return localMidnight(now, -6);
    case 'month':
      return localMidnight(now, -29);
    case 'all':
      return 0;
  }
}

/**
 * The bars of a period, without gaps: hours for a day, local days for a week or a month, days or local months for all.
 *
 * @param first epoch ms of the oldest request; where there is none `all` has no bar
 */
export function bucketsOf(period: Period, now: number, first: number | undefined): readonly Bucket[] {
  const end = localMidnight(now, 1);
  if (period === 'day') return hours(localMidnight(now), end);
  if (period !== 'all') return days(sinceOf(period, now), end);
  if (first === undefined || first >= end) return [];
  const start = localMidnight(first);
  return end - start <= mostDays * 24 * hourMs ? days(start, end) : months(first, now);
}

function hours(start: number, end: number): readonly Bucket[] {
  const all: Bucket[] = [];
  for (let at = start; at < end; at += hourMs) all.push({ start: at, end: Math.min(at + hourMs, end) });
  return all;
}

function days(start: number, end: number): readonly Bucket[] {
  const all: Bucket[] = [];
  for (let at = start; at < end; ) {
    const next = localMidnight(at, 1);
    all.push({ start: at, end: next });
    at = next;
  }
  return all;
}

function months(first: number, now: number): readonly Bucket[] {
  const begin = new Date(first);
  const all: Bucket[] = [];
  for (let month = begin.getMonth(); ; month++) {
    const start = new Date(begin.getFullYear(), month, 1).getTime();
    if (start > now) return all;
    all.push({ start, end: new Date(begin.getFullYear(), month + 1, 1).getTime() });
  }
}
