import { runHost } from '../../scripts/test/host.ts';
import type { Suite } from '../../scripts/test/suites.ts';
import { kilobytes, type Measure, median, milliseconds } from './measure.ts';

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
  const figures = new Map<unknown, number[]>();
  for (let run = 0; run < runs; run += 1) {
    const { failures } = await runHost(suite, {
      take: ({ event, name, value }) => {
        if (event === 'figure') figures.set(name, [...(figures.get(name) ?? []), Number(value)]);
      },
    });
    if (failures.length > 0) throw new Error('VS Code could not be measured.');
  }
  return [
    { name: 'Activation', value: milliseconds(median(figures.get('activation') ?? [])), aim: '30 ms' },
    {
      name: 'The same of the built-in merge-conflict',
      value: milliseconds(median(figures.get('neighbour') ?? [])),
    },
    { name: 'Programs loaded in VS Code once active', value: kilobytes(median(figures.get('bytes') ?? [])) },
  ];
};
