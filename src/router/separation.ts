/** How well a figure tells good from bad: the chance that a good one has the higher figure (AUROC), 0..1. */
export interface Separation {
  readonly value: number;
  /** Bounds of 95 %. */
  readonly low: number;
  readonly high: number;
}

/**
 * By the ranks of both sides, equal figures counting half, with the variance of DeLong, DeLong and Clarke-Pearson
 * (Biometrics 44, 1988). Undefined where a side has fewer than two.
 */
export function separationOf(good: readonly number[], bad: readonly number[]): Separation | undefined {
  if (good.length < 2 || bad.length < 2) return undefined;
  const above = placements(good, bad);
  const below = placements(
    bad.map((one) => -one),
    good.map((one) => -one),
  );
  const value = above.reduce((sum, one) => sum + one, 0) / above.length;
  const spread = Math.sqrt(variance(above) / good.length + variance(below) / bad.length);
  return { value, low: Math.max(0, value - 1.96 * spread), high: Math.min(1, value + 1.96 * spread) };
}

/** For each figure the share of the others that lie under it. */
function placements(figures: readonly number[], others: readonly number[]): readonly number[] {
  const sorted = others.toSorted((a, b) => a - b);
  return figures.map(
    (figure) => (firstNotUnder(sorted, figure) + firstOver(sorted, figure)) / 2 / sorted.length,
  );
}

function firstNotUnder(sorted: readonly number[], figure: number): number {
  return firstWhere(sorted, (one) => one >= figure);
}

function firstOver(sorted: readonly number[], figure: number): number {
  return firstWhere(sorted, (one) => one > figure);
}

function firstWhere(sorted: readonly number[], holds: (one: number) => boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(sorted[middle] as number)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function variance(figures: readonly number[]): number {
  const mean = figures.reduce((sum, one) => sum + one, 0) / figures.length;
  return figures.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (figures.length - 1);
}
