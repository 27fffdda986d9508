export interface Failed {
  readonly title: string;
  readonly error: string;
}

/** What one part of `npm test` found. */
export interface Tally {
  passed: number;
  skipped: number;
  readonly failures: Failed[];
}

export function emptyTally(): Tally {
  return { passed: 0, skipped: 0, failures: [] };
}

/** A line of the reports that come from other processes. */
export interface ReportLine {
  readonly event: 'pass' | 'fail' | 'skip' | 'end';
  readonly title: string;
  readonly error?: string;
}

/** How many passed tests one line of progress stands for. */
const stride = 100;

/** Takes a report's line in; a failure is printed at once, what passed now and then. */
export function count(tally: Tally, line: ReportLine): void {
  if (line.event === 'pass') {
    tally.passed += 1;
    if (tally.passed % stride === 0) console.log(`  … ${tally.passed} passed`);
  }
  if (line.event === 'skip') tally.skipped += 1;
  if (line.event === 'fail') {
    tally.failures.push({ title: line.title, error: line.error ?? 'no message' });
    console.log(`  ✖ ${line.title}\n${indent(line.error ?? 'no message')}`);
  }
}

export function indent(text: string): string {
  return text.replace(/^/gm, '      ');
}
