import { join } from 'node:path';
import { end, start } from '../processes.ts';
import { count, emptyTally, type Tally } from './tally.ts';

const root = join(import.meta.dirname, '..', '..');

/** Runs a tool with this Node; it counts as one test that passes when the tool ends with 0. */
export async function runTool(title: string, args: readonly string[]): Promise<Tally> {
  const tally = emptyTally();
  const child = start(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const hear = (chunk: string) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout?.setEncoding('utf8').on('data', hear);
  child.stderr?.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  await end(child);
  if (code === 0) count(tally, { event: 'pass', title });
  else count(tally, { event: 'fail', title, error: output });
  return tally;
}
