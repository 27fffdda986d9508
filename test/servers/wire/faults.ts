import type { Arrival } from './arrivals.ts';

/** What goes wrong with an answer. `afterTokens` counts tokens already sent; 0 is before the headers. */
export type Fault =
  | {
      readonly how: 'status';
      readonly status: number;
      readonly body: string | object;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection is reset. */
  | { readonly how: 'reset'; readonly afterTokens: number }
  /** The body ends as if it were whole, its closing message missing. */
  | { readonly how: 'end'; readonly afterTokens: number }
  /** The connection ends in the middle of a message. */
  | { readonly how: 'truncate'; readonly afterTokens: number }
  /** An error in the stream, or as status 500 before it. */
  | { readonly how: 'error'; readonly afterTokens: number; readonly message: string; readonly type?: string }
  /** Bytes that are no message of the protocol; then it goes on. */
  | { readonly how: 'garbage'; readonly afterTokens: number; readonly bytes: string }
  /** The answer ends here for a reason of the protocol: `length`, `max_tokens`, `refusal`, `pause_turn`. */
  | { readonly how: 'stop'; readonly afterTokens: number; readonly reason: string }
  /** Nothing more comes until the client goes or the test releases it. */
  | { readonly how: 'hold'; readonly at: HoldPoint; readonly afterTokens?: number };

export type HoldPoint = 'arrival' | 'load' | 'prompt' | 'token';

export interface FaultTarget {
  /** Path of the call. */
  readonly on?: string;
  readonly model?: string;
  /** How many calls it hits; Infinity for all. */
  readonly times?: number;
}

export interface FaultHandle {
  /** Resolves when a call has run into it (a hold: when it stands still). */
  readonly reached: Promise<Arrival>;
  /** Lets a held call go on. */
  release(): void;
  /** Takes it away for calls to come. */
  remove(): void;
}

/** A fault on its way to one call. */
export interface ArmedFault {
  readonly fault: Fault;
  reach(arrival: Arrival): void;
  readonly released: Promise<void>;
}

interface Entry extends ArmedFault {
  readonly on: string;
  readonly model?: string;
  left: number;
}

export class Faults {
  readonly #defaultPath: string;
  #entries: Entry[] = [];

  constructor(defaultPath: string) {
    this.#defaultPath = defaultPath;
  }

  add(fault: Fault, target: FaultTarget = {}): FaultHandle {
    const reached = Promise.withResolvers<Arrival>();
    const released = Promise.withResolvers<void>();
    const entry: Entry = {
      fault,
      on: target.on ?? this.#defaultPath,
      model: target.model,
      left: target.times ?? 1,
      reach: reached.resolve,
      released: released.promise,
    };
    this.#entries.push(entry);
    return {
      reached: reached.promise,
      release: released.resolve,
      remove: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  /** The oldest fault that is meant for this call, used up by it. */
  take(path: string, model: string | undefined): ArmedFault | undefined {
    const entry = this.#entries.find(
      (each) => each.left > 0 && each.on === path && (each.model === undefined || each.model === model),
    );
    if (entry) entry.left -= 1;
    return entry;
  }

  clear(): void {
    this.#entries = [];
  }
}

/** Stands still where a hold says so, until released; rejects when the client goes. */
export async function holdAt(
  armed: ArmedFault | undefined,
  at: HoldPoint,
  arrival: Arrival,
  signal: AbortSignal,
  tokens = 0,
): Promise<void> {
  if (armed?.fault.how !== 'hold' || armed.fault.at !== at) return;
  if (at === 'token' && tokens !== (armed.fault.afterTokens ?? 0)) return;
  armed.reach(arrival);
  await Promise.race([armed.released, gone(signal)]);
  signal.throwIfAborted();
}

export function gone(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
