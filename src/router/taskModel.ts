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

/** Bytes of a row as it is looked up: the weight of each label raised by 128, unused ones, the mark. */
const rowBytes = 16;
/** Rows whose raised weights can be summed in 16 bits. */
const rowsAtOnce = 256;

/** A linear model over hashed features: scores, then probabilities. */
export class TaskModel {
  readonly version: string;
  /** Four words a row, so that one row is one line of the processor's cache; the lowest byte of a word comes first. */
  readonly #words = new Int32Array((buckets * rowBytes) / 4);
  readonly #scales: Float64Array;
  /** Sums of two labels each: those of even places, then those of odd places. */
  readonly #pairs = new Int32Array(rowBytes / 2);
  readonly #sums = new Int32Array(rowBytes);
  readonly #scores = new Float64Array(labels.length);

  constructor(data: TaskModelData) {
    const weights = inflateRawSync(Buffer.from(data.weights, 'base64'));
    const marks = inflateRawSync(Buffer.from(data.marks, 'base64'));
    const width = labels.length;
    if (weights.length !== buckets * width || data.scales.length !== width || width >= rowBytes)
      throw new RangeError('the weights do not fit the features');
    this.version = data.version;
    this.#scales = Float64Array.from(data.scales, (scale) => scale / data.temperature);
    const words = this.#words;
    const put = (row: number, at: number, byte: number) => {
      const word = (row * rowBytes + at) >> 2;
      words[word] = (words[word] ?? 0) | (byte << (8 * (at & 3)));
    };
    for (let row = 0; row < buckets; row += 1) {
      for (let label = 0; label < width; label += 1)
        put(row, label, ((weights[row * width + label] ?? 0) + 128) & 255);
      put(row, rowBytes - 1, marks[row] ?? 0);
    }
  }

  /** Probabilities in the order of `labels`, adding up to 1; the array is used again by the next call. */
  probabilities(features: PromptFeatures): Float64Array {
    const { ends } = features;
    const scores = this.#scores.fill(0);
    const sums = this.#sums;
    let start = 0;
    for (let group = 0; group < groups.length; group += 1) {
      const end = ends[group] ?? 0;
      if (end > start) {
        sums.fill(0);
        let count = 0;
        for (let at = start; at < end; at += rowsAtOnce)
          count += this.#add(features, at, Math.min(end, at + rowsAtOnce));
        const share = count === 0 ? 0 : 1 / Math.sqrt(count);
        for (let label = 0; label < scores.length; label += 1)
          scores[label] = (scores[label] ?? 0) + (sums[label] ?? 0) * share;
      }
      start = end;
    }
    return softmax(scores, this.#scales);
  }

  /** Adds the rows of known features to the sums, two labels in one addition; at most `rowsAtOnce` of them. */
  #add({ rows, marks }: PromptFeatures, start: number, end: number): number {
    const words = this.#words;
    const two = 0x00ff00ff;
    let count = 0;
    let even0 = 0;
    let odd0 = 0;
    let even1 = 0;
    let odd1 = 0;
    let even2 = 0;
    let odd2 = 0;
    let even3 = 0;
    let odd3 = 0;
    for (let at = start; at < end; at += 1) {
      const row = (rows[at] ?? 0) * (rowBytes / 4);
      const last = words[row + 3] ?? 0;
      if (last >>> 24 !== marks[at]) continue;
      const first = words[row] ?? 0;
      const second = words[row + 1] ?? 0;
      const third = words[row + 2] ?? 0;
      count += 1;
      even0 = (even0 + (first & two)) | 0;
      odd0 = (odd0 + ((first >>> 8) & two)) | 0;
      even1 = (even1 + (second & two)) | 0;
      odd1 = (odd1 + ((second >>> 8) & two)) | 0;
      even2 = (even2 + (third & two)) | 0;
      odd2 = (odd2 + ((third >>> 8) & two)) | 0;
      even3 = (even3 + (last & two)) | 0;
      odd3 = (odd3 + ((last >>> 8) & two)) | 0;
    }
    const pairs = this.#pairs;
    pairs.set([even0, odd0, even1, odd1, even2, odd2, even3, odd3]);
    const raised = 128 * count;
    const sums = this.#sums;
    for (let label = 0; label < labels.length; label += 1) {
      const pair = pairs[(label >> 2) * 2 + (label & 1)] ?? 0;
      sums[label] = (sums[label] ?? 0) + ((label & 2 ? pair >>> 16 : pair & 0xffff) - raised);
    }
    return count;
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
