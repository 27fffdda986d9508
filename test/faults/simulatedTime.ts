import { syncBuiltinESMExports } from 'node:module';
import FakeTimers from '@sinonjs/fake-timers';
import type { Clock } from '../../src/vocabulary/ports.ts';

const realImmediate = globalThis.setImmediate;
const realTimeout = AbortSignal.timeout;

/** Everything waits and nothing is left to wait for. */
export class StandsStill extends Error {
  constructor() {
    super('It stands still: nothing is scheduled, and it has not ended');
    this.name = 'StandsStill';
  }
}

/** Turns of the real event loop without a timer after which a run counts as standing still. */
const patienceTurns = 400;
/** Timers that one run may fire; a run that needs more goes in circles. */
const mostSteps = 400_000;

/**
 * Time that moves only when nothing else can: `Date`, `performance`, every timer, `node:timers/promises` and
 * `AbortSignal.timeout` follow it, in one thread, so that the same run takes the same course each time.
 */
export class SimulatedTime {
  readonly #timers: FakeTimers.Clock;

  constructor(startAt: number) {
    this.#timers = FakeTimers.install({
      now: startAt,
      toFake: [
        'Date',
        'performance',
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
        'setImmediate',
        'clearImmediate',
      ],
    });
    syncBuiltinESMExports();
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException('The operation timed out', 'TimeoutError')), ms);
      return controller.signal;
    };
  }

  /** The engine's port. */
  readonly clock: Clock = {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    sleep: (ms, signal) => pause(ms, signal),
  };

  /** Lets time pass until the promise is settled. Throws StandsStill where it can't be. */
  async until<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const mark = () => {
      settled = true;
    };
    work.then(mark, mark);
    let idle = 0;
    for (let steps = 0; ; steps += 1) {
      await new Promise<void>((resolve) => realImmediate(resolve));
      if (settled) return work;
      if (steps > mostSteps) throw new StandsStill();
      if (this.#timers.countTimers() > 0) {
        idle = 0;
        this.#timers.next();
      } else if (++idle > patienceTurns) throw new StandsStill();
    }
  }

  /** Sets the machine's clock ahead or back by so many milliseconds; no timer is fired by it. */
  jump(ms: number): void {
    this.#timers.setSystemTime(Date.now() + ms);
  }

  end(): void {
    this.#timers.uninstall();
    AbortSignal.timeout = realTimeout;
    syncBuiltinESMExports();
  }
}

/** Resolves after `ms`, or at once when the signal aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
