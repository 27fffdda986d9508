import { totalmem } from 'node:os';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { ClaudeState, Health, LocalState } from '../vocabulary/health.ts';
import type { Candidate, CandidateState, Model } from '../vocabulary/model.ts';
import type { ProbeKind, ProbeResult } from '../vocabulary/probe.ts';
import type { Reading } from '../vocabulary/reading.ts';
import { Activity } from './activity.ts';
import { isCut, isLate, shownOf } from './healthChange.ts';
import { isLoopback } from './hostName.ts';
import { MachineMemory } from './modelMemory.ts';
import { Proofs } from './proofs.ts';
import { ProviderError } from './provider.ts';
import type { HealthOptions, Known, ProviderHealth } from './providerHealth.ts';

/** Short enough for a status bar that follows within two seconds. */
const probeMs = 1_500;
/** A server in the user's network is asked less often. */
const networkProbeMs = 5_000;
const probePatienceMs = 1_500;
/** A busy machine may be late; a refused connection counts at once. */
const missedProbes = 3;
/** Every how many probes the models are listed again while nothing happens. */
const listEvery = 10;
/** Claude's own list is asked for at most this often, in milliseconds. */
const claudeListMs = 10 * 60_000;
const errorsKept = 10;

/** Failures of Claude's account: no other model of Claude would do better until somebody acts. */
const accountFailures: ReadonlySet<Failure['code']> = new Set(['badKey', 'outOfCredit', 'spendLimit']);

type Reach = 'unknown' | 'there' | 'gone';

export function createProviderHealth(options: HealthOptions): ProviderHealth {
  return new WatchedHealth(options);
}

