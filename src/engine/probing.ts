import type { Ledger } from '../ledger/ledger.ts';
import type { Privacy } from '../privacy/privacy.ts';
import { probeModel } from '../providers/probe.ts';
import type { Composed, LocalProvider, Sendable } from '../providers/provider.ts';
import type { ProviderHealth } from '../providers/providerHealth.ts';
import type { Considered } from '../vocabulary/decision.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Candidate } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { ProbeEvent, ProbeKind, ProbeResult } from '../vocabulary/probe.ts';
import { failureOf } from './unexpected.ts';

export interface ProbingParts {
  readonly local: LocalProvider;
  readonly health: Pick<ProviderHealth, 'current' | 'serving' | 'learn' | 'probeOf' | 'fitsBeside' | 'check'>;
  readonly ledger: Pick<Ledger, 'probed' | 'egress'>;
  readonly privacy: Pick<Privacy, 'permit'>;
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly ledgerFailed: (error: unknown) => void;
  /** Aborts when the engine ends. */
  readonly ending: AbortSignal;
}

/** How long local models have to be left alone before a probe that nobody waits for begins. */
const idleMs = 3_000;
/** What could not be probed (a model that does not load) is left alone for so long, unless somebody asks for it. */
const leftAloneMs = 10 * 60_000;

interface Wanted {
  readonly name: string;
  readonly kind: ProbeKind;
}

/** A request began: whatever is probed gives way to it. */
const gaveWay = new DOMException('A request goes first', 'AbortError');

/**
 * Finds out what local models can do, one probe at a time and only while no request is answered on their host. A request
 * puts an end to the probe that runs; it begins anew once all is quiet.
 */
export class Probing {
  readonly #parts: ProbingParts;
  readonly #wanted: Wanted[] = [];
  /** When a probe in the background failed, on the monotonic clock. */
  readonly #failedAt = new Map<string, number>();
  #requests = 0;
  #endedAt = Number.NEGATIVE_INFINITY;
  /** The probe that runs, and whether somebody waits for it. */
  #current: { readonly stop: AbortController; readonly awaited: boolean } | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #working = false;
  /** Resolved and made anew whenever a request begins or ends. */
  #changed = Promise.withResolvers<void>();

  constructor(parts: ProbingParts) {
    this.#parts = parts;
  }

  /** A request is about to be answered by a local model; until disposed nothing is probed. */
  request(): { dispose(): void } {
    this.#requests += 1;
    this.#current?.stop.abort(gaveWay);
    this.#notify();
    let over = false;
    return {
      dispose: () => {
        if (over) return;
        over = true;
        this.#requests -= 1;
        this.#endedAt = this.#parts.clock.monotonic();
        this.#notify();
      },
    };
  }

