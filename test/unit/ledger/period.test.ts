import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bucketsOf, localMidnight, sinceOf } from '../../../src/ledger/period.ts';

const zone = process.env.TZ;
before(() => {
  process.env.TZ = 'Europe/Berlin';
});
after(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const hour = 3_600_000;

test('a day begins at local midnight', () => {
  assert.equal(localMidnight(Date.UTC(2026, 10, 23, 22, 59)), Date.UTC(2026, 10, 22, 23));
  assert.equal(localMidnight(Date.UTC(2026, 10, 23, 23, 0)), Date.UTC(2026, 10, 23, 23));
});

test('the day on which clocks go back has 25 bars, the one on which they go forward 23', () => {
  assert.equal(bucketsOf('day', Date.UTC(2026, 9, 25, 12), undefined).length, 25);
  assert.equal(bucketsOf('day', Date.UTC(2026, 2, 29, 12), undefined).length, 23);
  assert.equal(bucketsOf('day', Date.UTC(2026, 10, 23, 12), undefined).length, 24);
});

test('a week is today and six days before, each from midnight to midnight, over a change of clocks', () => {
  const now = Date.UTC(2026, 9, 27, 12);
  const days = bucketsOf('week', now, undefined);
  assert.equal(days.length, 7);
  assert.equal(days[0]?.start, sinceOf('week', now));
  assert.deepEqual(
    days.map((day) => (day.end - day.start) / hour),
    [24, 24, 24, 24, 25, 24, 24],
  );
});

test('bars leave no gap, and one of them holds now', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  for (const [period, first] of [
    ['day', undefined],
    ['week', undefined],
    ['month', undefined],
    ['all', now - 40 * 24 * hour],
    ['all', now - 700 * 24 * hour],
  ] as const) {
    const bars = bucketsOf(period, now, first);
    bars.slice(1).forEach((bar, index) => {
      assert.equal(bar.start, bars[index]?.end);
    });
    assert.equal(bars.filter((bar) => bar.start <= now && now < bar.end).length, 1, period);
    assert.ok((bars[0]?.start ?? 0) <= (first ?? sinceOf(period, now)));
  }
});

test('all time is told by days at first and by months later, and has no bar before the first request', () => {
  const now = Date.UTC(2026, 10, 23, 12);
  assert.equal(bucketsOf('all', now, undefined).length, 0);
  assert.equal(bucketsOf('all', now, now - 9 * 24 * hour).length, 10);
  assert.equal(bucketsOf('all', now, Date.UTC(2025, 10, 2)).length, 13);
});
