/** What a thread did between two beats that were due 2 ms apart, ms. */
export interface Gap {
  /** `performance.now()` at its end. */
  readonly at: number;
  readonly wall: number;
  /** The thread's own computing: what is left when the machine was busy with others. */
  readonly computing: number;
}

export interface Heartbeat {
  /** The longest gaps between two times of `performance.now()`: by the clock, and by computing. */
  longest(from: number, to: number): { readonly wall: number; readonly computing: number };
  stop(): void;
}

/** Watches the thread it is started on. */
export function startHeartbeat(): Heartbeat {
  const gaps: Gap[] = [];
  let last = performance.now();
  let cpu = process.threadCpuUsage();
  const timer = setInterval(() => {
    const at = performance.now();
    const used = process.threadCpuUsage();
    const computing = (used.user + used.system - cpu.user - cpu.system) / 1_000;
    if (at - last > 4) gaps.push({ at, wall: at - last, computing });
    last = at;
    cpu = used;
  }, 2);
  return {
    longest(from, to) {
      const within = gaps.filter((gap) => gap.at > from && gap.at - gap.wall < to);
      return {
        wall: Math.max(0, ...within.map((gap) => gap.wall)),
        computing: Math.max(0, ...within.map((gap) => gap.computing)),
      };
    },
    stop: () => clearInterval(timer),
  };
}
