import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ReadReport } from '../../../src/tasks/tests/run/testReport.ts';

/** What a real runner printed. */
export function recorded(name: string): Promise<string> {
  return readFile(new URL(`recorded/${name}.txt`, import.meta.url), 'utf8');
}

/** A recorded run as it is read, one line a test. */
export async function table(read: ReadReport, name: string): Promise<string[]> {
  const report = read(await recorded(name));
  assert.ok(report, `${name} holds no report`);
  assert.equal(report.broken, undefined);
  return report.tests.map(({ name: test, outcome, message }) => `${outcome}: ${test}: ${message}`);
}
