import type { FromPanel, LearnedRow, PanelState } from '../src/vocabulary/panelMessage.ts';
import { element } from './element.ts';
import { percent } from './figures.ts';

/** What was learned of each model at each task: how surely it will do, against what is needed, and on what evidence. */
export function learned(state: PanelState): HTMLElement {
  const { words } = state;
  const title = element('h2', { id: 'learned-title' }, [words.learned]);
  if (state.learned.length === 0)
    return element('section', { id: 'learned' }, [
      title,
      element('p', { class: 'note' }, [words.learnedNone]),
    ]);
  const columns = [words.model, words.task, words.difficulty, words.willDo, words.seenHere];
  return element('section', { id: 'learned' }, [
    title,
    element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'learned-title' }, [
      element('table', { class: 'learned' }, [
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
          state.learned.map((one, at) => row(one, state.learned[at - 1], state)),
        ),
      ]),
    ]),
    element('p', { class: 'note' }, [words.learnedNote]),
  ]);
}

/** A model's name stands in its first row alone, for the eye; a screen reader hears it in each. */
function row(
  { model, task, band, bound, bar, seen }: LearnedRow,
  before: LearnedRow | undefined,
  { names, words, locale }: PanelState,
): HTMLElement {
  const again = before?.model === model;
  return element('tr', {}, [
    element('th', { scope: 'row' }, [element('span', again ? { class: 'unseen' } : {}, [model])]),
    element('td', {}, [names[task] ?? task]),
    element('td', {}, [names[band] ?? band]),
    element('td', {}, [
      bound === undefined || bar === undefined ? words.notInstalled : share(bound, bar, { words, locale }),
    ]),
    element('td', {}, [seen]),
  ]);
}

function share(
  bound: number,
  bar: number,
  { words, locale }: Pick<PanelState, 'words' | 'locale'>,
): HTMLElement {
  const figure = percent(Math.floor(bound * 100) / 100, locale);
  const name = words.needed.replace('{0}', figure).replace('{1}', percent(bar, locale));
  const fill = element('span', { class: bound >= bar ? 'fill' : 'fill fill-short' });
  fill.style.width = `${Math.round(bound * 100)}%`;
  const mark = element('span', { class: 'mark' });
  mark.style.left = `${Math.round(bar * 100)}%`;
  return element('span', { class: 'share', role: 'img', 'aria-label': name, title: name }, [
    element('span', { class: 'track' }, [fill, mark]),
    element('span', { class: 'percent' }, [figure]),
  ]);
}

/** What Maia proposes to keep on this machine, each with its two answers. */
export function proposals(
  { proposed, words }: PanelState,
  send: (message: FromPanel) => void,
): HTMLElement[] {
  return proposed.map(({ id, text }) => {
    const answer = (type: 'keepLocal' | 'notNow', label: string): HTMLElement => {
      const button = element('button', {
        type: 'button',
        class: type === 'notNow' ? 'quiet' : '',
        // After the next figures the same button is found again by this.
        id: `${type} ${id}`,
      });
      button.append(label);
      button.addEventListener('click', () => send({ type, id }));
      return button;
    };
    return element('section', { class: 'proposal', 'aria-label': words.proposed }, [
      element('p', {}, [text]),
      element('div', { class: 'answers' }, [
        answer('keepLocal', words.keepLocal),
        answer('notNow', words.notNow),
      ]),
    ]);
  });
}
