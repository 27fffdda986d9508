import type { Attempt, Outcome } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Request } from '../vocabulary/request.ts';
import type { SecretOffer } from '../vocabulary/secretOffer.ts';
import { ledgerPatienceMs } from './callModel.ts';
import { cascade, type RunParts } from './cascade.ts';
import type { Course } from './course.ts';
import { type Decided, decideRequest, type Refused } from './deciding.ts';
import { decisionLine, refusalLine } from './decisionLine.ts';
import { offerFor } from './protecting.ts';
import { failureOf } from './unexpected.ts';
import { waitAtMost } from './waitAtMost.ts';

/**
 * Runs one request from decision to record. Exactly one `finished`, the last event; never throws. It has to be read
 * to its end (`pumped` does), or the record stays open.
 */
export async function* runRequest(
  request: Request,
  parts: RunParts,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, void> {
  const course: Course = { attempts: [], text: '' };
  const policy = parts.policy();
  let decided: Decided | undefined;

  try {
    const deciding = await decideRequest(request, policy, parts, signal);
    if (deciding.ok) {
      decided = deciding.value;
      noteDecision(decided, parts);
      yield { type: 'decided', decision: decided.decision };
      yield* cascade(decided, course, parts, signal);
    } else {
      parts.log.info(refusalLine(request.id, deciding.failure));
      course.failure = deciding.failure;
      if (deciding.refused) noteRefusal(deciding.refused, parts);
      if (deciding.secrets) course.secrets = deciding.secrets;
    }
  } catch (error) {
    if (!signal.aborted) course.failure = failureOf(error);
  }
  if (course.failure) course.failure = leftByBudget(course.failure);

  const secretOffer = await offerOf(request, course, decided, parts, signal);
  const outcome = {
    ...outcomeOf(request, course, decided, policy, parts, signal),
    ...(secretOffer ? { secretOffer } : {}),
  };
  if (decided) {
    const by = course.answeredBy === undefined ? undefined : course.attempts[course.answeredBy];
    if (by && outcome.end === 'answered')
      parts.conversations.answered(request.conversation, {
        model: by.model,
        task: decided.decision.classification.task,
        promptTokens: promptTokensOf(by) ?? decided.decision.promptTokens,
        at: by.startedAt,
      });
    const written = parts.ledger.finished(outcome, parts.clock.now()).catch(parts.ledgerFailed);
    await waitAtMost(written, ledgerPatienceMs, parts.clock);
  }
  yield { type: 'finished', outcome };
}

/** Where a budget closed the last one that could have answered, nobody is left. */
function leftByBudget(failure: Failure): Failure {
  if (failure.code !== 'noPermit') return failure;
  const { reason } = failure.params;
  const ofBudget = ['budgetSpent', 'budgetUnknown', 'noPrice'].includes(reason.code);
  return ofBudget ? { code: 'nothingLeft', params: { because: [reason] } } : failure;
}

/** Where secrets alone kept a request from Claude, what may be chosen about them. */
async function offerOf(
  request: Request,
  course: Course,
  decided: Decided | undefined,
  parts: RunParts,
  signal: AbortSignal,
): Promise<SecretOffer | undefined> {
  const secrets = course.secrets ?? decided?.protection.secrets;
  if (!secrets || signal.aborted) return undefined;
  return offerFor(request, secrets, parts, signal).catch(() => undefined);
}

/** For `/why`; nothing counts it. */
function noteRefusal({ request, undecided, input, features }: Refused, parts: RunParts): void {
  parts.ledger
    .undecided({ ...askedOf(request, parts), undecided, input, features })
    .catch(parts.ledgerFailed);
}

function askedOf(request: Request, parts: RunParts) {
  return {
    id: request.id,
    at: parts.clock.now(),
    surface: request.surface,
    ...(request.conversation === undefined ? {} : { conversation: request.conversation }),
    ...(request.folder === undefined ? {} : { folder: request.folder }),
  };
}

function noteDecision({ request, decision, input, features }: Decided, parts: RunParts): void {
  parts.log.info(decisionLine(decision));
  // Not waited for: the worker takes messages in order, so the row is there before the intent's.
  parts.ledger.decided({ ...askedOf(request, parts), decision, input, features }).catch(parts.ledgerFailed);
}

function outcomeOf(
  request: Request,
  course: Course,
  decided: Decided | undefined,
  policy: Policy,
  parts: RunParts,
  signal: AbortSignal,
): Outcome {
  const cancelled = signal.aborted && !course.settled;
  const answered = course.settled === true;
  const startedAt = course.attempts[0]?.startedAt ?? parts.clock.now();
  return {
    requestId: request.id,
    end: answered ? 'answered' : cancelled ? 'cancelled' : 'failed',
    attempts: course.attempts,
    text: course.text,
    account: parts.account({
      attempts: course.attempts,
      // Nobody would have paid for an answer that failed its check: it saves nothing.
      ...(answered && course.judged?.verdict.kind !== 'failed' ? { answeredBy: course.answeredBy } : {}),
      baselineModel: policy.baseline,
      overrides: policy.prices,
      at: startedAt,
      warmTokens: parts.conversations.warmTokens(request.conversation, startedAt),
    }),
    ...(decided ? { decision: decided.decision } : {}),
    ...(answered ? { answeredBy: course.answeredBy } : {}),
    ...(course.judged ? { verdict: course.judged.verdict } : {}),
    ...(answered && course.judged?.proposal ? { proposal: course.judged.proposal } : {}),
    ...(course.failure && !cancelled ? { failure: course.failure } : {}),
  };
}

function promptTokensOf({ usage }: Attempt): number | undefined {
  if (!usage) return undefined;
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.cacheWrite1hTokens;
}
