import type { ClassifierFeatures } from '../ledger/classifierFeatures.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { FoundSecret } from '../privacy/job.ts';
import type { Protection } from '../privacy/protection.ts';
import type { Router } from '../router/router.ts';
import type { Prepared, Tasks, TaskTools } from '../tasks/tasks.ts';
import type { Classification, Considered, Decision, Undecided } from '../vocabulary/decision.ts';
import type { DecisionInput } from '../vocabulary/decisionInput.ts';
import type { Failure } from '../vocabulary/failure.ts';
import type { Candidate } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { Clock } from '../vocabulary/ports.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { askedText, type DeveloperWord, type Request } from '../vocabulary/request.ts';
import type { Conversations } from './conversations.ts';
import { budgetSpentFor, costsOf, type Priced } from './costs.ts';
import { effortFor } from './effort.ts';
import { markOf } from './marks.ts';
import { guard, type ProtectingParts } from './protecting.ts';
import type { Recollection } from './recollection.ts';
import { undecidedOf } from './replay.ts';
import { selectionKind } from './selectionKind.ts';
import { recallTurn, stickyOf } from './sticky.ts';
import { estimatePrompt } from './tokenEstimate.ts';

/** What a request is decided with. */
export interface DecidingParts extends ProtectingParts {
  readonly router: Router;
  readonly tasks: Tasks;
  readonly tools: TaskTools;
  readonly ledger: Ledger;
  readonly conversations: Conversations;
  readonly recollection: Recollection;
  readonly clock: Clock;
  readonly candidates: (signal: AbortSignal) => Promise<readonly Candidate[]>;
  /** The same candidates, as they fit this machine's memory with a window of so many tokens. */
  readonly fitting: (candidates: readonly Candidate[], needTokens: number) => readonly Candidate[];
  /** Told of every decision: what nobody knows of its candidates may be probed later. */
  readonly lacked: (considered: readonly Considered[], candidates: readonly Candidate[]) => void;
  /** Ollama's host and port, and whether it answered when it was last asked. */
  readonly localServer: () => {
    readonly host: string;
    readonly reachable: boolean;
    readonly failure?: Failure;
  };
}

/** A request that is ready to be sent. */
export interface Decided {
  readonly request: Request;
  readonly policy: Policy;
  readonly prepared: Prepared;
  readonly protection: Protection;
  readonly decision: Decision;
  /** What it was made of. */
  readonly input: DecisionInput;
  readonly candidates: readonly Candidate[];
  readonly features: ClassifierFeatures;
}

/** A request that nobody may take. */
export interface Refused {
  readonly request: Request;
  readonly undecided: Undecided;
  readonly input: DecisionInput;
  readonly features: ClassifierFeatures;
}

export type Deciding =
  | { readonly ok: true; readonly value: Decided }
  | {
      readonly ok: false;
      readonly failure: Failure;
      /** Set where the rules left nobody. */
      readonly refused?: Refused;
      /** Nothing but these kept the request from Claude. */
      readonly secrets?: readonly FoundSecret[];
    };

/** What a request is, what it carries, and who takes it: steps 1 to 6 of the design. */
export async function decideRequest(
  said: Request,
  policy: Policy,
  parts: DecidingParts,
  signal: AbortSignal,
): Promise<Deciding> {
  const asked = askedText(said);
  await recallTurn(said, parts, signal);
  signal.throwIfAborted();
  const classification = classify(said, asked, parts);
  // Never rejects; asked early, for it is an answer from another thread.
  const marking = markOf(said, parts);
  const recalling = parts.recollection.refresh(policy.budget);
  const prepare = (request: Request) =>
    parts.tasks.prepare(classification.task, request, parts.tools, signal);
  const [there, ready] = await Promise.all([parts.candidates(signal), prepare(said)]);
  if (!ready.ok) return ready;
  const { request, prepared, protection } = await guard(
    { request: said, prepared: ready.value, policy, marking, prepare },
    parts,
    signal,
  );

  const features = featuresOf(request, asked, prepared);
  const candidates = parts.fitting(there, features.promptTokens + prepared.outputTokens);
  const word = sayOf(request, asked, candidates, parts.router);
  await parts.recollection.settle(recalling, signal);
  const { task } = classification;
  const experience = parts.recollection.experience(task, candidates);
  const at = parts.clock.now();
  const sticky = stickyOf(request, parts.conversations, at);
  const asking: Priced = {
    task,
    promptTokens: features.promptTokens,
    mostOutputTokens: prepared.outputTokens + effortFor(classification).thinkingTokens,
    overrides: policy.prices,
    at,
    ...(sticky?.warmTokens ? { warm: { model: sticky.model, tokens: sticky.warmTokens } } : {}),
  };
  const costs = costsOf(candidates, asking);
  const { periods } = parts.recollection.budget(policy.budget);
  const budgetSpent = budgetSpentFor(candidates, periods, asking);
  const input: DecisionInput = {
    requestId: request.id,
    classification: word
      ? { ...classification, reasons: [...word.reasons, ...classification.reasons] }
      : classification,
    ...(word ? { word: word.word } : {}),
    needs: {
      tools: request.tools.length > 0,
      images: features.images,
      promptTokens: features.promptTokens,
      outputTokens: prepared.outputTokens,
    },
    protection: { protected: protection.protected, reasons: protection.reasons },
    candidates,
    policy,
    ...(sticky ? { sticky } : {}),
    ...(experience.length > 0 ? { experience } : {}),
    ...(costs.length > 0 ? { costs } : {}),
    ...(budgetSpent ? { budgetSpent } : {}),
  };
  const result = parts.router.decide(input);
  parts.lacked(result.ok ? result.decision.considered : result.considered, candidates);
  if (!result.ok) {
    const { secrets } = protection;
    const failure = plainTruth(result.failure, parts);
    const refused = { request, features, input, undecided: undecidedOf(input, result, failure) };
    return { ok: false, failure, refused, ...(secrets ? { secrets } : {}) };
  }
  const { decision } = result;
  return {
    ok: true,
    value: { request, policy, prepared, protection, decision, input, candidates, features },
  };
}

