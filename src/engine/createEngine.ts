import { LedgerError } from '../ledger/sqliteError.ts';
import type { LocalProvider } from '../providers/provider.ts';
import type { Known, ProviderHealth } from '../providers/providerHealth.ts';
import { outlineOf } from '../tasks/outline.ts';
import type { TaskTools } from '../tasks/tasks.ts';
import { TestNames } from '../tasks/tests/testNames.ts';
import type { Attempt } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Candidate, Model } from '../vocabulary/model.ts';
import type { RunParts } from './cascade.ts';
import { ClaudeWanted } from './claudeWanted.ts';
import { decideRequest } from './deciding.ts';
import type { Engine } from './engine.ts';
import { estimatedAttempt } from './estimatedAttempt.ts';
import { learnedOf, wideningsNow } from './learned.ts';
import { remember } from './marks.ts';
import { measureModel } from './measureModel.ts';
import type { NoticeBoard } from './noticeBoard.ts';
import { Probing } from './probing.ts';
import { pumped } from './pumped.ts';
import { Recollection } from './recollection.ts';
import { replay } from './replay.ts';
import { runRequest } from './runRequest.ts';
import { waitAtMost } from './waitAtMost.ts';

export interface EngineParts
  extends Omit<
    RunParts,
    | 'candidates'
    | 'claudeWanted'
    | 'fitting'
    | 'lacked'
    | 'localServer'
    | 'recollection'
    | 'remember'
    | 'served'
    | 'serving'
    | 'notify'
    | 'ledgerFailed'
  > {
  /** Ollama as such: pulling, freeing memory, measuring. */
  readonly local: LocalProvider;
  readonly notices: NoticeBoard;
  readonly health: ProviderHealth;
  /** Ends what runs beside the engine: workers, watchers. */
  readonly close: () => Promise<void>;
}

/** A first look at the providers may take this long before a request is decided without them. */
const firstLookMs = 3_000;
/** What was learnt of the machine before may take this long to come; what comes later counts later. */
const recallMs = 500;
/** Requests that were told to end have this long to close their books. */
const endWithinMs = 700;
/** What still runs beside the engine has this long after that; whatever is left then is left behind. */
const closeWithinMs = 1_100;

