import { prepareGrammars } from './inProcessWorker.ts';
import { judgeRun } from './invariants.ts';
import type { Mutation } from './mutation.ts';
import { playAll, type Ran } from './play.ts';
import { languages } from './project.ts';
import { Random } from './random.ts';
import { type Scenario, scenarioOf } from './scenario.ts';
import { SimulatedTime } from './simulatedTime.ts';
import { Verdict, type Violation } from './verdict.ts';
import { openWorld, type World } from './world.ts';

/** One scenario, played to its end. */
export interface Played {
  readonly scenario: Scenario;
  readonly world: World;
  readonly ran: readonly Ran[];
  readonly violations: readonly Violation[];
  /** How often each promise was put to the test. */
  readonly tested: ReadonlyMap<string, number>;
  /** Faults of network, servers and disk. */
  readonly faults: number;
}

export interface Campaign {
  readonly seed: number;
  /** Requests to play, at least. */
  readonly count: number;
  /** Plays this run alone. */
  readonly only?: number;
  /** Ends after so many runs that broke something. */
  readonly most?: number;
  readonly mutation?: Mutation;
}

export interface CampaignResult {
  readonly requests: number;
  readonly scenarios: number;
  readonly faults: number;
  /** How often each promise was put to the test. */
  readonly tested: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly broken: readonly Played[];
  readonly all: readonly Played[];
}

/** Loads what a first request loads, so that from then on nothing waits for a disk or another thread. */
export async function prepare(): Promise<void> {
  await prepareGrammars(languages.map(({ id }) => id));
  await Promise.all([import('ollama/browser'), import('@anthropic-ai/sdk')]);
}

export async function playOne(seed: number, index: number, mutation: Mutation = {}): Promise<Played> {
  await prepare();
  const scenario = scenarioOf(seed, index);
  const time = new SimulatedTime(scenario.startAt);
  const chance = new Random(`chance ${seed}/${index}`);
  const realChance = Math.random;
  Math.random = () => chance.next();
  // Every piece of an answer makes an abort's exception: their stacks would take a quarter of the time.
  const realLimit = Error.stackTraceLimit;
  Error.stackTraceLimit = 3;
  try {
    const world = await time.until(openWorld(scenario, time, mutation));
    let ran: readonly Ran[] = [];
    let verdict = new Verdict();
    try {
      ran = await time.until(playAll(scenario, world, time, mutation));
      const unclosed = world.servers.ollama.busy + world.servers.claude.busy;
      const summary = await time.until(world.engine.summary('all').catch(() => undefined));
      const lessons = await time.until(world.lessons().catch(() => undefined));
      await time.until(world.engine.dispose());
      verdict = judgeRun({ world, ran, summary, lessons, unclosed });
    } catch (error) {
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      verdict.broken('surprise', what);
    } finally {
      await time.until(world.close());
    }
    const faults = world.weather.struck + world.disk.struck;
    return { scenario, world, ran, ...verdict, faults };
  } finally {
    Math.random = realChance;
    Error.stackTraceLimit = realLimit;
    time.end();
  }
}

export async function runMany({ seed, count, only, most = 20, mutation }: Campaign): Promise<CampaignResult> {
  const began = process.hrtime.bigint();
  const broken: Played[] = [];
  const all: Played[] = [];
  const tested = new Map<string, number>();
  let requests = 0;
  let scenarios = 0;
  let faults = 0;
  const last = only === undefined ? Number.POSITIVE_INFINITY : only;
  for (let index = only ?? 0; index <= last && requests < count && broken.length < most; index += 1) {
    const played = await playOne(seed, index, mutation);
    scenarios += 1;
    requests += played.ran.length;
    faults += played.faults;
    for (const [what, times] of played.tested) tested.set(what, (tested.get(what) ?? 0) + times);
    if (played.violations.length > 0) broken.push(played);
    if (only !== undefined) all.push(played);
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  return { requests, scenarios, faults, tested, seconds, broken, all };
}
