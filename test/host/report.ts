import { appendFileSync } from 'node:fs';

/** One line of the report that the runner outside reads: `MAIA_TEST_REPORT` names the file. */
export function report(line: Readonly<Record<string, unknown>>): void {
  const file = process.env.MAIA_TEST_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}
