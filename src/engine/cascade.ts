import type { AccountInput } from '../ledger/account.ts';
import type { Provider } from '../providers/provider.ts';
import { repairMessages } from '../tasks/repair.ts';
import type { Earlier } from '../tasks/tasks.ts';
import type { Account, Attempt } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Failure } from '../vocabulary/failure.ts';
import { type Candidate, type Model, type ModelId, type ProviderId, sameModel } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Log } from '../vocabulary/ports.ts';
import { type Called, type CallParts, callModel } from './callModel.ts';
import { claudeAfter } from './claudeAfter.ts';
import { type ClaudeWanted, type ClaudeWord, sentToClaude } from './claudeWanted.ts';
import { type Course, checkFailed, settle } from './course.ts';
import { whole } from './cutAndMasked.ts';
import type { Decided, DecidingParts } from './deciding.ts';
import { openingDoubtOf } from './doubt.ts';
import { effortFor } from './effort.ts';
import { judgeHeld } from './heldAnswer.ts';
import type { LookAtOpening, Opening } from './heldOpening.ts';
import { lookFor } from './lookFor.ts';
import { announced, doubted, mend, type Queue, type Repair, sendOn, wantClaude } from './queue.ts';
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
  const queue: Queue = {
    models: [decided.decision.model, ...decided.decision.chain],
    last: undefined,
    repair: undefined,
    window: undefined,
    looking: !decided.prepared.held,
    shown: false,
  };
  const startedAt = parts.clock.monotonic();
  const earlier: Earlier[] = [];

  while (queue.models.length > 0) {
    const id = queue.models.shift() as ModelId;
    const candidate = decided.candidates.find((one) => sameModel(one.model.id, id));
    if (!candidate) continue;
    const { model } = candidate;
    const claude = claudeAfter(model, queue.models, decided);
    word.waiting = claude !== undefined && !word.signal.aborted;
    const own = word.waiting ? AbortSignal.any([signal, word.signal]) : signal;
    yield* announced(queue, id);
    const doubtAtOnce = (opening: Opening) => openingDoubtOf(opening, model, decided, parts.recollection);
    const look = queue.looking
      ? lookFor(model, claude, decided.prepared, parts.tasks, doubtAtOnce)
      : undefined;
    const { window, repair } = queue;
    queue.window = undefined;
    queue.repair = undefined;
    const called = yield* callAndNote(decided, candidate, { window, repair, look }, course, parts, own);
    queue.shown ||= called.shown;
    const { attempt } = called;
    if (signal.aborted && attempt.end === 'cancelled') return;
    if (claude && own.aborted && (attempt.end === 'cancelled' || attempt.failure))
      yield wantClaude(queue, claude, id);
    else if (attempt.failure)
      await afterFailure(attempt.failure, called, model, decided, course, queue, parts);
    else if (called.badOpening || attempt.passedOver) yield* afterOpening(called, claude, id, queue);
    else if (called.calledTools || !decided.prepared.held) {
      // It is shown already: a word that comes now asks anew.
      word.waiting = false;
      settle(course, called);
      if (!called.calledTools) yield* judgeStreamed(decided, course, called, parts, signal);
      return;
    } else {
      const held = { decided, course, queue, called, model, claude, word, startedAt, earlier };
      const came = yield* judgeHeld(held, parts, own, signal);
      if (came === 'settled') return;
      if (came === 'exhausted') break;
    }
  }

  if (course.judged && course.answeredBy !== undefined) {
    course.settled = true;
    if (course.judged.verdict.kind === 'failed') course.failure = checkFailed(course.judged);
    else delete course.failure;
    yield { type: 'text', text: course.judged.text };
  }
}

/** A wider window for the same model, once; else the next one, and what is known from now on. */
async function afterFailure(
  failure: Failure,
  { attempt, secrets, remedy }: Called,
  model: Model,
  decided: Decided,
  course: Course,
  queue: Queue,
  parts: RunParts,
): Promise<void> {
  const { id } = model;
  const wider = widerWindow(failure, model, decided);
  const isAgain = course.attempts.some((one) => one !== attempt && sameModel(one.model, id));
  if (wider !== undefined && !isAgain) {
    queue.window = wider;
    queue.models.unshift(id);
    queue.last = undefined;
    return;
  }
  course.failure = failure;
  if (secrets) course.secrets = secrets;
  const { conversation } = decided.request;
  if (isProtected(failure) && conversation !== undefined)
    await parts.remember(conversation, secrets ? 'secret' : 'protected');
  // A request that one provider will never take may still be one that another takes.
  if (remedy === 'never') queue.models = queue.models.filter(({ provider }) => provider !== id.provider);
  queue.last = { id, failure };
}

/** Nothing of it was shown. Asked once more, where Claude does not answer either, it is shown, under its finding. */
function* afterOpening(
  { attempt, text, badOpening }: Called,
  claude: ModelId | undefined,
  id: ModelId,
  queue: Queue,
): Generator<EngineEvent, void> {
  queue.looking = false;
  if (!badOpening) {
    // It is only doubted where Claude is there to be asked.
    if (claude) yield doubted(queue, [claude, id], claude, id);
    return;
  }
  if (attempt.verdict) yield { type: 'checked', attempt: attempt.index, verdict: attempt.verdict };
  yield claude
    ? sendOn(queue, [claude, id], claude, id)
    : mend(queue, [id], id, { answer: text, findings: [badOpening] });
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
