import { proposedChange } from '../../src/platform/vscode/proposedChange.ts';
import type { Outcome } from '../../src/vocabulary/attempt.ts';
import type { EngineEvent } from '../../src/vocabulary/event.ts';
import type { Message } from '../../src/vocabulary/request.ts';
import type { Mutation } from './mutation.ts';
import { Random } from './random.ts';
import { type Asked, askNext, type Lane } from './requests.ts';
import type { Scenario } from './scenario.ts';
import { pause, type SimulatedTime } from './simulatedTime.ts';
import { armTrouble } from './trouble.ts';
import { asksModel, markerOf } from './wire.ts';
import { ollamaUrls, type World } from './world.ts';

/** One request as its surface lived through it. */
export interface Ran extends Asked {
  readonly events: EngineEvent[];
  /** The text after the last `restarted`. */
  text: string;
  outcome?: Outcome;
  /** The surface cancelled it, or stopped reading. */
  cancelled: boolean;
  abandoned: boolean;
  /** 200 ms after it was cancelled or left, its model was still being listened to. */
  stillOpen: boolean;
  /** What accepting the proposal did, where it was accepted. */
  applied?: {
    readonly before: string | undefined;
    readonly after: string | undefined;
    readonly edited: boolean;
  };
  /** What was thrown instead of events. */
  threw?: unknown;
}

/** Plays a scenario's conversations, all at the same time, and gives every request in the order of asking. */
export async function playAll(
  scenario: Scenario,
  world: World,
  time: SimulatedTime,
  mutation: Mutation,
): Promise<Ran[]> {
  const player = new Player(scenario, world, time, mutation);
  await Promise.all(scenario.lanes.map((turns, lane) => player.lane(lane, turns)));
  world.watch(false);
  // What was abandoned goes on to its end.
  await pause(30 * 60_000);
  return player.ran;
}

class Player {
  readonly ran: Ran[] = [];
  readonly #scenario: Scenario;
  readonly #world: World;
  readonly #time: SimulatedTime;
  readonly #mutation: Mutation;
  #turns = 0;
  #running = 0;

  constructor(scenario: Scenario, world: World, time: SimulatedTime, mutation: Mutation) {
    this.#scenario = scenario;
    this.#world = world;
    this.#time = time;
    this.#mutation = mutation;
  }

  async lane(index: number, turns: number): Promise<void> {
    const { seed, index: place } = this.#scenario;
    const random = new Random(`lane ${index} of ${seed}/${place}`);
    const lane: Lane = {
      ...(random.chance(0.85) ? { conversation: `conversation-${index}` } : {}),
      history: [],
    };
    for (let turn = 0; turn < turns; turn += 1) {
      await pause(random.chance(0.5) ? 0 : random.int(0, 20_000));
      await this.#between(random);
      const asked = askNext(this.#turns, lane, this.#world.project, random);
      this.#turns += 1;
      this.#running += 1;
      const ran = await this.#ask(asked, random);
      this.#running -= 1;
      this.#remember(ran, lane, random);
    }
  }

  /** What the world does between two turns. */
  async #between(random: Random): Promise<void> {
    const { serverTrouble, restartAfter } = this.#scenario;
    const world = this.#world;
    if (random.chance(serverTrouble)) world.weather.struck += armTrouble(world, random);
    if (
      this.#turns === restartAfter &&
      restartAfter > 0 &&
      this.#running === 0 &&
      world.disk.kind === 'sound'
    )
      // A mark that the disk refused is lost with the process: that is no leak of the engine's.
      await world.reopen();
    if (!random.chance(0.2)) return;
    switch (
      random.weighted({
        host: 1,
        clock: 1,
        crash: 3,
        engine: 3,
        remove: 1,
        key: 1,
        offline: 1,
        mode: 1,
        later: 2,
        weather: 2,
      })
    ) {
      case 'crash':
        void pause(random.int(0, 5_000))
          .then(() => world.ollama.crash())
          .then(() => pause(random.int(0, 60_000)))
          .then(() => world.ollama.restart());
        break;
      case 'host':
        void pause(random.int(0, 3_000)).then(() => {
          world.settings['maia.ollama.host'] = random.pick(ollamaUrls);
        });
        break;
      case 'clock':
        // The machine's clock is set; what was measured meanwhile goes on.
        this.#time.jump(random.pick([-3_600_000, -5_000, 90_000, 86_400_000]));
        break;
      case 'engine':
        void pause(random.int(0, 5_000)).then(() => world.ollama.crashEngine());
        break;
      case 'remove': {
        const model = this.#scenario.models[0];
        if (model) void pause(random.int(0, 3_000)).then(() => world.ollama.remove(model.name));
        break;
      }
      case 'key':
        world.user.key = random.pick(['practice-key', 'another-key', undefined]);
        break;
      case 'offline':
        world.user.online = random.chance(0.5);
        break;
      case 'mode':
        world.settings['maia.mode'] = random.pick(['auto', 'localOnly', 'claudeOnly']);
        break;
      case 'later':
        world.watch(false);
        await pause(random.pick([6 * 60_000, 3 * 3_600_000]));
        world.watch(this.#scenario.watched);
        break;
      case 'weather':
        world.weather.roughness = random.chance(0.5) ? 0 : this.#scenario.roughness;
    }
  }

  async #ask(asked: Asked, random: Random): Promise<Ran> {
    const { engine, project } = this.#world;
    const ran: Ran = { ...asked, events: [], text: '', cancelled: false, abandoned: false, stillOpen: false };
    this.ran.push(ran);
    const cancel = new AbortController();
    const cancelAfter = random.chance(0.12)
      ? random.pick([0, 0, random.int(1, 500), random.int(1, 20_000)])
      : -1;
    const cancelAt = random.chance(0.08) ? random.int(1, 30) : -1;
    const abandonAt = random.chance(0.06) ? random.int(1, 30) : -1;
    const stop = () => {
      ran.cancelled = true;
      cancel.abort(new DOMException('Cancelled', 'AbortError'));
      this.#lookSoon(ran);
    };
    const over = new AbortController();
    if (cancelAfter >= 0)
      void pause(cancelAfter, over.signal).then(() => {
        if (!over.signal.aborted) stop();
      });
    const { target } = asked.request;
    const editAfter = target?.path && random.chance(0.3) ? random.int(0, 3_000) : -1;
    if (editAfter >= 0 && target?.path) {
      const { path } = target;
      void pause(editAfter).then(() => project.edit(path, random));
    }
    const signal = this.#mutation.deaf ? new AbortController().signal : cancel.signal;
    const events = engine.run(asked.request, signal);
    try {
      for await (const event of this.#mutation.events?.(events) ?? events) {
        // What a surface gets has to cross borders.
        ran.events.push(structuredClone(event));
        if (event.type === 'restarted') ran.text = '';
        else if (event.type === 'text') ran.text += event.text;
        else if (event.type === 'finished') ran.outcome = event.outcome;
        if (ran.events.length === cancelAt) stop();
        if (ran.events.length === abandonAt && event.type !== 'finished') {
          ran.abandoned = true;
          this.#lookSoon(ran);
          break;
        }
        if (random.chance(0.02)) await pause(random.int(1, 2_000));
      }
    } catch (error) {
      ran.threw = error;
    }
    over.abort();
    await this.#accept(ran, random);
    return ran;
  }

