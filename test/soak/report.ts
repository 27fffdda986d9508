import type { Ended, Kept } from './try.ts';

const ends: readonly Ended[] = ['applied', 'notApplied', 'refused', 'unchecked', 'read', 'stuck'];

/** What came of the tries, by task and by language, and each broken one by itself. */
export function reportLines(kept: readonly Kept[]): string[] {
  const table = (name: string, of: (one: Kept) => string) => [
    row([name, 'tries', ...ends, 'applied, fed', 'broken']),
    ...[...new Set(kept.map(of))].toSorted().map((key) =>
      line(
        key,
        kept.filter((one) => of(one) === key),
      ),
    ),
  ];
  return [
    ...table('task', ({ task }) => task),
    '',
    ...table('language', ({ language }) => language),
    '',
    line('all', kept),
    ...kept
      .filter(({ broken }) => broken !== undefined)
      .map(
        ({ nth, task, file, name, broken }) => `broken: try ${nth}, ${task} of ${name} in ${file}: ${broken}`,
      ),
  ];
}

function line(name: string, tries: readonly Kept[]): string {
  const counted = ends.map((end) => tries.filter(({ ended }) => ended === end).length);
  const fed = tries.filter((one) => one.ended === 'applied' && one.fed).length;
  const broken = tries.filter((one) => one.broken !== undefined).length;
  return row([name, tries.length, ...counted, fed, broken]);
}

function row([first, ...cells]: readonly (string | number)[]): string {
  return `${String(first).padEnd(12)}${cells.map((cell) => String(cell).padStart(13)).join('')}`;
}
