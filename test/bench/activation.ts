import type { Suite } from '../../scripts/test/suites.ts';
import { hostRuns } from './hostRuns.ts';
import { type Measure, median } from './measure.ts';

const suite: Suite = {
  name: 'bench',
  folder: 'test/bench/host',
  workspace: 'test/projects/sample',
  packaged: true,
  restricted: false,
};
const runs = Number(process.env.MAIA_BENCH_RUNS ?? 5);

/** Activation of the packaged extension in VS Code's own measure (Developer: Startup Performance), median of 5 starts (`MAIA_BENCH_RUNS`). */
export const activation: Measure = async () => {
  const values = await hostRuns(suite, runs);
  const neighbour = median(values('neighbour'));
  return [
    {
      name: 'Activation in VS Code',
      value: median(values('activation')),
      unit: 'ms',
      aim: 30,
      note: `median of ${runs} starts: load ${median(values('load'))}, call ${median(values('call'))} ms; the built-in merge-conflict beside it: ${neighbour.toFixed(0)} ms`,
    },
    { name: 'Programs loaded in VS Code once active', value: median(values('bytes')) / 1_000, unit: 'KB' },
  ];
};
