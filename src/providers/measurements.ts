import type { Attempt } from '../vocabulary/attempt.ts';
import type { Model, Speed } from '../vocabulary/model.ts';
import type { Clock } from '../vocabulary/ports.ts';

/** As many readings as count. */
const kept = 9;
/** Fewer tokens tell nothing: Ollama reports one token as a million a second. */
const enoughTokens = 10;
/** Ollama tells some tens of milliseconds of "loading" also where the model is in memory. */
const realLoadMs = 400;
/** Clocks that disagree by more, in milliseconds, have seen a sleep or were set. */
const clocksAgreeMs = 2_000;
/** A tick that comes later than this, in milliseconds, slept (or the machine was too busy to measure on). */
const lateTickMs = 10_000;

interface Readings {
  readonly firstTokenMs: number[];
  readonly tokensPerSecond: number[];
  loadMs?: number;
}

/** What models did on this machine, measured on real requests. */
export interface Measurements {
  /**
   * To be called when something starts, and about every two seconds while anything runs: notices a sleep of the machine.
   * @param first nothing ran before this one, so the time since the last tick tells nothing
   */
  tick(first?: boolean): void;
  /** Takes a call in that has just ended, if it can be trusted. True when a reading was added. */
  add(attempt: Attempt, model: Model): boolean;
  /** Medians; undefined until both a first token and a speed were seen. */
  speed(model: Model): Speed | undefined;
}

export function createMeasurements(clock: Clock): Measurements {
  const readings = new Map<string, Readings>();
  let ticked: { readonly now: number; readonly monotonic: number } | undefined;
  /** Epoch milliseconds of the end of the last sleep that was noticed. */
  let sleptAt = Number.NEGATIVE_INFINITY;

  const tick = (first = false) => {
    const now = clock.now();
    const monotonic = clock.monotonic();
    if (ticked && !first) {
      const wall = now - ticked.now;
      const steady = monotonic - ticked.monotonic;
      if (Math.abs(wall - steady) > clocksAgreeMs || steady > lateTickMs) sleptAt = now;
    }
    ticked = { now, monotonic };
  };

  const of = (model: Model): Readings => {
    // A model that was pulled anew under its old name starts anew.
    const key = `${model.id.provider}/${model.id.name}/${model.digest ?? ''}`;
    const known = readings.get(key) ?? { firstTokenMs: [], tokensPerSecond: [] };
    readings.set(key, known);
    return known;
  };

  return {
    tick,
    add(attempt, model) {
      const wall = clock.now() - attempt.startedAt;
      if (sleptAt >= attempt.startedAt || Math.abs(attempt.totalMs - wall) > clocksAgreeMs) return false;
      if (attempt.end === 'failed' || attempt.end === 'cancelled' || attempt.end === 'refused') return false;
      const known = of(model);
      const load = attempt.loadMs ?? 0;
      if (load > realLoadMs) known.loadMs = load;
      if (attempt.firstTokenMs !== undefined)
        push(known.firstTokenMs, Math.max(0, attempt.firstTokenMs - (load > realLoadMs ? load : 0)));
      const tokens = attempt.usage?.outputTokens ?? 0;
      const generating =
        attempt.generateMs ??
        (attempt.firstTokenMs === undefined ? 0 : attempt.totalMs - attempt.firstTokenMs);
      if (tokens >= enoughTokens && generating > 0) push(known.tokensPerSecond, (tokens / generating) * 1000);
      return true;
    },
    speed(model) {
      const known = of(model);
      const firstTokenMs = median(known.firstTokenMs);
      const tokensPerSecond = median(known.tokensPerSecond);
      if (firstTokenMs === undefined || tokensPerSecond === undefined) return undefined;
      return {
        firstTokenMs,
        tokensPerSecond,
        ...(known.loadMs === undefined ? {} : { loadMs: known.loadMs }),
        samples: known.tokensPerSecond.length,
      };
    },
  };
}

function push(list: number[], value: number): void {
  list.push(value);
  if (list.length > kept) list.shift();
}

/** The middle reading; the mean of the two middle ones where their number is even. */
function median(list: readonly number[]): number | undefined {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[middle - 1];
  if (upper === undefined) return undefined;
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}