  /**
   * What a decision lacked: models that were left out, or taken without proof, since nobody knows what they can do. They
   * are probed in the background, later. Of those that are not in memory only the likeliest, and only where it fits
   * beside what is.
   */
  lacked(considered: readonly Considered[], candidates: readonly Candidate[]): void {
    const unknown = candidates.flatMap((candidate): Wanted[] => {
      const { model } = candidate;
      const { name } = model.id;
      if (model.route !== 'local' || candidate.state !== 'ready') return [];
      const removed = considered.find((one) => one.model.name === name && one.route === 'local')?.removedBy;
      const kind =
        removed?.code === 'toolsNotProven'
          ? 'tools'
          : removed?.code === 'chatNotProven' || (!removed && candidate.chatProven === undefined)
            ? 'chat'
            : undefined;
      const known = kind && (this.#parts.health.probeOf(model, kind) || this.#isLeftAlone({ name, kind }));
      return kind && !known ? [{ name, kind }] : [];
    });
    const of = ({ name }: Wanted) => candidates.find((one) => one.model.id.name === name);
    const bound = ({ name }: Wanted) =>
      considered.find((one) => one.model.name === name)?.quality?.bound ??
      (of({ name, kind: 'tools' })?.model.parametersBillion ?? 0) / 1e6;
    const loaded = unknown.filter((one) => of(one)?.model.loaded);
    const cold = unknown.filter((one) => !of(one)?.model.loaded).sort((a, b) => bound(b) - bound(a));
    for (const one of [...loaded, ...cold.slice(0, 1)]) {
      if (this.#wanted.some(({ name, kind }) => name === one.name && kind === one.kind)) continue;
      this.#wanted.push(one);
      // Somebody is at work just now: not at once.
      this.#endedAt = this.#parts.clock.monotonic();
    }
    void this.#work();
  }

  /** At the user's word: loads the model where it has to, waits for requests, and asks whatever was found before. */
  async *probe(name: string, kind: ProbeKind, outer: AbortSignal): AsyncGenerator<ProbeEvent, void> {
    const signal = AbortSignal.any([outer, this.#parts.ending]);
    const candidate = this.#find(name);
    const failure = candidate ? unfit(candidate, kind) : missing(name);
    if (failure) {
      yield { type: 'done', result: { ok: false, failure } };
      return;
    }
    const before = this.#turn;
    const mine = Promise.withResolvers<void>();
    this.#turn = mine.promise;
    try {
      if (!this.#current?.awaited) this.#current?.stop.abort(gaveWay);
      await before;
      for (;;) {
        if (this.#requests > 0) yield { type: 'waiting' };
        await this.#quiet(0, signal);
        signal.throwIfAborted();
        const now = this.#find(name) ?? candidate;
        if (!now) return;
        const result = yield* this.#once(now, kind, true, signal);
        if (!result) continue;
        yield { type: 'done', result };
        return;
      }
    } finally {
      mine.resolve();
    }
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    const { ending, health } = this.#parts;
    try {
      for (let next = this.#wanted[0]; next && !ending.aborted; next = this.#wanted[0]) {
        await this.#quiet(idleMs, ending);
        const before = this.#turn;
        const mine = Promise.withResolvers<void>();
        this.#turn = mine.promise;
        try {
          await before;
          if (ending.aborted) return;
          if (this.#requests > 0) continue;
          const candidate = this.#find(next.name);
          const open =
            candidate && !unfit(candidate, next.kind) && !health.probeOf(candidate.model, next.kind);
          if (open && this.#mayLoad(candidate)) {
            const steps = this.#once(candidate, next.kind, false, ending);
            let step = await steps.next();
            while (!step.done) step = await steps.next();
            // It gave way: later again.
            if (!step.value) continue;
            if (!step.value.ok && step.value.failure.code !== 'ollamaUnreachable')
              this.#failedAt.set(nameOf(next), this.#parts.clock.monotonic());
          }
          this.#wanted.shift();
        } finally {
          mine.resolve();
        }
      }
    } catch {
      // The engine ends, or health could not be asked: the next request that lacks it begins again.
    } finally {
      this.#working = false;
    }
  }

  #isLeftAlone(one: Wanted): boolean {
    const failedAt = this.#failedAt.get(nameOf(one));
    return failedAt !== undefined && this.#parts.clock.monotonic() - failedAt < leftAloneMs;
  }

  /** Nobody asked for it: a model that is cold is loaded only where that puts nothing out of memory. */
  #mayLoad({ model, fitsMemory, busy }: Candidate): boolean {
    if (busy) return false;
    return model.loaded !== undefined || (fitsMemory && this.#parts.health.fitsBeside(model));
  }

  /** One probe; undefined where it gave way to a request. Throws the signal's reason. */
  async *#once(
    candidate: Candidate,
    kind: ProbeKind,
    awaited: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<ProbeEvent, Extract<ProbeEvent, { type: 'done' }>['result'] | undefined> {
    const { local, health, clock, ledger, ledgerFailed } = this.#parts;
    const { model } = candidate;
    const stop = new AbortController();
    const current = { stop, awaited };
    this.#current = current;
    const within = AbortSignal.any([signal, stop.signal]);
    const serving = health.serving(model, true);
    try {
      let there = model;
      if (!model.loaded) {
        yield { type: 'loading' };
        await local.load(model.id.name, within);
        await health.check(within);
        there = this.#find(model.id.name)?.model ?? model;
      }
      const { keepAlive } = this.#parts.policy().ollama;
      const result: ProbeResult = yield* probeModel(
        there,
        kind,
        {
          provider: local,
          clock,
          permit: (composed, until) => this.#permitted(composed, until),
          ...(keepAlive === undefined ? {} : { keepAlive }),
        },
        within,
      );
      health.learn({ probes: [result] });
      // A machine that was busy says nothing of the next time.
      if (!result.steps.some(({ finding }) => finding === 'timedOut'))
        ledger.probed(result).catch(ledgerFailed);
      return { ok: true, value: result };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      return stop.signal.aborted ? undefined : { ok: false, failure: failureOf(error) };
    } finally {
      if (this.#current === current) this.#current = undefined;
      serving.dispose();
    }
  }

  /** The questions are fixed and hold nothing of anybody's; a host that is not this machine gets them by permit all the same. */
  async #permitted(composed: Composed, signal: AbortSignal): Promise<Sendable> {
    if (composed.model.boundary === 'machine') return { boundary: 'machine', composed };
    const { privacy, ledger, policy, clock, ledgerFailed } = this.#parts;
    const protection = { protected: false, reasons: [] } as const;
    const answer = await privacy.permit(
      { requestId: 'probe', composed, protection, at: clock.now() },
      policy(),
      signal,
    );
    if (!answer.ok) throw new Error(answer.reason.code);
    ledger.egress(answer.egress).catch(ledgerFailed);
    return answer.permit;
  }

  #find(name: string): Candidate | undefined {
    const { candidates } = this.#parts.health.current();
    return candidates.find(({ model }) => model.route === 'local' && model.id.name === name);
  }

  /** Until no request has been answered for so long; returns at once when the signal aborts. */
  async #quiet(forMs: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const changed = this.#changed.promise;
      const left = this.#requests > 0 ? undefined : this.#endedAt + forMs - this.#parts.clock.monotonic();
      if (left !== undefined && left <= 0) return;
      const over = new AbortController();
      const waiting = AbortSignal.any([signal, over.signal]);
      const slept = this.#parts.clock.sleep(left ?? 60 * 60_000, waiting);
      await Promise.race([changed, slept]);
      over.abort();
    }
  }

  #notify(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    resolve();
  }
}

function nameOf({ name, kind }: Wanted): string {
  return `${kind} ${name}`;
}

function missing(model: string): Failure {
  return { code: 'modelMissing', params: { model } };
}

/** Why a model can't be probed at all. */
function unfit({ model, state }: Candidate, kind: ProbeKind): Failure | undefined {
  const { name } = model.id;
  if (state === 'unreachable') return { code: 'ollamaUnreachable', params: { host: model.host ?? '' } };
  if (!model.capabilities.chat) return { code: 'modelLacks', params: { model: name, capability: 'chat' } };
  if (kind === 'tools' && !model.capabilities.tools)
    return { code: 'modelLacks', params: { model: name, capability: 'tools' } };
  return undefined;
}