class WatchedHealth implements ProviderHealth {
  readonly #options: HealthOptions;
  readonly #memory: MachineMemory;
  readonly #activity: Activity;
  readonly #proofs = new Proofs();
  readonly #listeners = new Set<(health: Health) => void>();
  readonly #errors = new Map<string, { readonly failure: Failure; readonly at: number }>();
  readonly #ending = new AbortController();
  readonly #subscriptions: { dispose(): void }[];
  #local: readonly Model[] = [];
  #host = '';
  #reach: Reach = 'unknown';
  #missed = 0;
  #failure: Failure | undefined;
  #key: boolean | undefined;
  #account: Failure | undefined;
  #claudeListedAt = Number.NEGATIVE_INFINITY;
  #probes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #probing = false;
  /** A connection that was kept open is gone: only another question tells whether the server is, too. */
  #askAgain = false;
  #told = '';

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#memory = new MachineMemory(options.machineMemoryBytes ?? totalmem());
    this.#activity = new Activity(options.clock);
    this.#subscriptions = [
      options.resilience.onDidChange(() => this.#tell()),
      options.secrets.onDidChange(() => {
        this.#account = undefined;
        this.#claudeListedAt = Number.NEGATIVE_INFINITY;
        void this.#lookForKey().then(() => this.#tell());
      }),
    ];
  }

  current(): Health {
    return {
      local: this.#localState(),
      claude: this.#claudeState(),
      host: this.#options.ollama.host,
      ...(this.#reach === 'gone' && this.#failure ? { localFailure: this.#failure } : {}),
      candidates: this.#candidates(),
      lastErrors: [...this.#errors]
        .map(([model, error]) => ({ model, ...error }))
        .sort((a, b) => b.at - a.at)
        .slice(0, errorsKept),
      machineMemoryBytes: this.#memory.bytes,
      practice: this.#options.practice,
    };
  }

  async check(signal: AbortSignal): Promise<Health> {
    signal.throwIfAborted();
    const within = AbortSignal.any([signal, this.#ending.signal]);
    await Promise.all([this.#list(within), this.#lookForKey()]);
    // A connection kept open from before says nothing of the server that was asked now.
    if (this.#askAgain) await this.#list(within);
    // Not waited for: what is known of Claude without asking will do.
    void this.#listClaude();
    signal.throwIfAborted();
    this.#tell();
    return this.current();
  }

  onDidChange(listener: (health: Health) => void): { dispose(): void } {
    this.#listeners.add(listener);
    this.#schedule();
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size === 0) clearTimeout(this.#timer);
      },
    };
  }

  serving(model: Model, quiet = false): { dispose(): void } {
    this.#options.measurements.tick(this.#activity.calls === 0);
    const end = this.#activity.begin(model, quiet);
    this.#noteCrowd();
    this.#tell();
    this.#schedule();
    let disposed = false;
    return {
      dispose: () => {
        if (disposed) return;
        disposed = true;
        this.#noteCrowd();
        end();
        this.#tell();
      },
    };
  }

  served(attempt: Attempt, model: Model): Reading | undefined {
    const { name, provider } = model.id;
    this.#options.measurements.tick();
    const reading = this.#options.measurements.add(attempt, model);
    if (attempt.end === 'failed' && attempt.failure) {
      this.#errors.set(name, { failure: attempt.failure, at: this.#options.clock.now() });
      if (provider === 'claude' && accountFailures.has(attempt.failure.code)) this.#account = attempt.failure;
      if (provider === 'ollama' && attempt.failure.code === 'ollamaUnreachable') this.#reach = 'gone';
    } else if (attempt.end !== 'cancelled' && attempt.end !== 'failed') {
      this.#errors.delete(name);
      if (provider === 'claude') this.#account = undefined;
      else this.#reach = 'there';
    }
    this.#tell();
    if (provider === 'ollama') void this.#probe(true);
    return reading;
  }

  learn({ readings = [], probes = [] }: Known): void {
    this.#options.measurements.recall(readings);
    for (const result of probes) this.#proofs.add(result);
    this.#tell();
  }

  probeOf(model: Model, kind: ProbeKind): ProbeResult | undefined {
    return this.#proofs.of(model, kind);
  }

  fitting(candidates: readonly Candidate[], needTokens: number): readonly Candidate[] {
    return candidates.map((candidate) => {
      const fitsMemory = this.#fits(candidate.model, needTokens);
      return fitsMemory === candidate.fitsMemory ? candidate : { ...candidate, fitsMemory };
    });
  }

  fitsBeside(model: Model): boolean {
    return this.#memory.fits(model, 0, () => true);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#ending.abort(new DOMException('Maia is closing', 'AbortError'));
    this.#listeners.clear();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Two local models at once share the machine: their times are nobody's own. */
  #noteCrowd(): void {
    if (this.#activity.localCalls > 1) this.#options.measurements.crowded();
  }

  #localState(): LocalState {
    if (this.#reach === 'unknown') return 'unknown';
    if (this.#reach === 'gone' || this.#options.resilience.failing({ provider: 'ollama', name: '' }))
      return 'unreachable';
    const chat = this.#local.filter((model) => model.capabilities.chat && model.boundary !== 'cloud');
    const serving = chat.filter((model) => this.#activity.isServing(model));
    if (serving.some((model) => !model.loaded)) return 'loading';
    if (serving.length > 0) return 'busy';
    return chat.length === 0 ? 'noModels' : 'ready';
  }

  #claudeState(): ClaudeState {
    if (this.#offline()) return 'offline';
    if (this.#key === undefined) return 'unknown';
    if (!this.#key) return 'noKey';
    const failing = this.#options.claude.known().some((model) => this.#options.resilience.failing(model.id));
    return failing || this.#account ? 'failing' : 'ready';
  }

  #candidates(): readonly Candidate[] {
    const { resilience, measurements, claude } = this.#options;
    const candidate = (model: Model, state: CandidateState): Candidate => {
      const speed = measurements.speed(model);
      const chatProven = this.#proofs.chatProven(model);
      const loadBytesPerSecond = measurements.loadBytesPerSecond(model);
      return {
        model,
        state: state === 'ready' && resilience.failing(model.id) ? 'failing' : state,
        busy: this.#activity.isBusy(model),
        fitsMemory: this.#fits(model, 0),
        toolsProven: this.#proofs.toolsProven(model),
        ...(chatProven === undefined ? {} : { chatProven }),
        ...(speed ? { speed } : {}),
        ...(loadBytesPerSecond === undefined ? {} : { loadBytesPerSecond }),
      };
    };
    const offline = this.#offline();
    // What another host has is nothing to go by: its models may lie behind another boundary.
    const local = this.#host === this.#options.ollama.host ? this.#local : [];
    return [
      ...local.map((model) => {
        const away = offline && model.boundary !== 'machine';
        return candidate(model, away ? 'offline' : this.#reach === 'gone' ? 'unreachable' : 'ready');
      }),
      ...claude.known().map((model) => candidate(model, offline ? 'offline' : this.#key ? 'ready' : 'noKey')),
    ];
  }

  #fits(model: Model, needTokens: number): boolean {
    return this.#memory.fits(model, needTokens, (other) => this.#activity.isBusy(other));
  }

  #offline(): boolean {
    return this.#options.policy().offline || !this.#options.online();
  }

  async #lookForKey(): Promise<void> {
    try {
      this.#key = Boolean((await this.#options.secrets.claudeKey())?.trim());
    } catch {
      this.#key = false;
    }
  }

  /** Offline, nothing leaves the machine: not even the question whether a host of the network is there. */
  #mayAskLocal(): boolean {
    if (!this.#options.policy().offline) return true;
    const url = `http://${this.#options.ollama.host}`;
    return URL.canParse(url) && isLoopback(url);
  }

  async #list(signal: AbortSignal): Promise<void> {
    if (!this.#mayAskLocal()) {
      this.#reach = 'gone';
      return;
    }
    try {
      const { host } = this.#options.ollama;
      const models = await this.#options.ollama.models(signal);
      this.#local = models;
      this.#host = host;
      this.#activity.looked(models);
      this.#memory.looked(models);
      this.#there();
    } catch (error) {
      if (!signal.aborted) this.#away(error);
    }
  }

  #there(): void {
    this.#missed = 0;
    this.#askAgain = false;
    if (this.#reach === 'gone') this.#options.resilience.recovered('ollama');
    this.#reach = 'there';
  }

  #away(error: unknown): void {
    this.#missed += 1;
    this.#failure = error instanceof ProviderError ? error.failure : undefined;
    this.#askAgain = isCut(error) && this.#missed === 1;
    if ((isLate(error) || this.#askAgain) && this.#reach === 'there' && this.#missed < missedProbes) return;
    this.#reach = 'gone';
    // What was loaded there is not any more; the names stay, so that a pinned one is still known.
    this.#local =
      this.#host === this.#options.ollama.host
        ? this.#local.map(({ loaded: _gone, ...model }): Model => model)
        : [];
  }

  async #listClaude(): Promise<void> {
    const { claude, clock, policy } = this.#options;
    if (!this.#key || this.#offline() || policy().mode === 'localOnly') return;
    if (clock.now() - this.#claudeListedAt < claudeListMs) return;
    this.#claudeListedAt = clock.now();
    try {
      await claude.models(this.#ending.signal);
      this.#account = undefined;
    } catch (error) {
      if (error instanceof ProviderError && accountFailures.has(error.failure.code))
        this.#account = error.failure;
    }
    this.#tell();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#ending.signal.aborted || (this.#listeners.size === 0 && this.#activity.calls === 0)) return;
    const far = this.#local.some((model) => model.boundary === 'network');
    const every = this.#askAgain ? 0 : (this.#options.probeEveryMs ?? (far ? networkProbeMs : probeMs));
    this.#timer = setTimeout(() => void this.#probe(false), every);
    // A command line ends when its answer does.
    this.#timer.unref();
  }

  async #probe(wholeList: boolean): Promise<void> {
    if (this.#probing || this.#ending.signal.aborted) return;
    this.#probing = true;
    this.#probes += 1;
    if (this.#activity.calls > 0) this.#options.measurements.tick();
    const { ollama } = this.#options;
    const ending = this.#ending.signal;
    try {
      const list =
        wholeList ||
        !this.#mayAskLocal() ||
        this.#activity.calls > 0 ||
        this.#reach !== 'there' ||
        this.#host !== ollama.host ||
        this.#probes % listEvery === 0;
      if (list) await this.#list(ending);
      else {
        await ollama.version(
          AbortSignal.any([ending, AbortSignal.timeout(this.#options.probePatienceMs ?? probePatienceMs)]),
        );
        this.#there();
      }
    } catch (error) {
      if (!ending.aborted) this.#away(error);
    } finally {
      this.#probing = false;
      if (!ending.aborted) {
        this.#tell();
        this.#schedule();
      }
    }
  }

  /** Tells listeners, where anything that they could show has changed. */
  #tell(): void {
    const health = this.current();
    const shown = shownOf(health);
    if (shown === this.#told) return;
    this.#told = shown;
    for (const listener of this.#listeners) {
      try {
        listener(health);
      } catch {
        // One listener's fault is not the others', nor that of what is being measured.
      }
    }
  }
}
