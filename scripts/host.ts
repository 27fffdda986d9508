import { parseArgs } from 'node:util';
import { runHost } from './test/host.ts';
import { suites } from './test/suites.ts';
import { indent } from './test/tally.ts';

const { values } = parseArgs({
  options: {
    suite: { type: 'string', default: 'host' },
    grep: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});
const suite = suites.find(({ name }) => name === values.suite);
if (!suite)
  throw new Error(`No such suite: ${values.suite}. There are: ${suites.map(({ name }) => name).join(', ')}.`);
const tally = await runHost(suite, values);
for (const { title, error } of tally.failures) console.log(`✖ ${title}\n${indent(error)}`);
console.log(`${tally.passed} passed, ${tally.failures.length} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failures.length > 0 ? 1 : 0;
