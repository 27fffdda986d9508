import { labels } from '../../src/router/taskModel.ts';
import { temperatureOf } from '../trainer/calibration.ts';
import { type Example, makeExamples } from '../trainer/examples.ts';
import { chooseMarks, learn, prepare, scoresOf } from '../trainer/fit.ts';
import type { JudgedSet } from './judgedSet.ts';

/** What a fit without one fifth of the written lines makes of that fifth, and of all that was made of it. */
export function ownFolds(): readonly JudgedSet[] {
  const examples = makeExamples();
  const inside = (one: Example | undefined) => one?.fold !== 0;
  const marks = chooseMarks(examples.filter(inside));
  const prepared = examples.map((example) => prepare(example, marks));
  const weights = learn(
    prepared.filter((_, place) => inside(examples[place])),
    7,
  );
  const temperature = temperatureOf(
    weights,
    prepared.filter((_, place) => !inside(examples[place]) && examples[place]?.kind !== 'two'),
  );
  const scores = new Float64Array(labels.length);
  const judged = examples.flatMap((example, place) => {
    const rows = prepared[place];
    if (inside(example) || !example.label || !rows) return [];
    if (example.kind === 'whole' && !example.plain) return [];
    scoresOf(rows, weights, scores);
    const raised = Array.from(scores, (score) => Math.exp(score / temperature));
    const sum = raised.reduce((total, one) => total + one, 0);
    const best = raised.indexOf(Math.max(...raised));
    const { kind, text, language, label } = example;
    const confidence = (raised[best] ?? 0) / sum;
    return [{ kind, text, language, gold: label, found: labels[best] ?? '', confidence }];
  });
  const of = (kind: Example['kind']) => judged.filter((one) => one.kind === kind);
  const note = 'one fifth of the written lines, left out of these weights; the other four fifths shaped them';
  return [
    { name: 'own editor prompts', note, rows: of('prompt').filter(({ gold }) => gold !== 'follow') },
    { name: 'own whole posts', note: `as written, by hand; ${note}`, rows: of('whole') },
    { name: 'own posts', note: `made of parts; ${note}`, rows: of('post') },
    { name: 'own, two tasks in one', note, rows: of('two') },
  ];
}
