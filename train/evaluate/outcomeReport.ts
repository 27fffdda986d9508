import type { OutcomeSet } from '../outcomes/outcomeSets.ts';
import { type JudgedCurve, judgeCurves } from './costQuality.ts';
import { bar, decimals, difference, percent, range, subheading, table } from './layout.ts';
import type { LiteLlm } from './liteLlm.ts';
import { maia, outcomeRouters, type SetOutcome, stratumOnly } from './outcomeRouters.ts';
import { bootstrap, calibrationError, type Foretold, type Interval, reliability } from './scores.ts';

const pooled = 'pooled';

export interface JudgedOutcomes {
  readonly sets: readonly OutcomeSet[];
  readonly rows: readonly SetOutcome[];
  /** By set, and all together under `pooled`: the curve of each router. */
  readonly strata: ReadonlyMap<string, ReadonlyMap<string, JudgedCurve>>;
  /** Maia's score of each row. */
  readonly scores: readonly number[];
}

/** Judges all routers on recorded outcomes: by set and pooled. */
export function judgeOutcomes(sets: readonly OutcomeSet[], liteLlm: LiteLlm | undefined): JudgedOutcomes {
  const rows: readonly SetOutcome[] = sets.flatMap((set) => set.rows.map((row) => ({ ...row, set })));
  const scores = new Map(
    [...outcomeRouters(sets, liteLlm)].map(([name, score]) => [name, rows.map(score)] as const),
  );
  const strata = new Map(
    [pooled, ...sets.map(({ name }) => name)].map((stratum) => {
      const places = rows.flatMap((row, at) => (stratum === pooled || row.set.name === stratum ? [at] : []));
      return [
        stratum,
        judgeCurves(
          places.flatMap((at) => rows[at] ?? []),
          new Map([...scores].map(([name, all]) => [name, places.map((at) => all[at] ?? 0)])),
          stratumOnly,
        ),
      ] as const;
    }),
  );
  return { sets, rows, strata, scores: scores.get(maia) ?? [] };
}

/** Maia's APGR on all sets together minus that of stratum-only. */
export function pooledGain({ strata }: JudgedOutcomes): Interval | undefined {
  return strata.get(pooled)?.get(maia)?.more;
}

/** Cost and quality: each router beside the others. */
export function outcomeReport({ sets, rows, strata, scores }: JudgedOutcomes): readonly string[] {
  const lines = [...pairTable(sets), '', ...explained];
  for (const [stratum, curves] of strata) lines.push(...stratumReport(stratum, sets, curves, rows));
  return [...lines, ...calibration(rows, scores)];
}

const explained = [
  '  APGR: how much of the gap from the small to the large model is recovered, averaged over all shares of calls to',
  '  the large one (RouteLLM, arXiv 2406.18665); random is .500. Intervals: 95 %, bootstrap by problem, 1,000 draws,',
  '  the same draws for all. Ties are counted as drawn in any order. A router sees the text of the prompt alone; only',
  '  stratum-only knows the set (it takes the sets by their measured gap, which favours it) and the oracle the outcome.',
  '  The problems of the first set hold those of the next two, with the same text: no router can tell these sets apart.',
];

function pairTable(sets: readonly OutcomeSet[]): readonly string[] {
  return table(
    ['set', 'prompts', 'small model', 'score', 'large model', 'score', 'shaped localScore'],
    sets.map(({ name, title, rows, smallModel, largeModel, shapes }) => [
      `${name} (${title})`,
      String(rows.length),
      smallModel,
      mean(rows.map(({ small }) => small)).toFixed(3),
      largeModel,
      mean(rows.map(({ large }) => large)).toFixed(3),
      shapes ? 'yes, judged by folds' : 'no, only judges',
    ]),
  );
}

function stratumReport(
  stratum: string,
  sets: readonly OutcomeSet[],
  curves: ReadonlyMap<string, JudgedCurve>,
  rows: readonly SetOutcome[],
): readonly string[] {
  const count = rows.filter(({ set }) => stratum === pooled || set.name === stratum).length;
  const title = sets.find(({ name }) => name === stratum)?.title ?? 'all sets together';
  const shares = Array.from({ length: 11 }, (_, tenth) => `${10 * tenth} %`);
  return [
    ...subheading(`${stratum} (${title}): ${count.toLocaleString('en')} prompts`),
    ...table(
      ['', 'APGR, 95 % interval', `minus ${stratumOnly}`],
      [...curves].map(([name, { apgr, more }]) => [
        name,
        decimals(apgr),
        name === stratumOnly ? '' : difference(more),
      ]),
    ),
    '',
    "  Quality kept, in % of the large model's own, by the share of prompts that stay local (± half the interval):",
    ...table(
      ['', ...shares],
      [...curves].map(([name, { quality }]) => {
        const whole = quality[0]?.value ?? 1;
        return [
          name,
          ...quality.map(
            ({ value, low, high }) =>
              `${((100 * value) / whole).toFixed(0)} ±${((50 * (high - low)) / whole).toFixed(0)}`,
          ),
        ];
      }),
    ),
  ];
}

/** Whether `localScore` can be taken for a probability. */
function calibration(rows: readonly SetOutcome[], scores: readonly number[]): readonly string[] {
  const all = rows.map((row, at) => ({ row, said: scores[at] ?? 0 }));
  const lines = [...subheading('localScore against what the small models scored')];
  for (const learned of [true, false]) {
    const some: readonly Foretold[] = all
      .filter(({ row }) => row.set.shapes === learned)
      .map(({ row, said }) => ({ said, came: row.smallMean }));
    const { value, low, high } = bootstrap(some, calibrationError);
    lines.push(
      learned
        ? '  Contest problems (shaped it; here by weights of other folds):'
        : '  General chat (only judges; a score there is a preference over GPT-4 Turbo, not right or wrong):',
      `    expected calibration error ${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}); said ${percent(mean(some.map(({ said }) => said)))}, came ${range(bootstrap(some, (drawn) => mean(drawn.map(({ came }) => came))))}`,
      ...reliability(some)
        .filter(({ count }) => count > 0)
        .map(
          ({ from, count, said, came }) =>
            `    ${from.toFixed(1)} to ${(from + 0.1).toFixed(1)} ${bar(came, said)} ${percent(came).padStart(7)} scored, ${percent(said).padStart(7)} said, ${count}`,
        ),
    );
  }
  return lines;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
