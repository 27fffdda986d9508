import { type Figure, shown } from './measure.ts';

/** Figures as lines of one table: what, how much, the aim, whether it is met, and what to know of it. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    shown(figure),
    figure.aim === undefined ? '' : shown({ value: figure.aim, unit: figure.unit }),
    figure.aim === undefined ? '' : figure.value <= figure.aim ? 'met' : 'NOT MET',
    figure.note ?? '',
  ]);
  const all = [['', 'figure', 'aim', '', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, at) =>
          at === 1 || at === 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
