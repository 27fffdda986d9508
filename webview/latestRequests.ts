import type { PanelState } from '../src/vocabulary/panelMessage.ts';
import type { LatestRequest } from '../src/vocabulary/summary.ts';
import { element } from './element.ts';
import { moneyRange, seconds } from './figures.ts';

/** The latest requests; each opens its reasons. */
export function latestRequests(state: PanelState): HTMLElement {
  const { summary, words } = state;
  const columns = [
    words.when,
    words.task,
    words.model,
    words.took,
    words.paid,
    words.saved,
    words.check,
    words.why,
  ];
  return element('section', {}, [
    element('h2', { id: 'latest-title' }, [words.latest]),
    element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'latest-title' }, [
      element('table', { class: 'latest' }, [
        element('thead', {}, [
          element(
            'tr',
            {},
            columns.map((name) => element('th', { scope: 'col' }, [name])),
          ),
        ]),
        element(
          'tbody',
          {},
          summary.latest.map((request) => row(request, state)),
        ),
      ]),
    ]),
  ]);
}

function row(request: LatestRequest, { words, locale, names, reasons }: PanelState): HTMLElement {
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' }).format(request.at);
  const because = reasons[request.id] ?? [];
  const ended = { answered: '', failed: words.noAnswer, cancelled: words.cancelled, running: words.running }[
    request.end
  ];
  const model = [request.model, ...(request.manual ? [` (${words.byYourWord})`] : [])].join('');
  const why =
    because.length < 2
      ? (because[0] ?? '')
      : element('details', { id: `why-${request.id}` }, [
          element('summary', {}, [because[0] ?? words.why]),
          element(
            'ul',
            {},
            because.slice(1).map((reason) => element('li', {}, [reason])),
          ),
        ]);
  return element('tr', { 'data-request': request.id }, [
    element('td', {}, [element('time', { datetime: new Date(request.at).toISOString() }, [at])]),
    element('td', {}, [names[request.task] ?? request.task]),
    element('td', {}, [
      element('span', { class: `dot dot-${request.route}`, 'aria-hidden': 'true' }),
      model,
      ...(request.attempts > 1
        ? [element('div', { class: 'note' }, [words.attempts.replace('{0}', String(request.attempts))])]
        : []),
    ]),
    element('td', {}, [request.end === 'running' ? '–' : seconds(request.totalMs, locale)]),
    element('td', {}, [moneyRange(request.paid, locale)]),
    element('td', {}, [moneyRange(request.saved, locale)]),
    element('td', {}, [ended || (request.verdict ? words[request.verdict] : '')]),
    element('td', {}, [why]),
  ]);
}
