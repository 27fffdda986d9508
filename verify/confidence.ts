import { type Separation, separationOf } from '../src/router/separation.ts';
import type { Confidence } from '../src/vocabulary/confidence.ts';

/** An answer of a model with what its check said. */
export interface Measured {
  readonly task: string;
  readonly confidence: Confidence;
  readonly verdict: string;
}

const measures: Readonly<Record<string, (one: Confidence) => number | undefined>> = {
  mean: ({ mean }) => mean,
  least: ({ min }) => min,
  'first 40': ({ opening }) => opening,
  'weakest name': ({ weakest }) => weakest?.logprob,
};

/** How well each figure tells answers that passed from those that failed, by task; `notChecked` is neither. */
export function confidenceLines(model: string, all: readonly Measured[]): string[] {
  const lines = [
    '',
    `how sure ${model} was, against the verdict on its own answers (AUROC: 1 tells all, 0.5 nothing; 95 % by bootstrap)`,
    'task / figure                passed  failed   AUROC   interval',
  ];
  const groups = [...Map.groupBy(all, (one) => one.task)].toSorted(([a], [b]) => a.localeCompare(b));
  for (const [task, of] of groups)
    for (const [name, figure] of Object.entries(measures)) {
      const of2 = (verdict: string) =>
        of.flatMap((one) => {
          const value = one.verdict === verdict ? figure(one.confidence) : undefined;
          return value === undefined ? [] : [value];
        });
      const [good, bad] = [of2('passed'), of2('failed')];
      lines.push(
        `${`${task} / ${name}`.padEnd(28)} ${String(good.length).padStart(6)}  ${String(bad.length).padStart(6)}   ${said(good, bad)}`,
      );
    }
  lines.push(
    'By the verdict alone: a server gives no likelihood of text that it did not write, so right and spoilt answers have none.',
  );
  return lines;
}

/** Fewer than these on a side tell nothing. */
const fewest = 8;

function said(good: readonly number[], bad: readonly number[]): string {
  if (Math.min(good.length, bad.length) < fewest) return `too few: at least ${fewest} of both are needed`;
  const found = bootstrapped(good, bad);
  if (!found) return 'too few';
  const { value, low, high } = found;
  const word =
    low > 0.5
      ? 'tells something'
      : high < 0.5
        ? 'tells it the wrong way round'
        : 'includes 0.5: tells nothing';
  return `${value.toFixed(3)}   ${low.toFixed(3)} to ${high.toFixed(3)}  ${word}`;
}

const resamples = 1_000;

/** The interval of 95 % by drawing both sides anew, the same each time. */
export function bootstrapped(good: readonly number[], bad: readonly number[]): Separation | undefined {
  const found = separationOf(good, bad);
  if (!found) return undefined;
  const next = random(1);
  const drawn = (from: readonly number[]) => from.map(() => from[Math.floor(next() * from.length)] as number);
  const values = Array.from({ length: resamples }, () => separationOf(drawn(good), drawn(bad))?.value ?? 0.5);
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.floor(share * (resamples - 1))] ?? found.value;
  return { value: found.value, low: at(0.025), high: at(0.975) };
}

/** Numbers in 0..1 from a seed (mulberry32, public domain). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
