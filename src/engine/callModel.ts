import type { IntentRow, Ledger } from '../ledger/ledger.ts';
import { LedgerError } from '../ledger/sqliteError.ts';
import type { FoundSecret } from '../privacy/job.ts';
import type { Privacy } from '../privacy/privacy.ts';
import type { Protection } from '../privacy/protection.ts';
import type { Call, Composed, Provider, Sendable } from '../providers/provider.ts';
import { ProviderError } from '../providers/provider.ts';
import { isRunaway } from '../tasks/answerText.ts';
import type { Attempt, AttemptEnd, Usage } from '../vocabulary/attempt.ts';
import type { EngineEvent } from '../vocabulary/event.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Finding } from '../vocabulary/verdict.ts';
import { boundsOf } from './attemptBounds.ts';
import { ConfidenceMeter } from './confidenceMeter.ts';
import { BadOpening, heldOpening, type LookAtOpening } from './heldOpening.ts';
import { estimatePrompt, promptBound } from './tokenEstimate.ts';
import { failureOf } from './unexpected.ts';
import { waitAtMost } from './waitAtMost.ts';

export interface CallParts {
  readonly privacy: Privacy;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Told of a write that failed; the answer goes on. */
  readonly ledgerFailed: (error: unknown) => void;
  /** Told what the user should hear once. */
  readonly notify: (notice: Failure) => void;
}

export interface CallPlan {
  readonly requestId: string;
  readonly index: number;
  readonly call: Call;
  readonly provider: Provider;
  readonly protection: Protection;
  readonly policy: Policy;
  /** The answer is held until its check is done: its text becomes progress. */
  readonly held: boolean;
  /** Looks at the beginning of an answer that streams, before any of it is shown; absent where nothing waits for that. */
  readonly look?: LookAtOpening;
}

export interface Called {
  readonly attempt: Attempt;
  readonly text: string;
  readonly calledTools: boolean;
  /** Something of the answer was shown. */
  readonly shown: boolean;
  readonly remedy?: ProviderError['remedy'];
  /** No permit was given, for these alone. */
  readonly secrets?: readonly FoundSecret[];
  /** Its beginning showed that it would not do: the model was stopped, and nothing of it was shown. */
  readonly badOpening?: Finding;
}

/** How many characters come between two looks whether an answer runs in circles. */
const loopEveryCharacters = 400;
/** How often a held answer says how far it is. */
const progressEveryMs = 500;
/** How long anything waits for a row to be written: a disk that hangs holds up no answer. */
export const ledgerPatienceMs = 500;

/**
 * One call of one model, with its intent row, its permit and its measurements. Yields what a surface may show and
 * returns what came of it; never throws.
 */
