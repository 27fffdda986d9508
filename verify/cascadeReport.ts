import type { Cell, Played } from './cascadeRun.ts';

/** A line of the report: one way to answer, at one share of bad local answers. */
export interface Way {
  readonly name: string;
  /** 0..1. */
  readonly badShare: number;
  readonly cell: Cell;
}

/** Local answers as they come, taken from the first attempts of a run in which every question went there first. */
export function uncheckedOf({ played }: Cell): Cell {
  return {
    usd: 0,
    played: played.map((one) => ({
      ...one,
      good: one.firstRight,
      marked: false,
      answered: true,
      escalated: false,
      repaired: false,
      seconds: one.firstSeconds,
    })),
  };
}

/** A table: what is shown in the end, what it costs and how long it takes, by the share of bad local answers. */
export function cascadeLines(ways: readonly Way[]): string[] {
  const lines = [
    'bad local answers / way                         good  bad, not seen  bad, marked  none |     USD  s each  first local  to Claude  repaired',
  ];
  for (const [share, of] of Map.groupBy(ways, ({ badShare }) => badShare)) {
    lines.push(`${Math.round(share * 100)} %`);
    for (const { name, cell } of of) lines.push(line(name, cell));
  }
  return lines;
}

function line(name: string, { played, usd }: Cell): string {
  const count = (is: (one: Played) => boolean) => played.filter(is).length;
  const percent = (part: number) =>
    played.length === 0 ? '-' : `${((100 * part) / played.length).toFixed(0)} %`;
  const seconds = played.reduce((sum, one) => sum + one.seconds, 0) / Math.max(1, played.length);
  return [
    `    ${name}`.padEnd(46),
    percent(count(({ good }) => good)).padStart(6),
    percent(count(({ answered, good, marked }) => answered && !good && !marked)).padStart(14),
    percent(count(({ answered, good, marked }) => answered && !good && marked)).padStart(12),
    percent(count(({ answered }) => !answered)).padStart(5),
    '|',
    usd.toFixed(3).padStart(7),
    seconds.toFixed(1).padStart(7),
    percent(count(({ firstLocal }) => firstLocal)).padStart(12),
    String(count(({ escalated }) => escalated)).padStart(10),
    String(count(({ repaired }) => repaired)).padStart(9),
  ].join(' ');
}
