import { classify, weightsVersion } from '../src/router/classify.ts';
import { labels } from '../src/router/taskModel.ts';
import { tasks } from '../src/vocabulary/task.ts';
import { keywordTask } from './evaluate/keywordRouter.ts';
import {
  accuracy,
  bootstrap,
  calibrationError,
  type Interval,
  type Judged,
  macroF1,
  reliability,
} from './evaluate/scores.ts';
import { sharedSets } from './evaluate/sharedSets.ts';
import { temperatureOf } from './trainer/calibration.ts';
import { type Example, makeExamples } from './trainer/examples.ts';
import { chooseMarks, learn, prepare, scoresOf } from './trainer/fit.ts';
import { Random } from './trainer/random.ts';

const say = (line = '') => process.stdout.write(`${line}\n`);
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const range = ({ value, low, high }: Interval) =>
  `${percent(value).padStart(7)} (${percent(low)} to ${percent(high)})`;

function figures(name: string, all: readonly Judged[]): void {
  say(
    `  ${name.padEnd(26)} accuracy ${range(bootstrap(all, accuracy))}   macro-F1 ${range(bootstrap(all, macroF1))}`,
  );
}

function confusion(all: readonly Judged[]): void {
  const golds = [...new Set(all.map(({ gold }) => gold))].toSorted();
  for (const gold of golds) {
    const mine = all.filter((one) => one.gold === gold);
    const counts = new Map<string, number>();
    for (const { found } of mine) counts.set(found, (counts.get(found) ?? 0) + 1);
    const told = [...counts]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, 6)
      .map(([found, count]) => `${found} ${count}`);
    say(`    ${gold.padEnd(13)} ${String(mine.length).padStart(5)}: ${told.join(', ')}`);
  }
}

function calibration(all: readonly Judged[]): void {
  say(`    expected calibration error ${calibrationError(all).toFixed(3)}`);
  for (const { from, count, confidence, accuracy: right } of reliability(all))
    if (count > 0)
      say(
        `    ${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}: ${String(count).padStart(5)} said ${percent(confidence).padStart(7)} right ${percent(right).padStart(7)}`,
      );
}

function router(text: string): { found: string; confidence: number } {
  const { task, confidence } = classify({ text, surface: 'chat', contextCharacters: 0, contextItems: 0 });
  return { found: task, confidence };
}

function microseconds(run: (text: string) => unknown, texts: readonly string[]): number {
  for (const text of texts) run(text);
  const start = performance.now();
  for (const text of texts) run(text);
  return (1000 * (performance.now() - start)) / texts.length;
}

function heldOut(): void {
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
    scoresOf(rows, weights, scores);
    const raised = Array.from(scores, (score) => Math.exp(score / temperature));
    const sum = raised.reduce((total, one) => total + one, 0);
    const best = raised.indexOf(Math.max(...raised));
    return [
      { example, gold: example.label, found: labels[best] ?? '', confidence: (raised[best] ?? 0) / sum },
    ];
  });
  const of = (kind: Example['kind']) => judged.filter(({ example }) => example.kind === kind);
  say('Own sets, one fifth of the written lines left out of the weights with all that was made of them:');
  const prompts = of('prompt').filter(({ gold }) => gold !== 'follow');
  figures('editor prompts', prompts);
  figures(
    '  keyword router',
    prompts.map(({ example, gold }) => ({ gold, found: keywordTask(example.text) })),
  );
  for (const language of [...new Set(prompts.map(({ example }) => example.language))].toSorted())
    figures(
      `  ${language}`,
      prompts.filter(({ example }) => example.language === language),
    );
  figures('posts, made of parts', of('post'));
  figures('two tasks in one', of('two'));
  confusion(prompts);
  calibration(prompts);
  say();
}

say(`Router report: weights ${weightsVersion}`);
say('Shaped the weights: train/prompts, train/posts, train/parts. Everything under MAIA_SHARED only judges.');
say();
heldOut();

const random = new Random(5);
for (const { name, rows } of sharedSets(process.env.MAIA_SHARED)) {
  say(`${name}: ${rows.length} prompts, judge only`);
  const found = rows.map(({ text, task }) => ({ gold: task ?? '', ...router(text) }));
  if (rows.some(({ task }) => task)) {
    figures('maia', found);
    figures(
      'keyword router',
      rows.map(({ text, task }) => ({ gold: task ?? '', found: keywordTask(text) })),
    );
    figures(
      'random',
      rows.map(({ task }) => ({ gold: task ?? '', found: random.pick(tasks) })),
    );
  }
  confusion(found);
  if (rows.some(({ task }) => task)) calibration(found);
  const texts = rows.map(({ text }) => text);
  say(
    `    microseconds a decision: maia ${microseconds(router, texts).toFixed(1)}, keyword router ${microseconds(keywordTask, texts).toFixed(1)}`,
  );
  say();
}
if (process.env.MAIA_SHARED === undefined)
  say('MAIA_SHARED is not set, so the sets that only judge were left out.');
