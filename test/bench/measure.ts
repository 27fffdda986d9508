/** One line that `npm run bench` prints. */
export interface Figure {
  readonly name: string;
  /** With its unit. */
  readonly value: string;
  /** What it should not exceed, with its unit. */
  readonly aim?: string;
}

/** Measures; slow ones say what they do by themselves. */
export type Measure = () => Promise<readonly Figure[]>;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new RangeError('There is no median of nothing.');
  return (low + high) / 2;
}

export const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1)} KB`;
export const milliseconds = (ms: number): string => `${ms.toFixed(ms < 10 ? 2 : 0)} ms`;
