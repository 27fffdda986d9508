import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { end, start } from '../processes.ts';
import { count, emptyTally, type ReportLine, type Tally } from './tally.ts';

const root = join(import.meta.dirname, '..', '..');

export interface NodeTestOptions {
  /** Test files at the same time. */
  readonly concurrency: number;
  /** Of a single test, ms. */
  readonly timeout: number;
}

/** Runs every `*.test.ts` under a folder of the project with `node --test`. */
export async function runNodeTests(folder: string, options: NodeTestOptions): Promise<Tally> {
  const tally = emptyTally();
  const files = globSync(`${folder}/**/*.test.ts`, { cwd: root });
  if (files.length === 0) {
    count(tally, { event: 'fail', title: folder, error: 'No test file was found.' });
    return tally;
  }
  const args = [
    '--test',
    `--test-concurrency=${options.concurrency}`,
    `--test-timeout=${options.timeout}`,
    '--test-reporter=./scripts/test/reporter.ts',
    ...files.sort(),
  ];
  // Inside another run of node --test this variable would make it run nothing.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const child = start(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = child.stdout;
  if (!output) throw new Error('node --test has no output.');
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-4_000);
  });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith('{"')) count(tally, JSON.parse(line) as ReportLine);
    else said = `${said}${line}\n`.slice(-4_000);
  }
  const ended = await code;
  await end(child);
  const none = tally.passed + tally.skipped === 0;
  if ((ended !== 0 || none) && tally.failures.length === 0)
    count(tally, { event: 'fail', title: folder, error: `node --test ended with ${ended}:\n${said}` });
  return tally;
}
