import { inflateRawSync } from 'node:zlib';
import { type Task, tasks } from '../vocabulary/task.ts';
import { buckets, groups, type PromptFeatures } from './promptFeatures.ts';

/** What a prompt can be; `follow` is one that only goes on with what was before. */
export const labels = [...tasks, 'follow'] as const;
export type Label = Task | 'follow';

/** The shipped data: what the trainer writes. */
export interface TaskModelData {
  /** Names the data that trained it. */
  readonly version: string;
  /** Divides the scores, so that a probability means what it says. */
  readonly temperature: number;
  /** What one step of a weight is worth, by label. */
  readonly scales: readonly number[];
  /** The mark of the one feature that each of `buckets` rows is for, 0 for none; deflated, base64. */
  readonly marks: string;
  /** `buckets` rows of one signed byte for each label, deflated, base64. */
  readonly weights: string;
}

/** A linear model over hashed features: scores, then probabilities. */
export class TaskModel {
  readonly version: string;
  readonly #weights: Int8Array;
  readonly #marks: Uint8Array;
  readonly #scales: Float64Array;
  readonly #sums = new Int32Array(labels.length);
  readonly #scores = new Float64Array(labels.length);

  constructor(data: TaskModelData) {
    const bytes = inflateRawSync(Buffer.from(data.weights, 'base64'));
    if (bytes.length !== buckets * labels.length || data.scales.length !== labels.length)
      throw new RangeError('the weights do not fit the features');
    this.#marks = new Uint8Array(inflateRawSync(Buffer.from(data.marks, 'base64')));
    this.version = data.version;
    this.#weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#scales = Float64Array.from(data.scales, (scale) => scale / data.temperature);
  }

  /** Probabilities in the order of `labels`, adding up to 1; the array is used again by the next call. */
  probabilities(features: PromptFeatures): Float64Array {
    const { rows, marks, ends } = features;
    const known = this.#marks;
    const scores = this.#scores.fill(0);
    const sums = this.#sums;
    const weights = this.#weights;
    const width = labels.length;
    let start = 0;
    for (let group = 0; group < groups.length; group += 1) {
      const end = ends[group] ?? 0;
      if (end > start) {
        sums.fill(0);
        let count = 0;
        for (let at = start; at < end; at += 1) {
          const bucket = rows[at] ?? 0;
          if (known[bucket] !== marks[at]) continue;
          count += 1;
          const row = bucket * width;
          for (let label = 0; label < width; label += 1)
            sums[label] = (sums[label] ?? 0) + (weights[row + label] ?? 0);
        }
        const share = count === 0 ? 0 : 1 / Math.sqrt(count);
        for (let label = 0; label < width; label += 1)
          scores[label] = (scores[label] ?? 0) + (sums[label] ?? 0) * share;
      }
      start = end;
    }
    return softmax(scores, this.#scales);
  }
}

function softmax(scores: Float64Array, scales: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < scores.length; label += 1) {
    const score = (scores[label] ?? 0) * (scales[label] ?? 0);
    scores[label] = score;
    if (score > top) top = score;
  }
  let sum = 0;
  for (let label = 0; label < scores.length; label += 1) {
    const raised = Math.exp((scores[label] ?? 0) - top);
    scores[label] = raised;
    sum += raised;
  }
  for (let label = 0; label < scores.length; label += 1) scores[label] = (scores[label] ?? 0) / sum;
  return scores;
}
