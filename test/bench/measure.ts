/** One line that `npm run bench` prints. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** What it should not exceed, in the same unit. */
  readonly aim?: number;
  /** What the figure is of, or beside what it is to be read. */
  readonly note?: string;
}

export type Unit = 'ms' | 'KB' | 'MB';

/** Measures; slow ones say what they do by themselves. */
export type Measure = () => Promise<readonly Figure[]>;

/** The value that a part `q` (0 to 1) of all values does not exceed, between neighbours by proportion. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (low === undefined || high === undefined) throw new RangeError('There is no quantile of nothing.');
  return low + (high - low) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A value as it is read: fewer digits the larger it is. */
export function shown({ value, unit }: Pick<Figure, 'value' | 'unit'>): string {
  const digits = unit === 'KB' ? 0 : Math.abs(value) < 0.1 ? 4 : Math.abs(value) < 10 ? 2 : 1;
  return `${value.toFixed(digits)} ${unit}`;
}
