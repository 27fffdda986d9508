import { parseArgs } from 'node:util';
import { labels } from '../src/router/taskModel.ts';
import { temperatureOf } from './trainer/calibration.ts';
import { makeExamples } from './trainer/examples.ts';
import {
  chooseMarks,
  type Fitting,
  fitting,
  learn,
  type Prepared,
  prepare,
  scoresOf,
} from './trainer/fit.ts';

// How the fit is set, judged by prompts and posts of this folder that it has not seen, and by nothing else.
const { values } = parseArgs({ options: { folds: { type: 'string', default: '2' } } });
const seed = 7;
const examples = makeExamples();
const marks = chooseMarks(examples);
const prepared = examples.map((example) => prepare(example, marks));

/** Mean of -log p of the right label at the best temperature, in nats, and the share that is right. */
function judge(weights: Float32Array, unseen: readonly Prepared[]): { loss: number; right: number } {
  const temperature = temperatureOf(weights, unseen);
  const scores = new Float64Array(labels.length);
  let loss = 0;
  let right = 0;
  for (const one of unseen) {
    scoresOf(one, weights, scores);
    const top = Math.max(...scores);
    let sum = 0;
    for (const score of scores) sum += Math.exp((score - top) / temperature);
    loss -= ((scores[one.label] ?? 0) - top) / temperature - Math.log(sum);
    if (scores.indexOf(top) === one.label) right += 1;
  }
  return { loss: loss / unseen.length, right: right / unseen.length };
}

function tried(how: Fitting): void {
  const sums = { prompt: { loss: 0, right: 0 }, whole: { loss: 0, right: 0 } };
  const folds = Number(values.folds);
  for (let fold = 0; fold < folds; fold += 1) {
    const weights = learn(
      prepared.filter((_, place) => examples[place]?.fold !== fold),
      seed,
      how,
    );
    for (const kind of ['prompt', 'whole'] as const) {
      // A post counts once, as it was written; posts put together from parts tell nothing.
      const unseen = prepared.filter((_, place) => {
        const example = examples[place];
        return example?.kind === kind && example.fold === fold && (kind === 'prompt' || example.plain);
      });
      const { loss, right } = judge(weights, unseen);
      sums[kind].loss += loss / folds;
      sums[kind].right += right / folds;
    }
  }
  const { prompt, whole } = sums;
  process.stdout.write(
    `left out ${String(how.leftOut).padStart(3)}/256, of posts ${String(how.leftOutOfPosts).padStart(3)}/256, ${how.epochs} epochs: prompts ${prompt.loss.toFixed(4)} nats ${(100 * prompt.right).toFixed(2)} %, whole posts ${whole.loss.toFixed(4)} nats ${(100 * whole.right).toFixed(2)} %, mean ${((prompt.loss + whole.loss) / 2).toFixed(4)}\n`,
  );
}

for (const leftOut of [48, 96, 144])
  for (const leftOutOfPosts of [96, 176, 208]) tried({ ...fitting, leftOut, leftOutOfPosts });
for (const epochs of [4, 9]) tried({ ...fitting, epochs });
