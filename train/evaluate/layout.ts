import type { Interval } from './scores.ts';

export const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** "84.2 % (83.5 to 84.8)". */
export const range = ({ value, low, high }: Interval): string =>
  `${percent(value)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

/** ".694 (.681 to .707)"; a figure that is not a share. */
export const decimals = ({ value, low, high }: Interval): string =>
  `${plain(value)} (${plain(low)} to ${plain(high)})`;

/** With its sign: "+.030 (+.018 to +.042)". */
export const difference = ({ value, low, high }: Interval): string =>
  `${signed(value)} (${signed(low)} to ${signed(high)})`;

const plain = (value: number) => value.toFixed(3);
const signed = (value: number) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(3)}`;

export function heading(text: string): readonly string[] {
  return ['', text.toUpperCase(), '='.repeat(text.length)];
}

export function subheading(text: string): readonly string[] {
  return ['', text, '-'.repeat(text.length)];
}

/** Columns as wide as their widest cell; those that hold figures are aligned right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const columns = head.map((title, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    const width = Math.max(title.length, ...cells.map((cell) => cell.length));
    return { width, right: cells.every((cell) => /^(?:[-+]?[\d.]|-?$)/.test(cell)) };
  });
  const line = (cells: readonly string[]) => {
    const padded = columns.map(({ width, right }, at) => {
      const cell = cells[at] ?? '';
      return right ? cell.padStart(width) : cell.padEnd(width);
    });
    return `  ${padded.join('  ')}`.trimEnd();
  };
  return [line(head), `  ${columns.map(({ width }) => '-'.repeat(width)).join('  ')}`, ...rows.map(line)];
}

/** A bar of 40 places as long as `share`, with a mark where it should end. Both 0..1. */
export function bar(share: number, due: number): string {
  const width = 40;
  const filled = Math.round(share * width);
  const mark = Math.min(width - 1, Math.round(due * width));
  return Array.from({ length: width }, (_, at) => (at === mark ? '|' : at < filled ? '#' : '.')).join('');
}