/** Whether a local server that answers is what is missing. */
function wantsServer(failure: Failure): boolean {
  if (failure.code === 'nothingSetUp' || failure.code === 'noModelsInstalled') return true;
  const wanted: readonly Reason['code'][] = ['providerUnreachable', 'noLocalModel', 'noKey'];
  return (
    failure.code === 'nothingLeft' &&
    failure.params.because.some(({ code }) => code !== 'noKey') &&
    failure.params.because.every(({ code }) => wanted.includes(code))
  );
}

/** The router sees no difference between an Ollama without models and one that is not there. */
function plainTruth(failure: Failure, parts: DecidingParts): Failure {
  const { host, reachable, failure: found } = parts.localServer();
  // A wrong address is told as such: to "start Ollama" would not help.
  const wrongPlace = found?.code === 'notOllama' || found?.code === 'redirectRefused' ? found : undefined;
  if (wrongPlace && wantsServer(failure)) return wrongPlace;
  if (failure.code === 'nothingSetUp' && reachable) return { code: 'noModelsInstalled', params: { host } };
  if (failure.code === 'noModelsInstalled')
    return { code: reachable ? 'noModelsInstalled' : 'ollamaUnreachable', params: { host } };
  if (failure.code !== 'nothingLeft' || reachable) return failure;
  const because = failure.params.because.map(
    (reason): Reason =>
      reason.code === 'noLocalModel'
        ? { code: 'providerUnreachable', params: { provider: 'Ollama' } }
        : reason,
  );
  return { code: 'nothingLeft', params: { because } };
}

function classify(request: Request, asked: string, parts: DecidingParts): Classification {
  const last = parts.conversations.last(request.conversation);
  return parts.router.classify({
    text: asked,
    surface: request.surface,
    contextCharacters: contextCharacters(request),
    contextItems: request.context.length,
    ...(request.task ? { task: request.task } : {}),
    ...(request.target ? { languageId: request.target.languageId } : {}),
    selection: selectionKind(request),
    diagnostics: request.context.filter(({ kind }) => kind === 'diagnostic').length,
    ...(last ? { lastTask: last.task } : {}),
  });
}

function sayOf(
  request: Request,
  asked: string,
  candidates: readonly Candidate[],
  router: Router,
): { word: DeveloperWord; reasons: Classification['reasons'] } | undefined {
  const prose = router.readWord(
    asked,
    candidates.map((candidate) => candidate.model),
  );
  const { word } = request;
  if (!word) return prose;
  // A command names the route, the prompt may still name who: `/local with qwen …`, `/claude use opus to …`.
  const model = word.model ?? (word.route === 'claude' ? undefined : prose?.word.model);
  const tier = word.tier ?? (word.route === 'claude' ? prose?.word.tier : undefined);
  return {
    word: { ...word, ...(model === undefined ? {} : { model }), ...(tier === undefined ? {} : { tier }) },
    // What the prompt says against the command is not what happens.
    reasons: model !== undefined && model === prose?.word.model ? prose.reasons : [],
  };
}

function contextCharacters(request: Request): number {
  return request.context.reduce((sum, item) => sum + item.text.length, 0);
}

function featuresOf(request: Request, asked: string, prepared: Prepared): ClassifierFeatures {
  return {
    textCharacters: asked.length,
    contextCharacters: contextCharacters(request),
    contextItems: request.context.length,
    command: request.task !== undefined,
    tools: request.tools.length > 0,
    images: prepared.messages.some((message) => message.parts.some((part) => part.type === 'image')),
    promptTokens: estimatePrompt(prepared.messages, request.tools),
    ...(request.target ? { languageId: request.target.languageId } : {}),
  };
}
