import type { Classification, Considered, Decision } from '../vocabulary/decision.ts';
import type { Failure } from '../vocabulary/failure.ts';
import { type Candidate, type ModelId, sameModel, type Tier } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import type { Task } from '../vocabulary/task.ts';
import { sureEnough, weightsVersion } from './classify.ts';
import { fitnessOf, roleOfTask } from './modelRoles.ts';
import { neededTokens, protectionReason, removedBy } from './mustHold.ts';
import { inFixedOrder, isReady, isTooSlow, rankLocal } from './ranking.ts';
import type { DecisionInput, DecisionResult } from './router.ts';

/** Names the rules and tables that decided. */
export const policyVersion = `order-1 weights-${weightsVersion}`;

/** From here on work on code counts as strategic whatever its task. */
const hardEnough = 0.7;

const alwaysStrategic: ReadonlySet<Task> = new Set<Task>(['architecture', 'security']);
const strategicWhenHard: ReadonlySet<Task> = new Set<Task>(['edit', 'fix', 'generate', 'refactor', 'review']);

export function isStrategic({ task, difficulty }: Pick<Classification, 'task' | 'difficulty'>): boolean {
  return alwaysStrategic.has(task) || (strategicWhenHard.has(task) && difficulty >= hardEnough);
}

/** What a conversation's model was chosen for: it stays while this stays. */
function taskClass(task: Task, strategic: boolean): string {
  return strategic ? 'strategic' : roleOfTask[task];
}

interface Judged {
  readonly candidate: Candidate;
  readonly removed?: Reason;
}

/** Rule 1 for every candidate, then the developer's word for what is left. */
function judge(input: DecisionInput, strategic: boolean): readonly Judged[] {
  const { word, policy } = input;
  return inFixedOrder(input.candidates).map((candidate) => {
    const { model } = candidate;
    const named = word?.model !== undefined && answersTo(model.id.name, word.model);
    const held = removedBy(candidate, input, named);
    if (held) return { candidate, removed: held };
    if (word?.model !== undefined && !named)
      return { candidate, removed: { code: 'notPinned', params: { model: model.id.name } } };
    const route = routeOf(input);
    if (named && (route === undefined || route === model.route)) return { candidate };
    if (model.route === 'other')
      return { candidate, removed: { code: 'cloudBehindOllama', params: { model: model.id.name } } };
    if (route !== undefined && model.route !== route)
      return { candidate, removed: { code: 'wordRoute', params: { route } } };
    if (
      model.route === 'claude' &&
      model.tier &&
      !tierAllowed(model.tier, input, policy.claude.cheapTier && !strategic)
    )
      return { candidate, removed: { code: 'tierNotAllowed', params: { tier: model.tier } } };
    return { candidate };
  });
}

/** A tier is Claude's, so whoever asks for one asks for Claude. */
function routeOf({ word }: DecisionInput): 'local' | 'claude' | undefined {
  return word?.route ?? (word?.tier ? 'claude' : undefined);
}

function tierAllowed(tier: Tier, { word }: DecisionInput, cheap: boolean): boolean {
  if (word?.tier !== undefined) return tier === word.tier;
  return tier === 'sonnet' || (tier === 'haiku' && cheap);
}

function answersTo(name: string, asked: string): boolean {
  const wanted = asked.toLowerCase();
  const own = name.toLowerCase();
  return own === wanted || own === `${wanted}:latest`;
}

/** Every answer of the router; pure, and the same for the same input in any order of candidates. */
export function decide(input: DecisionInput): DecisionResult {
  const { classification, word, policy } = input;
  const { task } = classification;
  const strategic = isStrategic(classification);
  const judged = judge(input, strategic);
  const considered: Considered[] = judged.map(({ candidate, removed }) => ({
    model: candidate.model.id,
    route: candidate.model.route,
    ...(removed ? { removedBy: removed } : {}),
  }));
  const left = judged.flatMap(({ candidate, removed }) => (removed ? [] : [candidate]));
  if (left.length === 0) return { ok: false, failure: failureOf(input, judged), considered };

  const needed = neededTokens(input);
  const local = rankLocal(
    left.filter(({ model }) => model.route !== 'claude'),
    task,
    needed,
  );
  const claude = left
    .filter(({ model }) => model.route === 'claude')
    .toSorted((a, b) => tierOrder(a.model.tier) - tierOrder(b.model.tier));
  const order = orderOf(input, local, claude, strategic);
  const chosen = order.first[0];
  if (!chosen) return { ok: false, failure: failureOf(input, judged), considered };
  const chain = chainOf(chosen, order.first, order.second);

  const reasons: Reason[] = [
    ...wordReasons(input),
    ...(input.protection.protected && policy.mode !== 'localOnly'
      ? [protectionReason(input.protection.reasons, 'cloud')]
      : []),
    ...order.reasons,
    ...modelReasons(chosen, local, task, needed, left.length),
    ...classification.reasons,
  ];
  const decision: Decision = {
    requestId: input.requestId,
    classification,
    route: chosen.model.route,
    model: chosen.model.id,
    ...(chosen.model.tier ? { tier: chosen.model.tier } : {}),
    confidence: word ? 1 : classification.confidence,
    manual: word !== undefined,
    protected: input.protection.protected,
    reasons: withoutRepeats(reasons),
    chain,
    considered,
    promptTokens: input.needs.promptTokens,
    policyVersion,
  };
  return { ok: true, decision };
}

