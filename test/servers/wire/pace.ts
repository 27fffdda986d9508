import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Waits `ms` milliseconds, at least one turn of the event loop; rejects with an AbortError when the signal aborts. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0 && Number.isFinite(ms)) await sleep(ms, undefined, { signal });
  else await nextTurn(undefined, { signal });
}

/** Keeps to a rate of tokens per second over the whole answer, so that a late timer is made up for. */
export class Pace {
  readonly #perSecond: number;
  readonly #startedAt = performance.now();
  #tokens = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  async next(signal: AbortSignal): Promise<void> {
    this.#tokens += 1;
    const due = this.#startedAt + (this.#tokens * 1000) / this.#perSecond;
    await wait(due - performance.now(), signal);
  }
}
