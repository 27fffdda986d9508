import { Random } from '../trainer/random.ts';

export interface Judged {
  readonly gold: string;
  readonly found: string;
  /** 0..1; absent for a router that tells none. */
  readonly confidence?: number;
}

export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export function accuracy(all: readonly Judged[]): number {
  return all.length === 0 ? 0 : all.filter(({ gold, found }) => gold === found).length / all.length;
}

/** Mean of F1 over the labels that occur in `gold`. */
export function macroF1(all: readonly Judged[]): number {
  const had = new Map<string, number>();
  const said = new Map<string, number>();
  const right = new Map<string, number>();
  const add = (counts: Map<string, number>, label: string) => counts.set(label, (counts.get(label) ?? 0) + 1);
  for (const { gold, found } of all) {
    add(had, gold);
    add(said, found);
    if (gold === found) add(right, gold);
  }
  let sum = 0;
  for (const [label, count] of had) sum += (2 * (right.get(label) ?? 0)) / (count + (said.get(label) ?? 0));
  return had.size === 0 ? 0 : sum / had.size;
}

/** How many times a bootstrap draws. */
const draws = 400;

/** Percentile bootstrap, 95 %, the same at every run. */
export function bootstrap<One>(
  all: readonly One[],
  figure: (some: readonly One[]) => number,
  seed = 11,
): Interval {
  const random = new Random(seed);
  const values = Array.from({ length: draws }, () =>
    figure(Array.from(all, () => all[random.below(all.length)] as One)),
  );
  return intervalOf(figure(all), values);
}

/** 95 % of the drawn values lie between `low` and `high`. */
export function intervalOf(value: number, drawn: readonly number[]): Interval {
  const sorted = drawn.toSorted((a, b) => a - b);
  const cut = Math.floor(sorted.length * 0.025);
  return { value, low: sorted[cut] ?? value, high: sorted[sorted.length - 1 - cut] ?? value };
}

/** Something that was foretold, and what came: both 0..1. */
export interface Foretold {
  readonly said: number;
  readonly came: number;
}

export interface Bin {
  readonly from: number;
  readonly count: number;
  /** Mean of what was said, and of what came. */
  readonly said: number;
  readonly came: number;
}

/** Ten bins of equal width. */
export function reliability(all: readonly Foretold[]): readonly Bin[] {
  const mean = (values: readonly number[]) =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  return Array.from({ length: 10 }, (_, bin) => {
    const inside = all.filter(({ said }) => Math.min(9, Math.floor(said * 10)) === bin);
    return {
      from: bin / 10,
      count: inside.length,
      said: mean(inside.map(({ said }) => said)),
      came: mean(inside.map(({ came }) => came)),
    };
  });
}

/** Expected calibration error: the bins' distance between what was said and what came, weighted by their size. */
export function calibrationError(all: readonly Foretold[]): number {
  const distance = reliability(all).reduce((sum, bin) => sum + bin.count * Math.abs(bin.said - bin.came), 0);
  return all.length === 0 ? 0 : distance / all.length;
}

/** How sure a classifier was, and whether it was right. */
export function foretold(all: readonly Judged[]): readonly Foretold[] {
  return all.map(({ gold, found, confidence }) => ({
    said: confidence ?? 0,
    came: gold === found ? 1 : 0,
  }));
}
