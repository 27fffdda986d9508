import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Heartbeat, startHeartbeat } from './heartbeat.ts';

/** Bytes once garbage is gone. */
export interface Memory {
  /** Of the whole process, workers included. */
  readonly rss: number;
  /** Of the host's own thread. */
  readonly heap: number;
}

export interface Probe {
  readonly heartbeat: Heartbeat;
  /** `performance.now()` when Maia may start. */
  readonly began: number;
  readonly before: Memory;
  memory(): Memory;
  /** Ends watching; leaves a CPU profile where `MAIA_BENCH_PROFILE` names a file. */
  end(): void;
}

/** VS Code waits so long at most for what starts at once: its own start is over by then, ms. */
const settling = 6_000;
const place = Symbol.for('maia.bench.probe');

const shared = globalThis as { [place]?: Promise<Probe> };

/** The probe of this host, which VS Code loads apart from the tests; waited for. */
export async function theProbe(): Promise<Probe> {
  const until = performance.now() + 30_000;
  while (!shared[place] && performance.now() < until) await sleep(50);
  if (!shared[place]) throw new Error('VS Code did not activate the probe.');
  return shared[place];
}

/** Runs before Maia: what VS Code does at its start is not counted as Maia's. */
export async function activate(): Promise<void> {
  shared[place] = start();
  await shared[place];
}

async function start(): Promise<Probe> {
  const session = new Session();
  session.connect();
  const memory = (): Memory => {
    session.post('HeapProfiler.collectGarbage');
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heap: heapUsed };
  };
  await sleep(settling);
  const before = memory();
  const profile = process.env.MAIA_BENCH_PROFILE;
  if (profile) {
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: 500 });
    session.post('Profiler.start');
  }
  const heartbeat = startHeartbeat();
  return {
    heartbeat,
    began: performance.now(),
    before,
    memory,
    end() {
      heartbeat.stop();
      if (profile)
        session.post('Profiler.stop', (_error, stopped) =>
          writeFileSync(profile, JSON.stringify(stopped.profile)),
        );
      session.disconnect();
    },
  };
}
