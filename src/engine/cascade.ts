import type { AccountInput } from '../ledger/account.ts';
import type { FoundSecret } from '../privacy/job.ts';
import type { Provider } from '../providers/provider.ts';
import { isRepairable, repairMessages } from '../tasks/repair.ts';
import type { Earlier, Judged } from '../tasks/tasks.ts';
import type { Account, Attempt } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Failure } from '../vocabulary/failure.ts';
import { type Candidate, type Model, type ModelId, type ProviderId, sameModel } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Log } from '../vocabulary/ports.ts';
import type { Finding } from '../vocabulary/verdict.ts';
import { type Called, type CallParts, callModel } from './callModel.ts';
import { checking } from './checking.ts';
import { claudeAfter } from './claudeAfter.ts';
import { type ClaudeWanted, type ClaudeWord, sentToClaude } from './claudeWanted.ts';
import { whole, withoutMask } from './cutAndMasked.ts';
import type { Decided, DecidingParts } from './deciding.ts';
import { doubtOf, openingDoubtOf } from './doubt.ts';
import { effortFor } from './effort.ts';
import { handedOver, type Last, onAsUnsure, onToClaude } from './handOver.ts';
import type { LookAtOpening, Opening } from './heldOpening.ts';
import { lookFor } from './lookFor.ts';
import { estimateTokens } from './tokenEstimate.ts';
import { widerWindow } from './widerWindow.ts';

export interface RunParts extends DecidingParts, CallParts {
  readonly providers: Readonly<Record<ProviderId, Provider>>;
  readonly policy: () => Policy;
  readonly account: (input: AccountInput) => Account;
  /** One line for each decision. */
  readonly log: Log;
  /** Told of every attempt, so that health and speed follow what was really served. */
  readonly served: (attempt: Attempt, model: Model) => void;
  readonly serving: (model: Model) => { dispose(): void };
  readonly claudeWanted: ClaudeWanted;
}

/** What the course of a request has come to so far. */
export interface Course {
  readonly attempts: Attempt[];
  text: string;
  answeredBy?: number;
  /** The answer was given to the surface: a cancel comes too late. */
  settled?: true;
  judged?: Judged;
  failure?: Failure;
  /** Found in the very bytes of an attempt, and nothing else stood against it. */
  secrets?: readonly FoundSecret[];
}

/** Room for what a check found, in tokens. */
const findingTokens = 300;

/**
 * The decision's model, then its chain: until one has answered and its check has passed, or nobody is left. The
 * developer may send it on to Claude meanwhile, where Claude is in that chain.
 */
