import type { EngineEvent } from '../../src/vocabulary/event.ts';
import type { Request } from '../../src/vocabulary/request.ts';
import { prepare } from './campaign.ts';
import { canaryOf } from './canaries.ts';
import {
  type CanaryRequest,
  canaryRequest,
  type Place,
  places,
  plantLines,
  type Sign,
  signsAt,
  turnWithFile,
} from './canaryRequests.ts';
import type { Mutation } from './mutation.ts';
import { mayHold } from './privacyCheck.ts';
import { Random } from './random.ts';
import { type Scenario, scenarioOf } from './scenario.ts';
import { SimulatedTime } from './simulatedTime.ts';
import { asksModel } from './wire.ts';
import { openWorld, type World } from './world.ts';

export interface CanaryResult {
  /** Requests with a canary in them. */
  readonly requests: number;
  /** By place and sign: how many requests, how many a local model answered, and whose secrets got where they may not. */
  readonly cells: ReadonlyMap<string, { asked: number; answered: number; leaked: number }>;
  /** What leaked, in words. */
  readonly leaks: readonly string[];
  /** Requests that reached a model beyond this machine after their secrets were masked or dropped by a click. */
  readonly liftedAnswers: number;
  readonly restarts: number;
}

export function cellOf({ place, sign }: { readonly place: Place; readonly sign: Sign }): string {
  return `${sign} in ${place}`;
}

const perWorld = 30;

/** A calm day: every request that is sent arrives, so that what should not arrive has every chance to. */
function calm(seed: number, index: number): Scenario {
  const drawn = scenarioOf(seed, index);
  const random = new Random(`canaries ${seed}/${index}`);
  const network = random.chance(0.6);
  const ollamaUrl = network ? 'http://gpu.lan:11434' : 'http://127.0.0.1:11434';
  return {
    ...drawn,
    place: network ? 'network' : 'loopback',
    ollamaUrl,
    running: true,
    key: 'right',
    models: [...drawn.models, { name: 'llama3.2:3b' }, { name: 'qwen2.5-coder:7b' }].filter(
      ({ name }, at, all) => all.findIndex((one) => one.name === name) === at,
    ),
    settings: { 'maia.ollama.host': ollamaUrl, 'maia.claude.cheapTier': random.chance(0.3) },
    roughness: 0,
    serverTrouble: 0,
    threadTrouble: 0,
    restartAfter: 0,
    watched: false,
    disk: 'sound',
  };
}

/** Plays at least `count` requests with canaries, each place and sign in turn. */
export async function playCanaries(
  seed: number,
  count: number,
  mutation: Mutation = {},
): Promise<CanaryResult> {
  await prepare();
  const result = {
    requests: 0,
    cells: new Map<string, { asked: number; answered: number; leaked: number }>(),
    leaks: [] as string[],
    liftedAnswers: 0,
    restarts: 0,
  };
  for (let index = 0; result.requests < count; index += 1) await playWorld(seed, index, mutation, result);
  return result;
}

async function playWorld(
  seed: number,
  index: number,
  mutation: Mutation,
  result: { -readonly [Part in keyof CanaryResult]: CanaryResult[Part] } & {
    cells: Map<string, { asked: number; answered: number; leaked: number }>;
    leaks: string[];
  },
): Promise<void> {
  const scenario = calm(seed, index);
  const random = new Random(`canary requests ${seed}/${index}`);
  const time = new SimulatedTime(scenario.startAt);
  try {
    const world = await time.until(openWorld(scenario, time, mutation));
    try {
      const planted = plantLines(world.project, random);
      for (let nth = 0; nth < perWorld; nth += 1) {
        const number = index * perWorld + nth;
        const place = places[number % places.length] as Place;
        const sign = random.pick(signsAt[place]);
        const conversation = `conversation-${number}`;
        const derived = canaryOf('opaque', random);
        if (sign === 'mark') {
          await time.until(run(world, turnWithFile(number, conversation, derived, world.project, random)));
          if (random.chance(0.3)) {
            await time.until(world.reopen());
            result.restarts += 1;
          }
        }
        const one = canaryRequest(
          number,
          conversation,
          { place, sign },
          { planted, derived },
          world.project,
          random,
        );
        const events = await time.until(run(world, one.request));
        result.requests += 1;
        if (await time.until(answerOffer(world, one, events, random))) result.liftedAnswers += 1;
        note(world, one, events, result);
      }
    } finally {
      await time.until(world.close());
    }
  } finally {
    time.end();
  }
}

async function run(world: World, request: Request): Promise<readonly EngineEvent[]> {
  const events: EngineEvent[] = [];
  for await (const event of world.engine.run(request, new AbortController().signal)) events.push(event);
  return events;
}

/** Clicks *Mask* or *Drop* where they are offered; true where Claude or the network then answered. */
async function answerOffer(
  world: World,
  { request }: CanaryRequest,
  events: readonly EngineEvent[],
  random: Random,
): Promise<boolean> {
  const last = events.at(-1);
  const offer = last?.type === 'finished' ? last.outcome.secretOffer : undefined;
  const choices = offer?.choices.filter((one) => one !== 'allowOnce') ?? [];
  if (!offer || choices.length === 0 || random.chance(0.5)) return false;
  const secretAnswer = { offer: offer.id, choice: random.pick(choices) };
  const again = await run(world, {
    ...request,
    id: `${request.id}-again`,
    secretAnswer,
    word: { route: 'claude', said: 'command' },
  });
  const end = again.at(-1);
  return end?.type === 'finished' && end.outcome.end === 'answered';
}

function note(
  world: World,
  one: CanaryRequest,
  events: readonly EngineEvent[],
  result: { cells: Map<string, { asked: number; answered: number; leaked: number }>; leaks: string[] },
): void {
  const cell = result.cells.get(cellOf(one)) ?? { asked: 0, answered: 0, leaked: 0 };
  result.cells.set(cellOf(one), cell);
  cell.asked += 1;
  const last = events.at(-1);
  if (last?.type === 'finished' && last.outcome.end === 'answered') cell.answered += 1;
  const arrived = world.network.exchanges.filter(
    ({ arrival, body }) => arrival !== undefined && body.includes(one.canary.core),
  );
  const beyond = arrived.filter((exchange) => asksModel(exchange) && !mayHold(exchange, world));
  if (beyond.length === 0) return;
  cell.leaked += 1;
  result.leaks.push(`${one.request.id}: ${one.canary.kind}, ${cellOf(one)}, at ${beyond[0]?.origin}`);
}
