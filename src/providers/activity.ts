import type { Model } from '../vocabulary/model.ts';

/** How long a use by another program counts as one that goes on, in milliseconds: agents ask again and again. */
const othersMs = 20_000;
/** Of a longer time between two looks nobody can tell when in it a model was used. */
const looksMs = 30_000;
/** A time of expiry that differs by less, in milliseconds, is the same one. */
const sameMs = 1_000;

/**
 * Who uses the local models: calls of our own, and those of other programs as far as the list of loaded models shows
 * them. Ollama tells no queue, and while it answers the list stands still; but each answer puts off the time at which
 * the model leaves memory.
 */
export class Activity {
  readonly #clock: { now(): number };
  readonly #calls = new Map<string, number>();
  readonly #quiet = new Map<string, number>();
  readonly #others = new Map<string, number>();
  #expiries = new Map<string, number>();
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** When the last call of our own ended. */
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /** Calls under way, of all models. */
  get calls(): number {
    return sum(this.#calls.values());
  }

  /** Calls under way of models on Ollama. */
  get localCalls(): number {
    return sum([...this.#calls].map(([key, count]) => (key.startsWith('ollama/') ? count : 0)));
  }

  /**
   * A call begins; it has ended when what this gives is called.
   * @param quiet it gives way to any request, so nobody has to wait for it
   */
  begin(model: Model, quiet = false): () => void {
    const key = keyOf(model);
    const map = quiet ? this.#quiet : this.#calls;
    map.set(key, (map.get(key) ?? 0) + 1);
    return () => {
      const left = (map.get(key) ?? 1) - 1;
      if (left > 0) map.set(key, left);
      else map.delete(key);
      this.#endedAt = this.#clock.now();
    };
  }

  /** Whether a call of our own is answered by it now. */
  isServing(model: Model): boolean {
    return this.#calls.has(keyOf(model));
  }

  /** Whether it answers anybody now, as far as can be known. */
  isBusy(model: Model): boolean {
    if (this.isServing(model)) return true;
    const used = this.#others.get(keyOf(model));
    return model.loaded !== undefined && used !== undefined && this.#clock.now() - used < othersMs;
  }

  /** Takes in a fresh list of the local models. */
  looked(models: readonly Model[]): void {
    const now = this.#clock.now();
    const before = this.#expiries;
    const since = this.#lookedAt;
    this.#expiries = new Map();
    this.#lookedAt = now;
    // Any of ours may be what was seen: names that share their weights share their place in the list.
    const own = this.localCalls > 0 || this.#quiet.size > 0 || this.#endedAt >= since - sameMs;
    for (const model of models) {
      const key = keyOf(model);
      if (!model.loaded) continue;
      const expiry = model.loaded.expiresAt ?? 0;
      this.#expiries.set(key, expiry);
      if (own || now - since > looksMs) continue;
      const old = before.get(key);
      if (old === undefined || Math.abs(expiry - old) > sameMs) this.#others.set(key, now);
    }
  }
}

function sum(counts: Iterable<number>): number {
  let all = 0;
  for (const count of counts) all += count;
  return all;
}

/** Names that share their weights share the place in memory. */
function keyOf({ id, digest }: Model): string {
  return `${id.provider}/${digest ?? id.name}`;
}
