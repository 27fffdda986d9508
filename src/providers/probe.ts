import type { Failure } from '../vocabulary/failure.ts';
import type { Model } from '../vocabulary/model.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { ProbeEvent, ProbeFinding, ProbeKind, ProbeResult } from '../vocabulary/probe.ts';
import { passes, type Question, questions, type Said } from './probeQuestions.ts';
import { type Composed, type Provider, ProviderError, type Sendable } from './provider.ts';

/** All questions together have this long, in milliseconds, once the model is in memory. */
const probeMs = 30_000;
/** Tokens that an answer may take, and what thinking takes where it can't be switched off. */
const answerTokens: Readonly<Record<ProbeKind, number>> = { tools: 128, chat: 32 };
const thinkingTokens = 400;
/** The longest prompt, its tools and its answer. */
const windowTokens = 1_500;

/** What a model can't do or dies of; all else may be otherwise in a minute. */
const endsIt: ReadonlySet<Failure['code']> = new Set(['engineCrashed', 'modelLacks', 'badRequest']);

/** Whether the model is to blame: also for an answer that its server could make nothing of. */
function isItsFault(error: unknown): error is ProviderError {
  if (!(error instanceof ProviderError)) return false;
  return endsIt.has(error.failure.code) || (error.failure.code === 'cut' && error.fault === 'request');
}

export interface ProbeParts {
  readonly provider: Pick<Provider, 'compose' | 'stream'>;
  readonly clock: Clock;
  /** What allows a composed question to be sent. */
  readonly permit: (composed: Composed, signal: AbortSignal) => Promise<Sendable>;
  readonly keepAlive?: string;
}

/**
 * Asks a model that is in memory the fixed questions, one after the other, at temperature 0, in 30 s at most; what is
 * not answered by then counts as failed. Throws the signal's reason, and the ProviderError of a provider that is away;
 * a fault of the model is a finding.
 */
export async function* probeModel(
  model: Model,
  kind: ProbeKind,
  parts: ProbeParts,
  signal: AbortSignal,
): AsyncGenerator<Extract<ProbeEvent, { type: 'asking' }>, ProbeResult> {
  const over = new AbortController();
  const within = AbortSignal.any([signal, over.signal]);
  const timer = parts.clock.sleep(probeMs, within).then(() => over.abort());
  const asked = questions[kind];
  const steps: { step: Question['step']; finding: ProbeFinding }[] = [];
  try {
    for (const [at, question] of asked.entries()) {
      signal.throwIfAborted();
      yield { type: 'asking', step: question.step, at: at + 1, of: asked.length };
      let last = false;
      const finding = await ask(model, kind, question, parts, within).catch((error: unknown) => {
        if (signal.aborted) throw signal.reason;
        last = over.signal.aborted || (isItsFault(error) && endsIt.has(error.failure.code));
        if (over.signal.aborted) return 'timedOut' as const;
        if (isItsFault(error)) return 'failed' as const;
        throw error;
      });
      steps.push({ step: question.step, finding });
      if (last) break;
    }
  } finally {
    over.abort();
    await timer;
  }
  return {
    kind,
    model: model.id,
    ...(model.digest === undefined ? {} : { digest: model.digest }),
    ...(model.host === undefined ? {} : { host: model.host }),
    at: parts.clock.now(),
    passed: passes(
      kind,
      steps.map(({ finding }) => finding),
    ),
    steps,
  };
}

async function ask(
  model: Model,
  kind: ProbeKind,
  question: Question,
  parts: ProbeParts,
  signal: AbortSignal,
): Promise<ProbeFinding> {
  const composed = parts.provider.compose({
    model,
    messages: question.messages,
    tools: question.tools,
    toolChoice: 'auto',
    windowTokens,
    maxOutputTokens: answerTokens[kind] + (model.capabilities.thinking ? thinkingTokens : 0),
    think: false,
    effort: 'low',
    fixed: true,
    ...(parts.keepAlive === undefined ? {} : { keepAlive: parts.keepAlive }),
  });
  const sendable = await parts.permit(composed, signal);
  let text = '';
  let ended = false;
  const calls: { name: string; input: unknown }[] = [];
  for await (const event of parts.provider.stream(sendable, signal)) {
    if (event.type === 'text') text += event.text;
    else if (event.type === 'toolCall') calls.push(event);
    else if (event.type === 'end') ended = event.end !== 'length';
  }
  return question.judge({ text, calls, ended } satisfies Said);
}
