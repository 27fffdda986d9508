import { areaY, axisX, axisY, lineY, plot, ruleY } from '@observablehq/plot';
import type { PanelState } from '../src/vocabulary/panelMessage.ts';
import type { TimePoint } from '../src/vocabulary/summary.ts';
import { asPicture } from './asPicture.ts';
import { element } from './element.ts';
import { axisMoney, count, moneyRange } from './figures.ts';

const narrow = 480;

/** Paid against the baseline, both added up over the period; the same figures stand in a table behind it. */
export function costChart({ summary, words, locale }: PanelState, width: number): HTMLElement {
  const title = words.overTime.replace('{0}', summary.baselineModel);
  const points = accumulated(summary.overTime);
  const most = Math.max(...points.flatMap(({ paid, baselineHigh }) => [paid, baselineHigh]), 0);
  const chart = plot({
    width: Math.max(260, width),
    height: width < narrow ? 180 : 240,
    marginLeft: 64,
    marginRight: 16,
    style: { background: 'transparent', color: 'var(--vscode-foreground)', fontSize: '12px' },
    x: { type: 'time', label: null, insetLeft: 4, insetRight: 4 },
    y: { label: null, nice: true, zero: true, grid: true, ticks: 4 },
    marks: [
      axisY({ ticks: 4, tickFormat: axisMoney(most, locale), tickSize: 0 }),
      axisX({ ticks: width < narrow ? 3 : 6, tickSize: 0 }),
      ruleY([0], { stroke: 'var(--vscode-panel-border, currentColor)' }),
      areaY(points, {
        x: 'at',
        y1: 'baselineLow',
        y2: 'baselineHigh',
        fill: 'var(--vscode-charts-blue)',
        fillOpacity: 0.25,
      }),
      lineY(points, {
        x: 'at',
        y: 'baselineHigh',
        stroke: 'var(--vscode-charts-blue)',
        strokeDasharray: '5 3',
        strokeWidth: 2,
      }),
      lineY(points, {
        x: 'at',
        y: 'paid',
        stroke: 'var(--vscode-charts-yellow)',
        strokeWidth: 2,
      }),
    ],
  });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const rows = summary.overTime
    .filter((point) => point.requests > 0)
    .map((point) =>
      element('tr', {}, [
        element('th', { scope: 'row' }, [date.format(point.start)]),
        element('td', {}, [count(point.requests, locale)]),
        element('td', {}, [moneyRange(point.paid, locale)]),
        element('td', {}, [moneyRange(point.baseline, locale)]),
      ]),
    );
  return element('section', { id: 'over-time' }, [
    element('h2', {}, [title]),
    element('p', { class: 'legend', 'aria-hidden': 'true' }, [
      element('span', {}, [element('span', { class: 'key' }), words.paid]),
      element('span', {}, [
        element('span', { class: 'key key-baseline' }),
        words.baseline.replace('{0}', summary.baselineModel),
      ]),
    ]),
    asPicture(chart, title),
    element('details', { id: 'over-time-figures' }, [
      element('summary', {}, [words.figures]),
      element(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${title}: ${words.figures}` },
        [
          element('table', {}, [
            element('thead', {}, [
              element('tr', {}, [
                element('th', { scope: 'col' }, [words.when]),
                element('th', { scope: 'col' }, [words.requests]),
                element('th', { scope: 'col' }, [words.paid]),
                element('th', { scope: 'col' }, [words.baseline.replace('{0}', summary.baselineModel)]),
              ]),
            ]),
            element('tbody', {}, rows),
          ]),
        ],
      ),
    ]),
  ]);
}

interface Point {
  readonly at: Date;
  readonly paid: number;
  readonly baselineLow: number;
  readonly baselineHigh: number;
}

/** Sums from the period's beginning; each span's money stands where the span ends. */
function accumulated(spans: readonly TimePoint[]): readonly Point[] {
  const points: Point[] = [];
  let paid = 0;
  let baselineLow = 0;
  let baselineHigh = 0;
  const note = (at: number): void => {
    points.push({ at: new Date(at), paid, baselineLow, baselineHigh });
  };
  spans.forEach((span, index) => {
    if (index === 0) note(span.start);
    paid += span.paid.high;
    baselineLow += span.baseline.low;
    baselineHigh += span.baseline.high;
    const next = spans[index + 1];
    const before = spans[index - 1];
    note(next ? next.start : span.start + (before ? span.start - before.start : 3_600_000));
  });
  return points;
}
