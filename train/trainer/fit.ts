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
  /** A title and a body that says more. */
  readonly post: boolean;
}

const features = new PromptFeatures();

/** How often a feature has to occur to get a row of its own. */
const seldom = 3;

/**
 * For each row the mark of the one feature that it is for: of those that share it the one that tells most about the
 * label, by the G statistic (count times the divergence of its labels from all labels); 0 where all are rare.
 */
export function chooseMarks(
  examples: readonly (Pick<Example, 'text' | 'attached'> & { readonly label?: Label })[],
): Uint8Array {
  const width = labels.length;
  const counts = new Map<number, Uint32Array>();
  const all = new Float64Array(width);
  for (const example of examples) {
    if (!example.label) continue;
    const label = labels.indexOf(example.label);
    all[label] = (all[label] ?? 0) + 1;
    features.read(zonesOf(example.text), example.attached);
    const end = features.ends[groups.length - 1] ?? 0;
    for (let at = 0; at < end; at += 1) {
      const key = (features.rows[at] ?? 0) * 256 + (features.marks[at] ?? 0);
      let own = counts.get(key);
      if (!own) {
        own = new Uint32Array(width);
        counts.set(key, own);
      }
      own[label] = (own[label] ?? 0) + 1;
    }
  }
  const total = all.reduce((sum, count) => sum + count, 0);
  const chosen = new Uint8Array(buckets);
  const best = new Float64Array(buckets);
  for (const [key, own] of counts) {
    const sum = own.reduce((one, other) => one + other, 0);
    if (sum < seldom) continue;
    let tells = 0;
    for (let label = 0; label < width; label += 1) {
      const count = own[label] ?? 0;
      if (count > 0) tells += count * Math.log((count * total) / (sum * (all[label] ?? 1)));
    }
    const row = key >>> 8;
    if (tells > (best[row] ?? 0)) {
      best[row] = tells;
      chosen[row] = key & 255;
    }
  }
  return chosen;
}

export function prepare(
  example: Pick<Example, 'text' | 'attached'> & { readonly label?: Label },
  marks: Uint8Array,
): Prepared {
  const zones = zonesOf(example.text);
  features.read(zones, example.attached);
  const ends = new Uint16Array(groups.length);
  const rows = new Uint16Array(features.ends[groups.length - 1] ?? 0);
  let count = 0;
  let at = 0;
  for (let group = 0; group < groups.length; group += 1) {
    for (; at < (features.ends[group] ?? 0); at += 1) {
      const row = features.rows[at] ?? 0;
      if (marks[row] !== features.marks[at]) continue;
      rows[count] = row;
      count += 1;
    }
    ends[group] = count;
  }
  return {
    rows: rows.slice(0, count),
    ends,
    label: example.label ? labels.indexOf(example.label) : -1,
    post: zones.body.length > 60,
  };
}

export interface Fitting {
  readonly epochs: number;
  readonly rate: number;
  /** Part of every weight that each epoch takes away. */
  readonly decay: number;
  /** Part of the target that is spread over all labels. */
  readonly smoothing: number;
  /** Rows left out of an example at each step, in 256ths: so that no single word is relied on. */
  readonly leftOut: number;
  /** The same for what has the form of a post, whose many words are each worth less. */
  readonly leftOutOfPosts: number;
}

/** `leftOut`, `leftOutOfPosts` and `epochs` are what `npm run train:choose` found best on unseen prompts and whole posts. */
export const fitting: Fitting = {
  epochs: 6,
  rate: 0.5,
  decay: 0.02,
  smoothing: 0.04,
  leftOut: 96,
  leftOutOfPosts: 176,
};

const thin: { rows: Uint16Array; ends: Uint16Array; label: number; post: boolean } = {
  rows: new Uint16Array(6144),
  ends: new Uint16Array(groups.length),
  label: 0,
  post: false,
};

/** The example without a part of its rows that the seed picks, in a buffer that is used again. */
function thinned(example: Prepared, seed: number, leftOut: number): Prepared {
  let count = 0;
  let at = 0;
  for (let group = 0; group < groups.length; group += 1) {
    for (; at < (example.ends[group] ?? 0); at += 1) {
      const row = example.rows[at] ?? 0;
      if ((Math.imul(row ^ seed, 0x27d4eb2f) ^ at) >>> 24 < leftOut) continue;
      thin.rows[count] = row;
      count += 1;
    }
    thin.ends[group] = count;
  }
  thin.label = example.label;
  return thin;
}

/** Multinomial logistic regression by AdaGrad, one example at a time, in an order that the seed fixes. */
export function learn(examples: readonly Prepared[], seed: number, how: Fitting = fitting): Float32Array {
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
      const step = Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b);
      const kept = thinned(example, step, example.post ? how.leftOutOfPosts : how.leftOut);
      scoresOf(kept, weights, scores);
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
        const end = kept.ends[group] ?? 0;
        if (end === start) continue;
        const share = 1 / Math.sqrt(end - start);
        for (let at = start; at < end; at += 1) {
          const row = (kept.rows[at] ?? 0) * width;
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
