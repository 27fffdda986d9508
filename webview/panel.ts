import './panel.css';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import type { FromPanel, PanelState, ToPanel } from '../src/vocabulary/panelMessage.ts';
import type { Period } from '../src/vocabulary/summary.ts';
import { budgets } from './budgets.ts';
import { costChart } from './costChart.ts';
import { element } from './element.ts';
import { headline } from './headline.ts';
import { latestRequests } from './latestRequests.ts';
import { learned, proposals } from './learned.ts';
import { shareBars } from './shareBars.ts';

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): { period?: Period } | undefined;
  setState(state: { period: Period }): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const editor = acquireVsCodeApi();
const root = document.getElementById('panel') as HTMLElement;
let shown: PanelState | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
  if (data.type === 'state') show(data.state);
  else if (data.type === 'failed') fail(data.text);
});
let resizing = 0;
window.addEventListener('resize', () => {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(() => {
    const chart = root.querySelector('#over-time');
    if (chart && shown) chart.replaceWith(costChart(shown, root.clientWidth));
  });
});
const before = editor.getState()?.period;
editor.postMessage({ type: 'ready' });
if (before) editor.postMessage({ type: 'period', period: before });

function show(state: PanelState): void {
  const { summary, words } = state;
  shown = state;
  // What the reader has open, focused or scrolled to stays so when new figures come.
  const open = new Set([...root.querySelectorAll('details[open]')].map((one) => one.id));
  const focused = document.activeElement?.id;
  const parts: (Node | string)[] = [
    element('header', {}, [element('h1', {}, [words.title]), periodSelect(state)]),
  ];
  if (summary.practice) parts.push(element('p', { class: 'practice', role: 'note' }, [words.practice]));
  const answer = proposals(state, (message) => editor.postMessage(message));
  if (summary.metrics.total_requests === 0) {
    parts.push(element('p', { class: 'empty' }, [words.empty]), ...budgets(state), ...answer);
    if (state.learned.length > 0) parts.push(learned(state));
  } else {
    parts.push(headline(state), ...budgets(state), ...answer, costChart(state, root.clientWidth));
    parts.push(
      element('div', { class: 'shares' }, [
        shareBars('by-route', words.byRoute, summary.byRoute, state),
        shareBars('by-task', words.byTask, summary.byTask, state),
        shareBars('by-model', words.byModel, summary.byModel, state),
      ]),
    );
    if (summary.unpriced > 0)
      parts.push(element('p', { class: 'note' }, [words.unpriced.replace('{0}', String(summary.unpriced))]));
    parts.push(learned(state), latestRequests(state), element('p', { class: 'note' }, [words.basis]));
  }
  root.replaceChildren(...parts);
  root.removeAttribute('aria-busy');
  for (const one of root.querySelectorAll('details')) if (open.has(one.id)) one.open = true;
  if (focused) document.getElementById(focused)?.focus();
}

function fail(text: string): void {
  root.replaceChildren(element('p', { class: 'empty', role: 'alert' }, [text]));
  root.removeAttribute('aria-busy');
}

function periodSelect({ summary, words }: PanelState): HTMLElement {
  const select = element('vscode-single-select', {
    id: 'period',
    label: words.period,
    'aria-label': words.period,
  });
  for (const period of ['day', 'week', 'month', 'all'] as const)
    select.append(
      element('vscode-option', { value: period, ...(period === summary.period ? { selected: '' } : {}) }, [
        words[period],
      ]),
    );
  select.addEventListener('change', () => {
    const period = (select as HTMLElement & { value: Period }).value;
    editor.setState({ period });
    editor.postMessage({ type: 'period', period });
  });
  return select;
}
