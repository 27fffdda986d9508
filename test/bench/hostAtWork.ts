import type { Suite } from '../../scripts/test/suites.ts';
import { hostRuns } from './hostRuns.ts';
import { type Figure, type Measure, median } from './measure.ts';

const suite: Suite = {
  name: 'bench-work',
  folder: 'test/bench/work',
  workspace: 'test/projects/sample',
  packaged: true,
  restricted: false,
  probe: 'test/bench/work/probe.ts',
};
const runs = Number(process.env.MAIA_BENCH_RUNS ?? 3);

const parts = [
  ['activation', 'activation'],
  ['chat', 'the first chat request'],
  ['document', 'Document Function'],
  ['generateTests', 'Generate Tests'],
] as const;

/**
 * What the extension host's thread and memory go through, in fresh VS Codes: the longest time that the
 * thread was not free (VS Code's own part in it included), and what memory Maia adds over the same VS Code without it.
 */
export const hostAtWork: Measure = async () => {
  const values = await hostRuns(suite, runs);
  const without = await hostRuns(suite, runs, { without: true });
  const blocked = parts.map(([key, what]): Figure => {
    const own = `of which the thread itself computed ${median(values(`blocked ${key}`)).toFixed(0)} ms`;
    const bare =
      key === 'activation' ? `; without Maia: ${median(without(`late ${key}`)).toFixed(0)} ms` : '';
    return {
      name: `Host blocked longest, ${what}`,
      value: median(values(`late ${key}`)),
      unit: 'ms',
      aim: 50,
      note: own + bare,
    };
  });
  const memory = ['after activation', 'after one request'].flatMap((when) =>
    (['rss', 'heap'] as const).map((kind): Figure => {
      const bare = median(without(`${kind} after activation`));
      return {
        name: `Memory added ${when}, ${kind === 'rss' ? 'process with workers' : "host's heap"}`,
        value: (median(values(`${kind} ${when}`)) - bare) / 2 ** 20,
        unit: 'MB',
      };
    }),
  );
  return [...blocked, ...memory];
};
