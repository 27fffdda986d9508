import { type HostOptions, runHost } from '../../scripts/test/host.ts';
import type { Suite } from '../../scripts/test/suites.ts';

/** Runs a suite in so many fresh VS Codes; gives the figures that it reported, one value for each run. */
export async function hostRuns(
  suite: Suite,
  runs: number,
  options: HostOptions = {},
): Promise<(name: string) => readonly number[]> {
  const figures = new Map<unknown, number[]>();
  for (let run = 0; run < runs; run += 1) {
    const { failures } = await runHost(suite, {
      ...options,
      take: ({ event, name, value }) => {
        if (event === 'figure') figures.set(name, [...(figures.get(name) ?? []), Number(value)]);
      },
    });
    if (failures.length > 0)
      throw new Error(`VS Code could not be measured: ${failures.map(({ error }) => error).join('\n')}`);
  }
  return (name) => figures.get(name) ?? [];
}
