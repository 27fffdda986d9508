import type { LocalProvider } from '../providers/provider.ts';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Health } from '../vocabulary/health.ts';
import type { Candidate, Model } from '../vocabulary/model.ts';
import type { RunParts } from './cascade.ts';
import { decideRequest } from './deciding.ts';
import type { Engine } from './engine.ts';
import { estimatedAttempt } from './estimatedAttempt.ts';
import { measureModel } from './measureModel.ts';
import type { NoticeBoard } from './noticeBoard.ts';
import { pumped } from './pumped.ts';
import { runRequest } from './runRequest.ts';

/** What the engine needs of health: what was really served, and who may be asked. */
export interface HealthSource {
  current(): Health;
  check(signal: AbortSignal): Promise<Health>;
  onDidChange(listener: (health: Health) => void): { dispose(): void };
  served(attempt: Attempt, model: Model): void;
  serving(model: Model): { dispose(): void };
  dispose(): void;
}

export interface EngineParts
  extends Omit<RunParts, 'candidates' | 'unreachableHost' | 'served' | 'serving' | 'ledgerFailed'> {
  /** Ollama as such: pulling, freeing memory, measuring. */
  readonly local: LocalProvider;
  readonly notices: NoticeBoard;
  readonly health: HealthSource;
  /** Ends what runs beside the engine: workers, watchers. */
  readonly close: () => Promise<void>;
}

/** A first look at the providers may take this long before a request is decided without them. */
const firstLookMs = 3_000;
/** Whatever is still running after this is left behind. */
const closeWithinMs = 1_800;

export function createEngine(parts: EngineParts): Engine {
  const { health, ledger, clock, local, notices } = parts;
  const ending = new AbortController();
  let looked = false;

  const candidates = async (signal: AbortSignal): Promise<readonly Candidate[]> => {
    if (!looked) {
      const patience = new AbortController();
      const within = AbortSignal.any([signal, ending.signal, patience.signal]);
      await Promise.race([
        health.check(within).then(() => {
          looked = true;
        }),
        clock.sleep(firstLookMs, within),
      ]).finally(() => patience.abort());
      signal.throwIfAborted();
    }
    return health.current().candidates;
  };

  const run: RunParts = {
    ...parts,
    candidates,
    unreachableHost: () => {
      const { local: state, host } = health.current();
      return state === 'unreachable' ? host : undefined;
    },
    served: (attempt, model) => health.served(attempt, model),
    serving: (model) => health.serving(model),
    ledgerFailed: (error) =>
      notices.once({ code: 'ledgerUnavailable', params: { detail: errorName(error) } } satisfies Failure),
  };
  const alive = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, ending.signal]);

  return {
    run(request, signal) {
      const abandoned = new AbortController();
      return pumped(runRequest(request, run, AbortSignal.any([alive(signal), abandoned.signal])), () =>
        abandoned.abort(new DOMException('Nobody listens any more', 'AbortError')),
      );
    },
    async decide(request, signal) {
      const decided = await decideRequest(request, parts.policy(), run, alive(signal));
      return decided.ok ? { ok: true, value: decided.value.decision } : decided;
    },
    estimate(decision) {
      const at = clock.now();
      const { baseline, prices } = parts.policy();
      const attempts = [estimatedAttempt(decision, at)];
      return parts.account({ attempts, baselineModel: baseline, overrides: prices, at }).paid;
    },
    health: () => health.current(),
    async checkHealth(signal) {
      const checked = await health.check(alive(signal));
      looked = true;
      return checked;
    },
    onDidChangeHealth: (listener) => health.onDidChange(listener),
    async *pull(name, signal) {
      yield* local.pull(name, alive(signal));
      await health.check(alive(signal)).catch(() => undefined);
    },
    async freeMemory(signal) {
      const loaded = (await local.models(alive(signal))).filter((model) => model.loaded);
      await Promise.all(loaded.map((model) => local.unload(model.id.name, alive(signal))));
      await health.check(alive(signal)).catch(() => undefined);
      return loaded.map((model) => model.id.name);
    },
    measure: (name, signal) => measureModel(name, local, health, clock, alive(signal)),
    summary: (period) => ledger.summary(period, clock.now()),
    servedToday: () => ledger.servedToday(clock.now()),
    onDidChangeLedger: (listener) => ledger.onDidChange(listener),
    onDidNotice: (listener) => notices.onDidNotice(listener),
    decisionOf: (requestId) => ledger.decisionOf(requestId),
    feedback: (requestId, feedback) => ledger.feedback(requestId, feedback, clock.now()),
    policy: parts.policy,
    async dispose() {
      ending.abort(new DOMException('Maia is closing', 'AbortError'));
      health.dispose();
      const closed = new AbortController();
      await Promise.race([
        Promise.allSettled([
          parts.close(),
          ledger.close(),
          parts.privacy.dispose(),
          parts.tools.code.dispose(),
        ]),
        clock.sleep(closeWithinMs, closed.signal),
      ]);
      closed.abort();
    },
  };
}

function errorName(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
