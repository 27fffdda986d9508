import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { activation } from './activation.ts';
import { addedTime } from './addedTime.ts';
import { bundle } from './bundle.ts';
import { decisionTime } from './decisionTime.ts';
import { hostAtWork } from './hostAtWork.ts';
import { lineRate } from './lineRate.ts';
import type { Figure, Measure } from './measure.ts';
import { scanTime } from './scanTime.ts';
import { table } from './table.ts';

const measures: Readonly<Record<string, Measure>> = {
  bundle,
  activation,
  hostAtWork,
  addedTime,
  decisionTime,
  lineRate,
  scanTime,
};

const { positionals } = parseArgs({ allowPositionals: true });
const strangers = positionals.filter((name) => !(name in measures));
if (strangers.length > 0) {
  console.error(`No such measure: ${strangers.join(', ')}. There are: ${Object.keys(measures).join(', ')}.`);
  process.exit(2);
}

const figures: Figure[] = [];
const load = [loadavg()[0] ?? 0];
for (const [name, measure] of Object.entries(measures)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.log(`… ${name}`);
  figures.push(...(await measure()));
  load.push(loadavg()[0] ?? 0);
}
console.log(`\n${table(figures)}\n`);
const [least, most] = [Math.min(...load), Math.max(...load)];
console.log(
  `On ${cpus().length} cores; load average ${least.toFixed(1)} to ${most.toFixed(1)} while this ran: beyond the number of cores, times are longer than on a machine of one's own.`,
);
