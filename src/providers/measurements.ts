import type { Attempt } from '../vocabulary/attempt.ts';
import type { Model, Speed } from '../vocabulary/model.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { Reading } from '../vocabulary/reading.ts';

/** As many readings of each kind as count. */
const kept = 9;
/** Fewer tokens tell nothing: Ollama reports one token as a million a second. */
const enoughTokens = 10;
/** Fewer tokens of a prompt tell more of what is done around reading it. */
const enoughPromptTokens = 64;
/** Ollama tells some tens of milliseconds of "loading" also where the model is in memory. */
export const realLoadMs = 400;
/** Clocks that disagree by more, in milliseconds, have seen a sleep or were set. */
const clocksAgreeMs = 2_000;
/** A tick that comes later than this, in milliseconds, slept (or the machine was too busy to measure on). */
const lateTickMs = 10_000;

interface Readings {
  readonly firstTokenMs: number[];
  readonly tokensPerSecond: number[];
  readonly promptTokensPerSecond: number[];
  readonly loadMs: number[];
  readonly loadBytesPerSecond: number[];
}

/** What models did on this machine, measured on real requests. */
export interface Measurements {
  /**
   * To be called when something starts, and about every two seconds while anything runs: notices a sleep of the machine.
   * @param first nothing ran before this one, so the time since the last tick tells nothing
   */
  tick(first?: boolean): void;
  /** Two calls run on one host: what ends now, or began before now, shared the machine and tells nothing of its own. */
  crowded(): void;
  /** Takes a call in that has just ended, if it can be trusted. Gives what it told. */
  add(attempt: Attempt, model: Model): Reading | undefined;
  /** Takes in what was kept from before, oldest first; what this process has measured itself counts as newer. */
  recall(readings: readonly Reading[]): void;
  /** Medians; undefined until both a first token and a speed were seen. */
  speed(model: Model): Speed | undefined;
  /** The median of its own loads, else of all loads on its host; undefined where none was seen. */
  loadBytesPerSecond(model: Model): number | undefined;
}

export function createMeasurements(clock: Clock): Measurements {
  const readings = new Map<string, Readings>();
  /** Loads of any model, by host. */
  const loads = new Map<string, number[]>();
  let ticked: { readonly now: number; readonly monotonic: number } | undefined;
  /** Epoch milliseconds of the end of the last sleep that was noticed, and of the last crowd. */
  let sleptAt = Number.NEGATIVE_INFINITY;
  let crowdedAt = Number.NEGATIVE_INFINITY;

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

  const of = (key: string): Readings => {
    const known = readings.get(key) ?? {
      firstTokenMs: [],
      tokensPerSecond: [],
      promptTokensPerSecond: [],
      loadMs: [],
      loadBytesPerSecond: [],
    };
    readings.set(key, known);
    return known;
  };

  const take = (reading: Reading, put: (list: number[], value: number) => void) => {
    const known = of(keyOf(reading.model.provider, reading.model.name, reading.digest, reading.host));
    const { firstTokenMs, tokensPerSecond, promptTokensPerSecond, loadMs, loadBytes } = reading;
    if (firstTokenMs !== undefined) put(known.firstTokenMs, firstTokenMs);
    if (tokensPerSecond !== undefined) put(known.tokensPerSecond, tokensPerSecond);
    if (promptTokensPerSecond !== undefined) put(known.promptTokensPerSecond, promptTokensPerSecond);
    if (loadMs === undefined) return;
    put(known.loadMs, loadMs);
    if (loadBytes === undefined || loadMs <= 0) return;
    const perSecond = (loadBytes / loadMs) * 1_000;
    put(known.loadBytesPerSecond, perSecond);
    const host = reading.host ?? '';
    const there = loads.get(host) ?? [];
    loads.set(host, there);
    put(there, perSecond);
  };

  return {
    tick,
    crowded() {
      crowdedAt = clock.now();
    },
    add(attempt, model) {
      const wall = clock.now() - attempt.startedAt;
      if (sleptAt >= attempt.startedAt || Math.abs(attempt.totalMs - wall) > clocksAgreeMs) return undefined;
      if (crowdedAt >= attempt.startedAt) return undefined;
      if (attempt.end === 'failed' || attempt.end === 'cancelled' || attempt.end === 'refused')
        return undefined;
      const reading = readingOf(attempt, model, clock.now());
      take(reading, pushed);
      return reading;
    },
    recall(before) {
      // The newest first: each goes before what is there, and what finds no room is the oldest.
      for (const reading of before.toReversed()) take(reading, unshifted);
    },
    speed(model) {
      const known = of(keyOfModel(model));
      const firstTokenMs = median(known.firstTokenMs);
      const tokensPerSecond = median(known.tokensPerSecond);
      if (firstTokenMs === undefined || tokensPerSecond === undefined) return undefined;
      const loadMs = median(known.loadMs);
      const promptTokensPerSecond = median(known.promptTokensPerSecond);
      return {
        firstTokenMs,
        tokensPerSecond,
        ...(loadMs === undefined ? {} : { loadMs }),
        ...(promptTokensPerSecond === undefined ? {} : { promptTokensPerSecond }),
        samples: known.tokensPerSecond.length,
      };
    },
    loadBytesPerSecond(model) {
      return median(of(keyOfModel(model)).loadBytesPerSecond) ?? median(loads.get(model.host ?? '') ?? []);
    },
  };
}

/** A model that was pulled anew under its old name starts anew, and so does one on another host. */
function keyOf(provider: string, name: string, digest = '', host = ''): string {
  return `${provider}/${name}/${digest}/${host}`;
}

function keyOfModel({ id, digest, host }: Model): string {
  return keyOf(id.provider, id.name, digest, host);
}

function readingOf(attempt: Attempt, model: Model, at: number): Reading {
  const load = attempt.loadMs ?? 0;
  const loaded = load > realLoadMs;
  const tokens = attempt.usage?.outputTokens ?? 0;
  const generating =
    attempt.generateMs ?? (attempt.firstTokenMs === undefined ? 0 : attempt.totalMs - attempt.firstTokenMs);
  const read = attempt.promptTokensRead ?? 0;
  const reading = attempt.promptMs ?? 0;
  return {
    model: model.id,
    ...(model.digest === undefined ? {} : { digest: model.digest }),
    ...(model.host === undefined ? {} : { host: model.host }),
    at,
    ...(attempt.firstTokenMs === undefined
      ? {}
      : { firstTokenMs: Math.max(0, attempt.firstTokenMs - (loaded ? load : 0)) }),
    ...(tokens >= enoughTokens && generating > 0 ? { tokensPerSecond: (tokens / generating) * 1_000 } : {}),
    ...(read >= enoughPromptTokens && reading > 0 ? { promptTokensPerSecond: (read / reading) * 1_000 } : {}),
    ...(loaded ? { loadMs: load } : {}),
    ...(loaded && model.sizeBytes !== undefined ? { loadBytes: model.sizeBytes } : {}),
  };
}

function pushed(list: number[], value: number): void {
  list.push(value);
  if (list.length > kept) list.shift();
}

function unshifted(list: number[], value: number): void {
  if (list.length < kept) list.unshift(value);
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