export function createEngine(parts: EngineParts): Engine {
  const { health, ledger, clock, local, notices } = parts;
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  let recall: { readonly done: Promise<void>; over: boolean } | undefined;
  let look: { readonly host: string; readonly done: Promise<unknown>; over: boolean } | undefined;

  /**
   * The first requests share one look at the providers, as do the first ones after the host was set anew, and at what
   * was learnt of the machine; once one took too long, nobody waits for it any more.
   */
  const candidates = async (signal: AbortSignal): Promise<readonly Candidate[]> => {
    if (look?.host !== local.host)
      look = {
        host: local.host,
        done: health.check(ending.signal).catch(() => undefined),
        over: false,
      };
    const learn = (known: Known) => health.learn(known);
    recall ??= { done: ledger.machine().then(learn, () => undefined), over: false };
    for (const [mine, ms] of [
      [recall, recallMs],
      [look, firstLookMs],
    ] as const) {
      if (mine.over) continue;
      await waitAtMost(mine.done, ms, clock, signal);
      signal.throwIfAborted();
      mine.over = true;
    }
    return health.current().candidates;
  };

  /** Known as running until its books are closed, whoever listens. */
  async function* counted(source: AsyncIterable<EngineEvent>): AsyncGenerator<EngineEvent, void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    running.add(promise);
    try {
      yield* source;
    } finally {
      running.delete(promise);
      resolve();
    }
  }

  const ledgerFailed = (error: unknown): void => {
    const detail = error instanceof Error ? error.name : 'unknown';
    notices.once(
      error instanceof LedgerError ? error.failure : { code: 'ledgerUnavailable', params: { detail } },
    );
  };
  const probing = new Probing({ ...parts, ledgerFailed, ending: ending.signal });
  /** A call of a local model goes before every probe. */
  const serving = (model: Model): { dispose(): void } => {
    const first = model.id.provider === 'ollama' ? probing.request() : undefined;
    const call = health.serving(model);
    return {
      dispose: () => {
        call.dispose();
        first?.dispose();
      },
    };
  };
  const served = (attempt: Attempt, model: Model): void => {
    const reading = health.served(attempt, model);
    if (reading) ledger.measured(reading).catch(ledgerFailed);
  };
  const recollection = new Recollection(ledger, clock);
  const claudeWanted = new ClaudeWanted();
  const run: RunParts = {
    ...parts,
    claudeWanted,
    recollection,
    candidates,
    fitting: (all, needTokens) => health.fitting(all, needTokens),
    lacked: (considered, all) => probing.lacked(considered, all),
    localServer: () => {
      const { local: state, host, localFailure } = health.current();
      return { host, reachable: state !== 'unreachable', failure: localFailure };
    },
    remember: (conversation, cause) => remember(conversation, cause, parts),
    served,
    serving,
    notify: (notice) => notices.tell(notice),
    ledgerFailed,
  };
  const alive = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, ending.signal]);

  const testNames = new TestNames(parts.tools.files, clock, ending.signal);

  return {
    run(request, signal) {
      const abandoned = new AbortController();
      const events = runRequest(request, run, AbortSignal.any([alive(signal), abandoned.signal]));
      return pumped(counted(events), () =>
        abandoned.abort(new DOMException('Nobody listens any more', 'AbortError')),
      );
    },
    outline: (source, signal) => outlineOf(source, parts.tools.code, alive(signal)),
    isTested: (place) => testNames.has(place),
    askClaudeNow: (requestId) => claudeWanted.say(requestId),
    async judgeAgain(request, task, answer, signal, standing = {}) {
      const { tasks, tools } = parts;
      const alone = alive(signal);
      const prepared = await tasks.prepare(task, request, unasked(tools), alone);
      // What its tests notice was found out when it came.
      const known = standing.seen === undefined ? { leftMs: 0 } : standing;
      return prepared.ok ? tasks.judge(prepared.value, answer, tools, alone, known) : undefined;
    },
    async decide(request, signal) {
      const preview = {
        ...run,
        tools: unasked(run.tools),
        preview: true,
        remember: async () => undefined,
        lacked: () => undefined,
      };
      const decided = await decideRequest(request, parts.policy(), preview, alive(signal));
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
      look = { host: checked.host, done: Promise.resolve(), over: true };
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
    measure(name, signal) {
      const noted = { current: () => health.current(), served, serving };
      return measureModel(name, local, noted, clock, alive(signal));
    },
    probe: (name, kind, signal) => probing.probe(name, kind, signal),
    summary: (period) => ledger.summary(period, clock.now()),
    left: (period) => ledger.left(period, clock.now()),
    servedToday: () => ledger.servedToday(clock.now()),
    onDidChangeLedger: (listener) => ledger.onDidChange(listener),
    onDidNotice: (listener) => notices.onDidNotice(listener),
    decisionOf: (requestId) => ledger.decisionOf(requestId),
    undecidedOf: (requestId) => ledger.undecidedOf(requestId),
    replay: (requestId) => replay(requestId, ledger, parts.router),
    async lessons() {
      await recollection.renew(parts.policy().budget);
      return learnedOf(recollection.all(), health.current().candidates, parts.policy());
    },
    async widenings() {
      await recollection.renew(parts.policy().budget);
      return wideningsNow(recollection.all(), health.current().candidates, parts.policy());
    },
    forgetLessons: (what = {}) => ledger.forgetLessons(what.model),
    async budget() {
      const { budget } = parts.policy();
      await recollection.renew(budget);
      return recollection.budget(budget);
    },
    feedback: (requestId, feedback) => ledger.feedback(requestId, feedback, clock.now()),
    policy: parts.policy,
    async dispose() {
      ending.abort(new DOMException('Maia is closing', 'AbortError'));
      health.dispose();
      // The ledger closes last: a request that was cut off still has its row to write.
      await waitAtMost(Promise.all(running), endWithinMs, clock);
      await waitAtMost(
        Promise.allSettled([
          parts.close(),
          ledger.close(),
          parts.privacy.dispose(),
          parts.tools.code.dispose(),
        ]),
        closeWithinMs,
        clock,
      );
    },
  };
}

/** Where nothing is going to be run nobody is asked whether it may. */
function unasked({ runner: _, ...tools }: TaskTools): TaskTools {
  return tools;
}