export async function* callModel(
  plan: CallPlan,
  parts: CallParts,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent, Called> {
  const { call, provider, held } = plan;
  const { model } = call;
  const startedAt = parts.clock.now();
  const started = parts.clock.monotonic();
  let text = '';
  let usage: Usage | undefined;
  let final = false;
  let sent: Composed | undefined;
  let firstTokenMs: number | undefined;
  let end: AttemptEnd = 'failed';
  let failure: Failure | undefined;
  let free = false;
  let remedy: ProviderError['remedy'] | undefined;
  let secrets: readonly FoundSecret[] | undefined;
  let badOpening: Finding | undefined;
  let doubt: Reason | undefined;
  let times: Pick<Attempt, 'loadMs' | 'generateMs' | 'promptMs' | 'promptTokensRead'> = {};
  // Shown only once the call has ended well: a tool call can't be taken back when its model fails.
  const toolCalls: Extract<EngineEvent, { type: 'toolCall' }>[] = [];
  let shown = false;
  let lastProgress = started;
  let looked = 0;
  const meter = new ConfidenceMeter();

  try {
    const composed = provider.compose(call);
    // Nothing is sent before both are there; what finds no room in a budget is not to be permitted either.
    if (isLimited(plan)) await reserve(plan, composed, startedAt, parts, signal);
    const [sendable] = await Promise.all([
      permitted(plan, composed, startedAt, parts, signal),
      isLimited(plan) ? undefined : intend(plan, composed, startedAt, parts, signal),
    ]);
    signal.throwIfAborted();
    sent = composed;
    yield { type: 'progress', progress: { code: 'asking', params: { model: model.id.name } } };
    const { look } = plan;
    const stream = (until: AbortSignal) => provider.stream(sendable, until);
    for await (const event of look ? heldOpening(stream, look, parts.clock, signal) : stream(signal)) {
      if (event.type === 'loading')
        yield {
          type: 'progress',
          progress: {
            code: 'loading',
            params: { model: model.id.name, ...(event.bytes === undefined ? {} : { bytes: event.bytes }) },
          },
        };
      else if (event.type === 'queued')
        yield { type: 'progress', progress: { code: 'queued', params: { model: model.id.name } } };
      else if (event.type === 'retrying')
        yield { type: 'progress', progress: { code: 'retrying', params: { model: model.id.name } } };
      else if (event.type === 'usage') {
        usage = event.usage;
        final = event.final;
        if (final) yield { type: 'usage', attempt: plan.index, usage };
      } else if (event.type === 'end') {
        end = event.end;
        const { type: _type, end: _end, ...told } = event;
        times = told;
      } else {
        firstTokenMs ??= parts.clock.monotonic() - started;
        if (event.type === 'thinking') yield { type: 'thinking', text: event.text };
        else if (event.type === 'toolCall') toolCalls.push(event);
        else {
          text += event.text;
          for (const token of event.tokens ?? []) meter.add(token);
          if (model.route !== 'claude' && text.length - looked >= loopEveryCharacters) {
            looked = text.length;
            if (isRunaway(text)) throw new RunsInCircles();
          }
          if (!held) {
            shown = true;
            yield { type: 'text', text: event.text };
          } else if (parts.clock.monotonic() - lastProgress >= progressEveryMs) {
            lastProgress = parts.clock.monotonic();
            yield {
              type: 'progress',
              progress: {
                code: 'writing',
                params: { model: model.id.name, tokens: Math.round(text.length / 4) },
              },
            };
          }
        }
      }
    }
    if (end === 'failed') {
      // The provider's stream is over and never said how.
      failure = { code: 'cut', params: { model: model.id.name } };
      remedy = 'elsewhere';
    } else if (end === 'refused') {
      failure = { code: 'refused', params: { model: model.id.name } };
      remedy = 'elsewhere';
    } else if (text.trim() === '' && toolCalls.length === 0) {
      // Also where its thinking took all the tokens that it was allowed.
      end = 'failed';
      failure = { code: 'emptyAnswer', params: { model: model.id.name } };
      remedy = 'elsewhere';
    } else yield* toolCalls;
  } catch (thrown) {
    free = thrown instanceof ProviderError && thrown.free;
    if (signal.aborted) end = 'cancelled';
    else if (thrown instanceof BadOpening) {
      end = 'failed';
      badOpening = thrown.finding;
      doubt = thrown.doubt;
      text = thrown.opening.text;
      for (const token of thrown.opening.tokens) meter.add(token);
    } else {
      end = 'failed';
      failure =
        thrown instanceof RunsInCircles
          ? { code: 'runsInCircles', params: { model: model.id.name } }
          : thrown instanceof NotPermitted
            ? thrown.failure
            : failureOf(thrown);
      remedy = thrown instanceof ProviderError ? thrown.remedy : 'elsewhere';
      if (thrown instanceof NotPermitted) secrets = thrown.secrets;
    }
  }

  const account =
    usage && final
      ? { usage }
      : boundsOf(usage, sent && promptBound(sent.body, call.messages), call.maxOutputTokens, free);
  const confidence = meter.read();
  const attempt: Attempt = {
    index: plan.index,
    model: model.id,
    route: model.route,
    boundary: model.boundary,
    startedAt,
    totalMs: parts.clock.monotonic() - started,
    end,
    ...account,
    ...(model.tier ? { tier: model.tier } : {}),
    ...(model.digest === undefined ? {} : { digest: model.digest }),
    ...(model.host === undefined ? {} : { host: model.host }),
    ...(firstTokenMs === undefined ? {} : { firstTokenMs }),
    ...times,
    ...(failure ? { failure } : {}),
    ...(confidence ? { confidence } : {}),
    ...(doubt ? { passedOver: doubt } : {}),
    ...(badOpening ? { verdict: { kind: 'failed', findings: [badOpening] } } : {}),
  };
  return {
    attempt,
    text,
    calledTools: toolCalls.length > 0,
    shown,
    ...(remedy ? { remedy } : {}),
    ...(secrets ? { secrets } : {}),
    ...(badOpening ? { badOpening } : {}),
  };
}

/** Left in mid-stream: its provider stops too. */
class RunsInCircles extends Error {}

class NotPermitted extends Error {
  readonly failure: Failure;
  readonly secrets: readonly FoundSecret[] | undefined;
  constructor(failure: Failure, secrets?: readonly FoundSecret[]) {
    super(failure.code);
    this.failure = failure;
    this.secrets = secrets;
  }
}

async function permitted(
  plan: CallPlan,
  composed: Composed,
  at: number,
  parts: CallParts,
  signal: AbortSignal,
): Promise<Sendable> {
  if (plan.call.model.boundary === 'machine') return { boundary: 'machine', composed };
  const answer = await parts.privacy.permit(
    { requestId: plan.requestId, composed, protection: plan.protection, at },
    plan.policy,
    signal,
  );
  if (!answer.ok)
    throw new NotPermitted({ code: 'noPermit', params: { reason: answer.reason } }, answer.secrets);
  parts.ledger.egress(answer.egress).catch(parts.ledgerFailed);
  return answer.permit;
}

/** Whether what this call costs has to find room in a budget first. */
function isLimited({ call, policy: { budget } }: CallPlan): boolean {
  return call.model.route !== 'local' && (budget.dayUsd !== undefined || budget.monthUsd !== undefined);
}

/** Waits for the row, but not for a disk that hangs. */
async function intend(
  plan: CallPlan,
  composed: Composed,
  at: number,
  parts: CallParts,
  signal: AbortSignal,
): Promise<void> {
  const written = parts.ledger.intend(intentOf(plan, composed, at)).catch(parts.ledgerFailed);
  await waitAtMost(written, ledgerPatienceMs, parts.clock, signal);
}

/** As `intend`, under a budget: without the row nothing is sent, for nobody could say any more what was spent. */
async function reserve(
  plan: CallPlan,
  composed: Composed,
  at: number,
  parts: CallParts,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { budget } = plan.policy;
    const near = await parts.ledger.intend({ ...intentOf(plan, composed, at), budget });
    if (near) parts.notify({ code: 'budgetNear', params: near });
  } catch (error) {
    if (error instanceof LedgerError && error.failure.code === 'noPermit')
      throw new NotPermitted(error.failure);
    parts.ledgerFailed(error);
    throw new NotPermitted({
      code: 'noPermit',
      params: { reason: { code: 'budgetUnknown', params: {} } },
    });
  }
  signal.throwIfAborted();
}

function intentOf(plan: CallPlan, composed: Composed, at: number): IntentRow {
  const { model, messages, tools, maxOutputTokens } = plan.call;
  return {
    requestId: plan.requestId,
    index: plan.index,
    model: model.id,
    route: model.route,
    boundary: model.boundary,
    at,
    promptTokens:
      model.route === 'local' ? estimatePrompt(messages, tools) : promptBound(composed.body, messages),
    maxOutputTokens,
    ...(model.tier ? { tier: model.tier } : {}),
  };
}
