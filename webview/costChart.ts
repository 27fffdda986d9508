import { areaY, axisX, axisY, lineY, plot, ruleY } from '@observablehq/plot';
import type { PanelState } from '../src/vocabulary/panelMessage.ts';
import { element } from './element.ts';
import { count, money, moneyRange } from './figures.ts';

const narrow = 480;

/** Paid against the baseline, both added up over the period; the same figures stand in a table behind it. */
export function costChart({ summary, words, locale }: PanelState, width: number): HTMLElement {
  const title = words.overTime.replace('{0}', summary.baselineModel);
  let paid = 0;
  let baselineLow = 0;
  let baselineHigh = 0;
  const points = summary.overTime.map((point) => {
    paid += point.paid.high;
    baselineLow += point.baseline.low;
    baselineHigh += point.baseline.high;
    return { at: new Date(point.start), paid, baselineLow, baselineHigh };
  });
  const chart = plot({
    width: Math.max(260, width),
    height: width < narrow ? 180 : 240,
    marginLeft: 64,
    marginRight: 16,
    style: { background: 'transparent', color: 'var(--vscode-foreground)', fontSize: '12px' },
    ariaLabel: title,
    x: { type: 'time', label: null, insetLeft: 4, insetRight: 4 },
    y: { label: null, nice: true, zero: true, grid: true },
    marks: [
      axisY({ ticks: 4, tickFormat: (usd: number) => money(usd, locale), tickSize: 0 }),
      axisX({ ticks: width < narrow ? 3 : 6, tickSize: 0 }),
      ruleY([0], { stroke: 'var(--vscode-panel-border, currentColor)' }),
      areaY(points, {
        x: 'at',
        y1: 'baselineLow',
        y2: 'baselineHigh',
        fill: 'var(--vscode-charts-blue)',
        fillOpacity: 0.25,
        curve: 'step-after',
      }),
      lineY(points, {
        x: 'at',
        y: 'baselineHigh',
        stroke: 'var(--vscode-charts-blue)',
        strokeDasharray: '5 3',
        strokeWidth: 2,
        curve: 'step-after',
      }),
      lineY(points, {
        x: 'at',
        y: 'paid',
        stroke: 'var(--vscode-charts-orange)',
        strokeWidth: 2,
        curve: 'step-after',
      }),
    ],
  });
  // Its own style element is inline, which the page's policy refuses; panel.css says the same.
  chart.querySelector('style')?.remove();
  chart.setAttribute('role', 'img');
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
  return element('section', { id: 'over-time', 'aria-labelledby': 'over-time-title' }, [
    element('h2', { id: 'over-time-title' }, [title]),
    element('p', { class: 'legend', 'aria-hidden': 'true' }, [
      element('span', { class: 'key key-paid' }),
      words.paid,
      element('span', { class: 'key key-baseline' }),
      words.baseline.replace('{0}', summary.baselineModel),
    ]),
    chart,
    element('details', { id: 'over-time-figures' }, [
      element('summary', {}, [words.figures]),
      element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title }, [
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
      ]),
    ]),
  ]);
}
