/** What came of one answer. */
export interface Outcome {
  readonly task: string;
  readonly language: string;
  readonly kind: string;
  readonly right: boolean;
  readonly verdict: string;
  /** It was spoilt, passed, and the file as it would be applied holds nothing of that. */
  readonly putRight: boolean;
  /** It was right, and something was found against it; or it was not checked, where it could be. */
  readonly alarm: boolean;
  readonly ms: number;
  readonly codes: string;
}

interface Row {
  readonly name: string;
  readonly all: readonly Outcome[];
}

/** The table of a run, and whether its aims are met. */
export function reportLines(outcomes: readonly Outcome[]): string[] {
  const lines = [
    'task / language / kind                           spoilt  caught  put right  missed |  right  false alarms | p50 ms  p95 ms',
  ];
  for (const [task, of] of groups(outcomes, (one) => one.task)) {
    lines.push(rowText({ name: task, all: of }));
    for (const [language, all] of groups(of, (one) => one.language))
      lines.push(rowText({ name: `  ${language}`, all }));
    for (const [kind, all] of groups(of, (one) => `${one.right ? 'right' : 'spoilt'}: ${one.kind}`))
      lines.push(rowText({ name: `    ${kind}`, all }));
  }
  return lines;
}

function rowText({ name, all }: Row): string {
  const spoilt = all.filter((one) => !one.right);
  const right = all.filter((one) => one.right);
  const caught = spoilt.filter((one) => one.verdict === 'failed').length;
  const putRight = spoilt.filter((one) => one.putRight).length;
  const alarms = right.filter((one) => one.alarm).length;
  const times = all.map((one) => one.ms).toSorted((a, b) => a - b);
  const share = (part: number, of: number) => (of === 0 ? '-' : `${((100 * part) / of).toFixed(1)} %`);
  return [
    name.slice(0, 46).padEnd(46),
    String(spoilt.length).padStart(8),
    share(caught, spoilt.length).padStart(9),
    String(putRight || '').padStart(8),
    String(spoilt.length - caught - putRight || '').padStart(9),
    ' |',
    String(right.length || '').padStart(6),
    share(alarms, right.length).padStart(9),
    '|',
    (times[Math.floor(times.length * 0.5)] ?? 0).toFixed(1).padStart(6),
    (times[Math.floor(times.length * 0.95)] ?? 0).toFixed(1).padStart(7),
  ].join(' ');
}

function groups(all: readonly Outcome[], key: (one: Outcome) => string): [string, Outcome[]][] {
  return [...Map.groupBy(all, key)].toSorted(([a], [b]) => a.localeCompare(b));
}

const aims = { document: 0.99, others: 0.95, alarms: 0.01, p95: 30 } as const;

/** The aims, each with what was measured; what was put right counts neither as caught nor as missed. */
export function aimLines(outcomes: readonly Outcome[]): string[] {
  const share = (all: readonly Outcome[], is: (one: Outcome) => boolean) =>
    all.length === 0 ? undefined : all.filter(is).length / all.length;
  const caught = (is: (task: string) => boolean) =>
    share(
      outcomes.filter((one) => !one.right && !one.putRight && is(one.task)),
      (one) => one.verdict === 'failed',
    );
  const alarms = share(
    outcomes.filter((one) => one.right),
    (one) => one.alarm,
  );
  const times = outcomes.map((one) => one.ms).toSorted((a, b) => a - b);
  const percent = (part: number | undefined) => (part === undefined ? '-' : `${(100 * part).toFixed(2)} %`);
  // An aim of which nothing was measured is neither met nor missed.
  const line = (name: string, value: number | undefined, shown: string, met: (value: number) => boolean) =>
    value === undefined
      ? `-        ${name}: not measured`
      : `${met(value) ? 'met    ' : 'NOT MET'}  ${name}: ${shown}`;
  const [document, others] = [caught((task) => task === 'document'), caught((task) => task !== 'document')];
  const p95 = times[Math.floor(times.length * 0.95)];
  return [
    '',
    line(
      'spoilt document answers caught, 99 % at least',
      document,
      percent(document),
      (value) => value >= aims.document,
    ),
    line(
      'spoilt answers of the other tasks caught, 95 % at least',
      others,
      percent(others),
      (value) => value >= aims.others,
    ),
    line(
      'right answers that failed or were not checked, 1 % at most',
      alarms,
      percent(alarms),
      (value) => value <= aims.alarms,
    ),
    line('p95 of a check, under 30 ms', p95, `${p95?.toFixed(1)} ms`, (value) => value < aims.p95),
  ];
}
