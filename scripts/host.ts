import { parseArgs } from 'node:util';
import { runHost } from './test/host.ts';
import { indent } from './test/tally.ts';

const { values } = parseArgs({
  options: { grep: { type: 'string' }, verbose: { type: 'boolean' } },
});
const tally = await runHost(values);
for (const { title, error } of tally.failures) console.log(`✖ ${title}\n${indent(error)}`);
console.log(`${tally.passed} passed, ${tally.failures.length} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failures.length > 0 ? 1 : 0;
