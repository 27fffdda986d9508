/** What came of one answer. */
export interface Outcome {
  readonly task: string;
  readonly language: string;
  readonly kind: string;
  readonly right: boolean;
  readonly verdict: string;
  /** It was spoilt, passed, and the file as it would be applied holds nothing of that. */
  readonly putRight: boolean;
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
  const alarms = right.filter((one) => one.verdict !== 'passed').length;
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
