import type { Recording } from '../runs/recordedRuns.ts';
import { type Replayed, replay } from '../runs/replayed.ts';
import { percent, subheading, table } from './layout.ts';
import { bootstrap } from './scores.ts';

/** How far the predicted time until the user has something is from the real one, on recorded runs. */
export function timeReport(recorded: readonly Recording[]): readonly string[] {
  const lines = [
    '  Predicted over real, until the user has something: the first token of what streams; the whole answer of what is',
    '  held. 1 is right, 2 twice as long as it took. "Off by" is the factor in either direction. Each run is foretold',
    '  from the runs before it, as the engine does; the prompt is estimated, the length of the answer the usual one.',
  ];
  for (const recording of recorded) {
    const { name, model, machine, engine, remark, runs } = recording;
    const learned = replay(recording, true);
    const known = learned.filter(({ measured }) => measured);
    const rows: readonly (readonly [string, readonly Replayed[], (one: Replayed) => number])[] = [
      ['never measured: guessed from its size', replay(recording, false), ratio],
      ['measured here: all', known, ratio],
      ['  streams, in memory', known.filter(({ held, run }) => !held && run.loaded), ratio],
      ['  held, in memory', known.filter(({ held, run }) => held && run.loaded), ratio],
      [
        '  the same, had its length been known',
        known.filter(({ held, run }) => held && run.loaded),
        forLength,
      ],
      ['  loads first', known.filter(({ run }) => !run.loaded), ratio],
    ];
    lines.push(
      ...subheading(
        `${name}: ${runs.length} runs of ${model} (${machine}; ${engine}${remark && `; ${remark}`})`,
      ),
      ...table(
        [
          '',
          'runs',
          'predicted/real: median, 95 %',
          'p90, 95 %',
          'off by: median, 95 %',
          'p90, 95 %',
          'patience right',
        ],
        rows
          .filter(([, some]) => some.length > 0)
          .map(([title, some, of]) => [
            title,
            String(some.length),
            at(some, of, 0.5),
            at(some, of, 0.9),
            at(some, (one) => Math.exp(Math.abs(Math.log(of(one)))), 0.5),
            at(some, (one) => Math.exp(Math.abs(Math.log(of(one)))), 0.9),
            percent(some.filter(({ patienceRight }) => patienceRight).length / some.length),
          ]),
      ),
    );
  }
  return recorded.length === 0 ? ['  No runs are recorded.'] : lines;
}

function ratio({ predictedMs, realMs }: Replayed): number {
  return predictedMs / realMs;
}

function forLength({ predictedForLengthMs, realMs }: Replayed): number {
  return predictedForLengthMs / realMs;
}

/** The value below which a part `share` of all lies, with its interval. */
function at(some: readonly Replayed[], of: (one: Replayed) => number, share: number): string {
  const { value, low, high } = bootstrap(some.map(of), (values) => quantile(values, share));
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** Between neighbours by proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}
