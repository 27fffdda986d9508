import { axisY, barX, plot, text } from '@observablehq/plot';
import type { PanelState } from '../src/vocabulary/panelMessage.ts';
import type { Share } from '../src/vocabulary/summary.ts';
import { asPicture } from './asPicture.ts';
import { element } from './element.ts';
import { count, moneyRange } from './figures.ts';

const mostBars = 8;
const colours: Readonly<Record<string, string>> = {
  local: 'var(--vscode-charts-green)',
  claude: 'var(--vscode-charts-yellow)',
  other: 'var(--vscode-charts-purple)',
};

/** Requests by one property as bars, with a table of the same figures behind them. */
export function shareBars(
  id: string,
  title: string,
  shares: readonly Share[],
  { names, locale, words }: PanelState,
): HTMLElement {
  const named = shares.map((share) => ({
    ...share,
    label: names[share.name] ?? share.name,
    colour: colours[share.name] ?? 'var(--vscode-charts-blue)',
  }));
  const bars = named.slice(0, mostBars);
  const longest = Math.max(...bars.map((bar) => bar.label.length), 4);
  const chart = plot({
    width: 300,
    height: 8 + bars.length * 24,
    marginTop: 2,
    marginBottom: 6,
    marginLeft: Math.min(150, 16 + longest * 7),
    marginRight: 40,
    style: { background: 'transparent', color: 'var(--vscode-foreground)', fontSize: '12px' },
    x: { axis: null, zero: true },
    y: { label: null, domain: bars.map((bar) => bar.label) },
    marks: [
      axisY({ tickSize: 0, lineWidth: 11, textOverflow: 'ellipsis' }),
      barX(bars, { x: 'requests', y: 'label', fill: 'colour', insetTop: 3, insetBottom: 3 }),
      text(bars, {
        x: 'requests',
        y: 'label',
        text: (bar: Share) => count(bar.requests, locale),
        textAnchor: 'start',
        dx: 5,
      }),
    ],
  });
  return element('section', {}, [
    element('h2', {}, [title]),
    asPicture(chart, title),
    element('details', { id: `${id}-figures` }, [
      element('summary', {}, [words.figures]),
      element('table', {}, [
        element('thead', {}, [
          element(
            'tr',
            {},
            [title, words.requests, words.paid, words.saved].map((name) =>
              element('th', { scope: 'col' }, [name]),
            ),
          ),
        ]),
        element(
          'tbody',
          {},
          named.map((share) =>
            element('tr', {}, [
              element('th', { scope: 'row' }, [share.label]),
              element('td', {}, [count(share.requests, locale)]),
              element('td', {}, [moneyRange(share.paid, locale)]),
              element('td', {}, [moneyRange(share.saved, locale)]),
            ]),
          ),
        ),
      ]),
    ]),
  ]);
}
