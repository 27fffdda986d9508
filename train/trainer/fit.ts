import { buckets, groups, PromptFeatures } from '../../src/router/promptFeatures.ts';
import { zonesOf } from '../../src/router/promptZones.ts';
import { type Label, labels } from '../../src/router/taskModel.ts';
import type { Example } from './examples.ts';
import { Random } from './random.ts';

/** An example as rows of the weight table. */
export interface Prepared {
  readonly rows: Uint16Array;
  readonly ends: Uint16Array;
  /** Index into `labels`, -1 where nobody can tell. */
  readonly label: number;
}

const features = new PromptFeatures();

export function prepare(example: Pick<Example, 'text' | 'attached'> & { readonly label?: Label }): Prepared {
  features.read(zonesOf(example.text), example.attached);
  const ends = features.ends.slice();
  return {
    rows: features.rows.slice(0, ends[ends.length - 1]),
    ends,
    label: example.label ? labels.indexOf(example.label) : -1,
  };
}

export interface Fitting {
  readonly epochs: number;
  readonly rate: number;
  /** Part of every weight that each epoch takes away. */
  readonly decay: number;
  /** Part of the target that is spread over all labels. */
  readonly smoothing: number;
}

export const fitting: Fitting = { epochs: 14, rate: 0.5, decay: 0.02, smoothing: 0.04 };

/** Multinomial logistic regression by AdaGrad, one example at a time, in an order that the seed fixes. */
export function fit(examples: readonly Prepared[], seed: number, how: Fitting = fitting): Float32Array {
  const width = labels.length;
  const weights = new Float32Array(buckets * width);
  const seen = new Float32Array(buckets * width).fill(0.1);
  const random = new Random(seed);
  const order = Array.from(examples.keys());
  const scores = new Float64Array(width);
  const errors = new Float64Array(width);
  for (let epoch = 0; epoch < how.epochs; epoch += 1) {
    random.shuffle(order);
    const rate = how.rate * (1 - epoch / how.epochs);
    for (const place of order) {
      const example = examples[place];
      if (!example) continue;
      scoresOf(example, weights, scores);
      const even = example.label < 0;
      let top = Number.NEGATIVE_INFINITY;
      for (const score of scores) if (score > top) top = score;
      let sum = 0;
      for (let label = 0; label < width; label += 1) sum += Math.exp((scores[label] ?? 0) - top);
      for (let label = 0; label < width; label += 1) {
        const target = even
          ? 1 / width
          : (label === example.label ? 1 - how.smoothing : 0) + how.smoothing / width;
        errors[label] = Math.exp((scores[label] ?? 0) - top) / sum - target;
      }
      let start = 0;
      for (let group = 0; group < groups.length; group += 1) {
        const end = example.ends[group] ?? 0;
        if (end === start) continue;
        const share = 1 / Math.sqrt(end - start);
        for (let at = start; at < end; at += 1) {
          const row = (example.rows[at] ?? 0) * width;
          for (let label = 0; label < width; label += 1) {
            const slope = (errors[label] ?? 0) * share;
            const place = row + label;
            const past = (seen[place] ?? 0) + slope * slope;
            seen[place] = past;
            weights[place] = (weights[place] ?? 0) - (rate * slope) / Math.sqrt(past);
          }
        }
        start = end;
      }
    }
    for (let place = 0; place < weights.length; place += 1)
      weights[place] = (weights[place] ?? 0) * (1 - how.decay);
  }
  return weights;
}

export function scoresOf(example: Prepared, weights: Float32Array | Int8Array, scores: Float64Array): void {
  const width = labels.length;
  scores.fill(0);
  let start = 0;
  for (let group = 0; group < groups.length; group += 1) {
    const end = example.ends[group] ?? 0;
    if (end === start) continue;
    const share = 1 / Math.sqrt(end - start);
    for (let at = start; at < end; at += 1) {
      const row = (example.rows[at] ?? 0) * width;
      for (let label = 0; label < width; label += 1)
        scores[label] = (scores[label] ?? 0) + (weights[row + label] ?? 0) * share;
    }
    start = end;
  }
}