  /** Whether a request's connections are closed as soon as somebody notices. */
  #lookSoon(ran: Ran): void {
    void pause(200).then(() => {
      ran.stillOpen ||= this.#world.network.exchanges.some(
        (exchange) => asksModel(exchange) && !exchange.closed && markerOf(exchange.body) === ran.marker,
      );
    });
  }

  /** The user looks at the proposal for a while, types perhaps, and accepts it. */
  async #accept(ran: Ran, random: Random): Promise<void> {
    const proposal = ran.outcome?.proposal;
    if (!proposal?.path || !random.chance(0.8)) return;
    const { project } = this.#world;
    const { path } = proposal;
    await pause(random.int(0, 10_000));
    if (random.chance(0.25)) project.edit(path, random);
    if (random.chance(0.05)) project.remove(path);
    if (proposal.before === undefined && random.chance(0.1)) project.write(path, 'made meanwhile\n');
    const before = project.textOf(path);
    const edited = before === undefined ? proposal.before !== undefined : !sameText(before, proposal.before);
    const after = this.#mutation.apply ? this.#mutation.apply(proposal, before) : accept(proposal, before);
    if (after !== undefined) project.write(path, after);
    ran.applied = { before, after: project.textOf(path), edited };
  }

  /** The conversation as the surface shows it from now on. */
  #remember(ran: Ran, lane: Lane, random: Random): void {
    const { request, outcome } = ran;
    const last = request.messages.findLast((message) => message.role === 'user');
    const said = last?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n') ?? '';
    // A request of its own is the first turn of nothing.
    if (lane.conversation === undefined) return;
    if (request.surface === 'command' || said.trim() === '' || !outcome) return;
    // A model may say again what it was shown; then the conversation holds it.
    const derived =
      ran.canary?.kind === 'opaque' && outcome.end === 'answered'
        ? `\nThe file says ${ran.canary.text}.`
        : '';
    const answer = `${outcome.text.trim() || 'No answer came.'}${derived}`;
    lane.history.push(textMessage('user', said), textMessage('assistant', answer));
    if (random.chance(0.1)) lane.history.splice(0);
  }
}

function textMessage(role: Message['role'], text: string): Message {
  return { role, parts: [{ type: 'text', text }] };
}

function sameText(one: string, other: string | undefined): boolean {
  return one.replaceAll('\r\n', '\n') === other?.replaceAll('\r\n', '\n');
}

/** The editor's own rule, on a text in place of a document; what was edited meanwhile is not merged here. */
function accept(
  { before, after }: { readonly before?: string; readonly after: string },
  text: string | undefined,
): string | undefined {
  if (before === undefined) return text === undefined ? after : undefined;
  if (text === undefined) return undefined;
  const change = proposedChange({ before, after }, text);
  if (change.kind !== 'asSeen') return undefined;
  return text.includes('\r\n') ? change.text.replaceAll('\n', '\r\n') : change.text;
}
