import type { PanelState } from '../src/vocabulary/panelMessage.ts';
import { element } from './element.ts';
import { count, moneyRange, percent } from './figures.ts';

/** The five figures that one looks at first. */
export function headline(state: PanelState): HTMLElement {
  const { summary, words, locale } = state;
  const { metrics } = summary;
  const local = metrics.auto_routed_to_local + metrics.manual_routed_to_local;
  const answered = metrics.total_requests - metrics.not_answered;
  const tiles = [
    tile(
      'saved',
      words.saved,
      moneyRange(metrics.cost_savings, locale),
      words.savedAgainst.replace('{0}', summary.baselineModel),
    ),
    tile('paid', words.paid, moneyRange(summary.paid, locale), words.paidNote),
    tile(
      'local',
      words.local,
      answered === 0 ? '–' : percent(local / answered, locale),
      words.localNote.replace('{0}', count(local, locale)).replace('{1}', count(answered, locale)),
    ),
    tile(
      'requests',
      words.requests,
      count(metrics.total_requests, locale),
      words.requestsNote.replace('{0}', count(metrics.not_answered, locale)),
    ),
    tile(
      'quality',
      words.quality,
      metrics.quality_maintained === undefined ? '–' : percent(metrics.quality_maintained, locale),
      metrics.quality_sample === 0
        ? words.qualityNone
        : words.qualityNote.replace('{0}', count(metrics.quality_sample, locale)),
    ),
  ];
  return element('dl', { class: 'headline' }, tiles);
}

function tile(id: string, name: string, figure: string, note: string): HTMLElement {
  return element('div', { class: `tile tile-${id}`, 'data-figure': id }, [
    element('dt', {}, [name]),
    element('dd', { class: 'figure' }, [figure]),
    element('dd', { class: 'note' }, [note]),
  ]);
}