export async function* cascade(
  decided: Decided,
  course: Course,
  parts: RunParts,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, void> {
  const word = parts.claudeWanted.listen(decided.request.id);
  try {
    yield* inTurn(decided, course, parts, word, signal);
  } finally {
    word.dispose();
  }
}

async function* inTurn(
  decided: Decided,
  course: Course,
  parts: RunParts,
  word: ClaudeWord,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, void> {
  let queue: ModelId[] = [decided.decision.model, ...decided.decision.chain];
  const startedAt = parts.clock.monotonic();
  let shown = false;
  let repair: Repair | undefined;
  let last: Last | undefined;
  let window: number | undefined;
  const earlier: Earlier[] = [];
  let looking = !decided.prepared.held;

  while (queue.length > 0) {
    const id = queue.shift() as ModelId;
    const candidate = decided.candidates.find((one) => sameModel(one.model.id, id));
    if (!candidate) continue;
    const claude = claudeAfter(candidate.model, queue, decided);
    word.waiting = claude !== undefined && !word.signal.aborted;
    const own = word.waiting ? AbortSignal.any([signal, word.signal]) : signal;
    if (last && shown) {
      yield { type: 'restarted', from: last.id, to: id, reason: handedOver(last, id) };
      shown = false;
    } else if (last && !last.wanted && !last.unsure)
      yield {
        type: 'progress',
        progress: { code: 'handedOver', params: { from: last.id.name, to: id.name } },
      };

    const doubtAtOnce = (opening: Opening) =>
      openingDoubtOf(opening, candidate.model, decided, parts.recollection);
    const look = looking
      ? lookFor(candidate.model, claude, decided.prepared, parts.tasks, doubtAtOnce)
      : undefined;
    const called = yield* callAndNote(decided, candidate, { window, repair, look }, course, parts, own);
    repair = undefined;
    window = undefined;
    shown ||= called.shown;
    const { attempt } = called;
    if (signal.aborted && attempt.end === 'cancelled') return;
    if (claude && own.aborted && (attempt.end === 'cancelled' || attempt.failure)) {
      yield onToClaude(claude);
      queue = [claude, id];
      last = { id, wanted: true };
      continue;
    }

    if (attempt.failure) {
      const wider = widerWindow(attempt.failure, candidate.model, decided);
      if (
        wider !== undefined &&
        !course.attempts.some((one) => one !== attempt && sameModel(one.model, id))
      ) {
        window = wider;
        queue.unshift(id);
        last = undefined;
        continue;
      }
      course.failure = attempt.failure;
      if (called.secrets) course.secrets = called.secrets;
      if (isProtected(attempt.failure) && decided.request.conversation !== undefined)
        await parts.remember(decided.request.conversation, called.secrets ? 'secret' : 'protected');
      // A request that one provider will never take may still be one that another takes.
      if (called.remedy === 'never') queue = queue.filter(({ provider }) => provider !== id.provider);
      last = { id, failure: attempt.failure };
      continue;
    }

    if (called.badOpening && attempt.verdict) {
      yield { type: 'checked', attempt: attempt.index, verdict: attempt.verdict };
      // Asked once more where Claude does not answer either, it is shown, under its finding.
      looking = false;
      queue = [...(claude ? [claude] : []), id];
      if (claude) {
        last = { id };
        yield { type: 'progress', progress: { code: 'askingAfterCheck', params: { to: claude.name } } };
      } else {
        last = undefined;
        repair = { answer: called.text, findings: [called.badOpening] };
        yield { type: 'progress', progress: { code: 'repairing', params: { model: id.name } } };
      }
      continue;
    }

    if (attempt.passedOver && claude) {
      looking = false;
      queue = [claude, id];
      last = { id, unsure: true };
      yield onAsUnsure(claude);
      continue;
    }

    if (called.calledTools || !decided.prepared.held) {
      settle(course, called);
      if (!called.calledTools) yield* judgeStreamed(decided, course, called, parts, signal);
      return;
    }

    const leftMs = Math.max(0, decided.policy.patience.heldMs - (parts.clock.monotonic() - startedAt));
    const answer = yield* checking(
      parts.tasks,
      decided.prepared,
      called.text,
      parts.tools,
      { leftMs, earlier },
      own,
    );
    const found = whole(attempt, answer);
    const judged = withoutMask(decided, found);
    signal.throwIfAborted();
    if (own.aborted && claude) {
      const passedOver = { code: 'wordRoute', params: { route: 'claude' } } as const;
      course.attempts[attempt.index] = { ...attempt, passedOver };
      yield onToClaude(claude);
      queue = [claude, id];
      last = { id, wanted: true };
      continue;
    }
    word.waiting = false;
    yield { type: 'checked', attempt: attempt.index, verdict: judged.verdict };
    course.attempts[attempt.index] = { ...attempt, verdict: judged.verdict };
    earlier.push({ model: id, answer: called.text, verdict: judged.verdict });
    if (judged.verdict.kind === 'failed') {
      keepBetter(course, judged, attempt.index);
      // What may be a bug is the developer's to look at: nobody is asked to write it away.
      const suspects = judged.verdict.findings.some(({ code }) => code === 'suspectedBug');
      const next = suspects ? undefined : claude;
      const first = course.attempts.filter((one) => one.verdict?.kind === 'failed').length === 1;
      const elapsedMs = parts.clock.monotonic() - startedAt;
      if (
        first &&
        attempt.end !== 'length' &&
        // Nobody but the developer knows what belongs where a mask stands: asked again, a model would invent it.
        judged === found &&
        isRepairable(judged.verdict) &&
        (!next || inPatience(attempt, elapsedMs, decided))
      ) {
        repair = { answer: called.text, findings: judged.verdict.findings };
        queue = [id, ...(next ? [next] : [])];
        last = undefined;
        yield { type: 'progress', progress: { code: 'repairing', params: { model: id.name } } };
        continue;
      }
      if (next) {
        queue = [next];
        last = { id };
        yield { type: 'progress', progress: { code: 'askingAfterCheck', params: { to: next.name } } };
        continue;
      }
      // Nobody is left who could do better than the best of them.
      if (!first && !suspects) break;
    }
    const doubt =
      claude &&
      doubtOf(course.attempts[attempt.index] ?? attempt, candidate.model, decided, parts.recollection);
    if (doubt) {
      keepBetter(course, judged, attempt.index);
      course.attempts[attempt.index] = { ...attempt, verdict: judged.verdict, passedOver: doubt };
      queue = [claude];
      last = { id, unsure: true };
      yield onAsUnsure(claude);
      continue;
    }
    settle(course, { ...called, text: judged.text });
    course.judged = judged;
    if (judged.verdict.kind === 'failed') course.failure = checkFailed(judged);
    yield { type: 'text', text: judged.text };
    return;
  }

  if (course.judged && course.answeredBy !== undefined) {
    course.settled = true;
    if (course.judged.verdict.kind === 'failed') course.failure = checkFailed(course.judged);
    else delete course.failure;
    yield { type: 'text', text: course.judged.text };
  }
}

function checkFailed({ verdict: { findings } }: Judged): Failure {
  return { code: 'checkFailed', params: { findings } };
}

/** An answer that goes back to its model, with what its check found. */
interface Repair {
  readonly answer: string;
  readonly findings: readonly Finding[];
}

/** Of answers whose check failed the one that holds something to apply, else the one with less against it. */
function keepBetter(course: Course, judged: Judged, index: number): void {
  const known = course.judged;
  const isBetter =
    !known ||
    (known.proposal === undefined && judged.proposal !== undefined) ||
    ((known.proposal === undefined) === (judged.proposal === undefined) &&
      judged.verdict.findings.length <= known.verdict.findings.length);
  if (!isBetter) return;
  // An attempt under its finding is better than nothing.
  course.text = judged.text;
  course.judged = judged;
  course.answeredBy = index;
}

/** Whether the same model can be expected to be through again before the user's patience ends. */
function inPatience(attempt: Attempt, elapsedMs: number, { policy }: Decided): boolean {
  const again = attempt.totalMs - (attempt.loadMs ?? 0);
  return elapsedMs + again <= policy.patience.heldMs;
}

/** How one model is asked, this time. */
interface Turn {
  readonly window: number | undefined;
  readonly repair: Repair | undefined;
  readonly look: LookAtOpening | undefined;
}

async function* callAndNote(
  decided: Decided,
  candidate: Candidate,
  { window, repair, look }: Turn,
  course: Course,
  parts: RunParts,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, Called> {
  const { prepared, request, decision, policy, protection } = decided;
  const { model } = candidate;
  const { effort, thinkingTokens } = effortFor(decision.classification);
  const claude = model.route === 'claude';
  const index = course.attempts.length;
  const busy = parts.serving(model);
  try {
    const came = yield* callModel(
      {
        requestId: request.id,
        index,
        call: {
          model,
          messages: repair
            ? repairMessages(prepared.messages, repair.answer, repair.findings)
            : prepared.messages,
          tools: request.tools,
          toolChoice: request.toolChoice,
          windowTokens:
            (window ?? decision.promptTokens + prepared.outputTokens) +
            (repair ? estimateTokens(repair.answer) + findingTokens : 0),
          maxOutputTokens: prepared.outputTokens + (claude ? thinkingTokens : 0),
          think: false,
          effort,
          logprobs: true,
          ...(policy.ollama.keepAlive === undefined ? {} : { keepAlive: policy.ollama.keepAlive }),
        },
        provider: parts.providers[model.id.provider],
        protection,
        policy,
        held: prepared.held,
        ...(look ? { look } : {}),
      },
      parts,
      signal,
    );
    const called = leftByWord(came, signal);
    course.attempts.push(called.attempt);
    // What was not permitted says nothing of its provider.
    if (called.attempt.failure?.code !== 'noPermit') parts.served(called.attempt, model);
    // Not waited for: the worker takes messages in order, so the row is there before the request's end.
    parts.ledger.attempted(request.id, called.attempt).catch(parts.ledgerFailed);
    return called;
  } finally {
    busy.dispose();
  }
}

/** An attempt that the developer ended for Claude says so in the ledger; it says nothing of its model's answers. */
function leftByWord(called: Called, { reason }: AbortSignal): Called {
  const { attempt } = called;
  if (attempt.end !== 'cancelled' || reason !== sentToClaude) return called;
  const failure: Failure = { code: 'leftForClaude', params: { model: attempt.model.name } };
  return { ...called, attempt: { ...attempt, failure } };
}

function settle(course: Course, called: Called): void {
  course.text = called.text;
  course.answeredBy = called.attempt.index;
  course.settled = true;
  if (called.attempt.end === 'length')
    course.failure = { code: 'answerCut', params: { model: called.attempt.model.name } };
  else delete course.failure;
}

async function* judgeStreamed(
  decided: Decided,
  course: Course,
  called: Called,
  parts: RunParts,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, void> {
  const found = await parts.tasks.judge(decided.prepared, called.text, parts.tools, signal);
  const judged = whole(called.attempt, found);
  if (signal.aborted) return;
  course.judged = judged;
  course.attempts[called.attempt.index] = { ...called.attempt, verdict: judged.verdict };
  yield { type: 'checked', attempt: called.attempt.index, verdict: judged.verdict };
}

/** Something protected was found in the very bytes, where nothing had been found in the request. */
function isProtected(failure: Failure): boolean {
  if (failure.code !== 'noPermit') return false;
  const { code } = failure.params.reason;
  return code === 'protectedSecret' || code === 'protectedLines' || code === 'scanTimeout';
}
