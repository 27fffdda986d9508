import { parseArgs } from 'node:util';
import { runMany } from './campaign.ts';
import { describeRun } from './report.ts';
import { situations } from './verdict.ts';

/** `npm run faults -- --seed N --count N [--only K]`: plays requests until `count` of them ran; prints what broke a promise. */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    only: { type: 'string' },
    /** Stops at so many runs that broke something. */
    most: { type: 'string', default: '20' },
  },
});
const result = await runMany({
  seed: Number(values.seed),
  count: Number(values.count),
  most: Number(values.most),
  ...(values.only === undefined ? {} : { only: Number(values.only) }),
});
for (const played of result.broken) console.log(describeRun(played));
if (values.only !== undefined && result.broken.length === 0)
  for (const played of result.all) console.log(describeRun(played));
for (const situation of situations) console.log(`${result.tested.get(situation) ?? 0} × ${situation}`);
const { requests, faults, scenarios, seconds } = result;
console.log(
  `${requests} requests in ${scenarios} runs met ${faults} faults in ${seconds.toFixed(1)} s (${Math.round((faults / seconds) * 60)} faults a minute); ${result.broken.length} runs broke a promise.`,
);
process.exitCode = result.broken.length > 0 ? 1 : 0;