function tierOrder(tier: Tier | undefined): number {
  return tier === 'haiku' ? 0 : tier === 'sonnet' ? 1 : tier === 'opus' ? 2 : 3;
}

interface Order {
  /** The preferred side, best first, then the other side. */
  readonly first: readonly Candidate[];
  readonly second: readonly Candidate[];
  readonly reasons: readonly Reason[];
}

/** Which side is asked first, and why. */
function orderOf(
  input: DecisionInput,
  local: readonly Candidate[],
  claude: readonly Candidate[],
  strategic: boolean,
): Order {
  const { classification, word, policy, sticky } = input;
  const { task } = classification;
  const localFirst = (...reasons: Reason[]): Order => ({ first: local, second: claude, reasons });
  const claudeFirst = (...reasons: Reason[]): Order => ({ first: claude, second: local, reasons });

  const kept = sticky && [...local, ...claude].find(({ model }) => sameModel(model.id, sticky.model));
  // A loop of tool calls goes up or nowhere: its next model has to take over the whole of it.
  if (sticky?.inLoop) {
    if (!kept) return { first: claude, second: [], reasons: [{ code: 'fallbackToClaude', params: {} }] };
    return { first: [kept], second: kept.model.route === 'claude' ? [] : claude, reasons: [stays(kept)] };
  }
  const same =
    kept && taskClass(sticky.task, alwaysStrategic.has(sticky.task)) === taskClass(task, strategic);
  if (same) {
    const others = (side: readonly Candidate[]) => side.filter((one) => one !== kept);
    const reasons = word ? [] : [stays(kept)];
    return kept.model.route === 'claude'
      ? { first: [kept, ...others(claude)], second: local, reasons }
      : { first: [kept, ...others(local)], second: claude, reasons };
  }
  if (word) return local.length > 0 ? localFirst() : claudeFirst();
  const kind: Reason = strategic
    ? { code: 'strategicTask', params: { task } }
    : { code: 'routineTask', params: { task } };

  if (local.length === 0) {
    if (policy.mode === 'claudeOnly') return claudeFirst({ code: 'modeClaudeOnly', params: {} });
    const tools = input.needs.tools && input.candidates.some(({ model }) => model.route === 'local');
    if (tools) return claudeFirst({ code: 'toolsNeedClaude', params: {} });
    return claudeFirst(strategic ? kind : { code: 'fallbackToClaude', params: {} });
  }
  const unsure = classification.confidence < sureEnough;
  if (claude.length === 0) {
    if (policy.mode === 'localOnly') return localFirst({ code: 'modeLocalOnly', params: {} });
    return strategic || unsure ? localFirst({ code: 'fallbackToLocal', params: {} }) : localFirst(kind);
  }
  if (strategic) return claudeFirst(kind);
  if (unsure) return claudeFirst({ code: 'taskUnsure', params: { task } });
  const quick = local.filter((candidate) => !isTooSlow(candidate, task));
  const slowest = local[0];
  if (quick.length === 0 && slowest)
    return claudeFirst({
      code: 'tooSlow',
      params: { model: slowest.model.id.name, tokensPerSecond: slowest.speed?.tokensPerSecond ?? 0 },
    });
  const slow = local.filter((candidate) => isTooSlow(candidate, task));
  return { first: [...quick, ...slow], second: claude, reasons: [kind] };
}

function stays({ model }: Candidate): Reason {
  return { code: 'sticky', params: { model: model.id.name } };
}

/** One more of the same side, then the other side's best. */
function chainOf(
  chosen: Candidate,
  first: readonly Candidate[],
  second: readonly Candidate[],
): readonly ModelId[] {
  const others = first.filter((one) => !sameModel(one.model.id, chosen.model.id));
  const chain = [...others.slice(0, 1), ...second.slice(0, 1)].map(({ model }) => model.id);
  return chain.filter((id, at) => chain.findIndex((other) => sameModel(id, other)) === at);
}

