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
  const golds = new Set(all.map(({ gold }) => gold));
  let sum = 0;
  for (const label of golds) {
    const right = all.filter((one) => one.gold === label && one.found === label).length;
    const had = all.filter((one) => one.gold === label).length;
    const said = all.filter((one) => one.found === label).length;
    sum += had + said === 0 ? 0 : (2 * right) / (had + said);
  }
  return golds.size === 0 ? 0 : sum / golds.size;
}

/** Percentile bootstrap, 95 %, 400 samples, the same at every run. */
export function bootstrap(all: readonly Judged[], figure: (some: readonly Judged[]) => number): Interval {
  const random = new Random(11);
  const values = Array.from({ length: 400 }, () =>
    figure(Array.from(all, () => all[random.below(all.length)] as Judged)),
  ).toSorted((a, b) => a - b);
  return { value: figure(all), low: values[10] ?? 0, high: values[389] ?? 0 };
}

export interface Bin {
  readonly from: number;
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** Ten bins of equal width. */
export function reliability(all: readonly Judged[]): readonly Bin[] {
  return Array.from({ length: 10 }, (_, bin) => {
    const inside = all.filter((one) => Math.min(9, Math.floor((one.confidence ?? 0) * 10)) === bin);
    const sum = inside.reduce((total, one) => total + (one.confidence ?? 0), 0);
    return {
      from: bin / 10,
      count: inside.length,
      confidence: inside.length === 0 ? 0 : sum / inside.length,
      accuracy: accuracy(inside),
    };
  });
}

/** Expected calibration error: the bins' distance between confidence and accuracy, weighted by their size. */
export function calibrationError(all: readonly Judged[]): number {
  const distance = reliability(all).reduce(
    (sum, bin) => sum + bin.count * Math.abs(bin.confidence - bin.accuracy),
    0,
  );
  return all.length === 0 ? 0 : distance / all.length;
}