/** What was heard in prose came along with the classification and says it best. */
function wordReasons({ word, classification }: DecisionInput): readonly Reason[] {
  if (!word) return [];
  const heard = classification.reasons.filter(({ code }) => code.startsWith('word'));
  const route: Reason[] =
    word.route === undefined ? [] : [{ code: 'wordRoute', params: { route: word.route } }];
  const model: Reason[] =
    word.model === undefined || heard.some(({ code }) => code !== 'wordRoute')
      ? []
      : [{ code: 'wordModel', params: { model: word.model } }];
  return [...heard, ...route, ...model];
}

/** Why this one among the local ones. */
function modelReasons(
  chosen: Candidate,
  local: readonly Candidate[],
  task: Task,
  needed: number,
  left: number,
): readonly Reason[] {
  const model = chosen.model.id.name;
  if (left === 1) return [{ code: 'onlyOneLeft', params: { model } }];
  if (chosen.model.route === 'claude' || local.length < 2) return [];
  const reasons: Reason[] = [];
  const fitness = (candidate: Candidate) => fitnessOf(candidate.model)[roleOfTask[task]];
  const rivals = local.filter((one) => one !== chosen && fitness(one) >= fitness(chosen));
  if (rivals.length < local.length - 1) reasons.push({ code: 'roleOfModel', params: { model, task } });
  if (isReady(chosen, needed)) reasons.push({ code: 'loaded', params: { model } });
  const speed = chosen.speed?.tokensPerSecond;
  if (speed !== undefined && rivals.some((one) => (one.speed?.tokensPerSecond ?? 0) < speed))
    reasons.push({ code: 'fasterHere', params: { model, tokensPerSecond: speed } });
  return reasons;
}

function withoutRepeats(reasons: readonly Reason[]): readonly Reason[] {
  const seen = new Set<string>();
  return reasons.filter((reason) => {
    const key = JSON.stringify(reason);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Why nobody is left, as plainly as it can be said. */
function failureOf(input: DecisionInput, judged: readonly Judged[]): Failure {
  const { word, policy, protection } = input;
  const local = judged.filter(
    ({ candidate }) => candidate.model.route === 'local' && candidate.model.capabilities.chat,
  );
  if (word?.model !== undefined) {
    const asked = word.model;
    const pinned = judged.filter(({ candidate }) => answersTo(candidate.model.id.name, asked));
    if (pinned.length === 0)
      return {
        code: 'pinnedModelMissing',
        params: { model: asked, installed: local.map(({ candidate }) => candidate.model.id.name) },
      };
    return { code: 'nothingLeft', params: { because: becauseOf(pinned) } };
  }
  const routes = judged.filter(
    ({ candidate }) => word?.route === undefined || candidate.model.route === word.route,
  );
  const because = becauseOf(routes);
  const noClaude = judged.every(
    ({ candidate, removed }) => candidate.model.route !== 'claude' || removed?.code === 'noKey',
  );
  if (
    protection.protected &&
    local.length === 0 &&
    word?.route !== 'claude' &&
    policy.mode !== 'claudeOnly'
  ) {
    const held = because.length > 0 ? because : [protectionReason(protection.reasons, 'cloud')];
    return { code: 'nothingLeft', params: { because: [...held, { code: 'noLocalModel', params: {} }] } };
  }
  if (local.length === 0 && !protection.protected) {
    const wantsLocal = word?.route === 'local' || policy.mode === 'localOnly' || policy.offline;
    if (wantsLocal) return { code: 'noModelsInstalled', params: { host: policy.ollama.host } };
    if (noClaude && word?.route === undefined && policy.mode === 'auto')
      return { code: 'nothingSetUp', params: {} };
  }
  if (because.length === 0 && (word?.route === 'claude' || policy.mode === 'claudeOnly'))
    return { code: 'nothingLeft', params: { because: [{ code: 'noKey', params: {} }] } };
  return { code: 'nothingLeft', params: { because } };
}

/** The rules that removed them, the ones about privacy first, each once. */
function becauseOf(judged: readonly Judged[]): readonly Reason[] {
  const telling = judged.flatMap(({ removed }) => (removed ? [removed] : []));
  const weight = (reason: Reason) =>
    /^(?:protected|scan)/.test(reason.code) ? 0 : reason.code === 'tierNotAllowed' ? 2 : 1;
  return withoutRepeats(telling.toSorted((a, b) => weight(a) - weight(b)));
}
