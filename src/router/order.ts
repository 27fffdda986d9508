import { type Candidate, sameModel } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { barOf } from './bars.ts';
import { sureEnough } from './classify.ts';
import type { Estimated } from './estimates.ts';
import { isHeld } from './heldTask.ts';
import type { DecisionInput } from './router.ts';
import { classOfWork, isStrategic } from './strategic.ts';
import { rewarmUsd } from './warmCache.ts';

export interface Order {
  /** Who is asked, best first, then whom to fall back on when all of these fail. */
  readonly first: readonly Estimated[];
  readonly second: readonly Estimated[];
  readonly reasons: readonly Reason[];
  /** The bar that local models were held against; absent where nobody asked. */
  readonly bar?: number;
}

/**
 * Which side is asked first, and why.
 * @param local best first
 * @param claude lowest tier first
 */
export function orderOf(
  input: DecisionInput,
  local: readonly Estimated[],
  claude: readonly Estimated[],
): Order {
  const kept = input.sticky && [...local, ...claude].find((one) => isSticky(one, input));
  if (input.sticky?.inLoop) return loopOrder(input, kept, claude);
  const stays = kept && staysWith(kept, input, claude);
  if (input.word) {
    if (stays) return keep(kept, local, claude, []);
    return local.length > 0 ? { first: local, second: claude, reasons: [] } : claudeFirst(local, claude);
  }
  const set = setRoute(input, claude.length > 0);
  if (set) return setOrder(input, set, stays ? kept : undefined, local, claude);
  if (stays) return keep(kept, local, claude, [{ code: 'sticky', params: { model: nameOf(kept) } }]);
  return ownOrder(input, kept, local, claude);
}

function nameOf({ candidate }: Estimated): string {
  return candidate.model.id.name;
}

function isClaude({ candidate }: Estimated): boolean {
  return candidate.model.route === 'claude';
}

function isSticky({ candidate }: Estimated, { sticky }: DecisionInput): boolean {
  return sticky !== undefined && sameModel(candidate.model.id, sticky.model);
}

function claudeFirst(local: readonly Estimated[], claude: readonly Estimated[], ...reasons: Reason[]): Order {
  return { first: claude, second: local, reasons };
}

function localFirst(local: readonly Estimated[], claude: readonly Estimated[], ...reasons: Reason[]): Order {
  return { first: local, second: claude, reasons };
}

/** A loop of tool calls goes up or nowhere: its next model has to take over the whole of it. */
function loopOrder(input: DecisionInput, kept: Estimated | undefined, claude: readonly Estimated[]): Order {
  if (!kept) return { first: claude, second: [], reasons: [{ code: 'fallbackToClaude', params: {} }] };
  if (input.sticky?.stuck && !isClaude(kept) && claude.length > 0)
    return { first: claude, second: [], reasons: [{ code: 'stuckInLoop', params: { model: nameOf(kept) } }] };
  const reasons: Reason[] = [{ code: 'sticky', params: { model: nameOf(kept) } }];
  return { first: [kept], second: isClaude(kept) ? [] : claude, reasons };
}

/**
 * Whether a conversation stays where it is: while the kind of work stays, and no answer of a local model has been found
 * wanting so that it is no longer good enough.
 */
function staysWith(kept: Estimated, input: DecisionInput, claude: readonly Estimated[]): boolean {
  const { sticky, classification } = input;
  const { task } = classification;
  if (!sticky || classOfWork(sticky.task) !== classOfWork(task, isStrategic(classification))) return false;
  return isClaude(kept) || claude.length === 0 || kept.clears || kept.quality.failed === 0;
}

function keep(
  kept: Estimated,
  local: readonly Estimated[],
  claude: readonly Estimated[],
  reasons: readonly Reason[],
): Order {
  const [own, other] = isClaude(kept) ? [claude, local] : [local, claude];
  return { first: [kept, ...own.filter((one) => one !== kept)], second: other, reasons };
}

/** The user's switch for what it is; where that is not clear, it may be another task, and the stronger route holds. */
function setRoute(
  { classification, policy }: DecisionInput,
  choice: boolean,
): 'local' | 'claude' | undefined {
  const set = policy.tasks[classification.task];
  return set === 'local' && choice && classification.confidence < sureEnough ? undefined : set;
}

/** The user's switch for a task: over what the classifier thinks of it, under what must hold. */
function setOrder(
  { classification: { task } }: DecisionInput,
  set: 'local' | 'claude',
  kept: Estimated | undefined,
  local: readonly Estimated[],
  claude: readonly Estimated[],
): Order {
  const reasons: Reason[] = [{ code: 'taskSetTo', params: { task, route: set } }];
  const [wanted, other] = set === 'local' ? [local, claude] : [claude, local];
  if (kept && wanted.includes(kept)) return keep(kept, local, claude, reasons);
  if (wanted.length > 0) return { first: wanted, second: other, reasons };
  reasons.push({ code: set === 'local' ? 'fallbackToClaude' : 'fallbackToLocal', params: {} });
  return { first: other, second: [], reasons };
}

/** Nobody said anything: strategic and unclear work goes to Claude, the rest to who is good and quick enough. */
function ownOrder(
  input: DecisionInput,
  kept: Estimated | undefined,
  local: readonly Estimated[],
  claude: readonly Estimated[],
): Order {
  const { classification, policy } = input;
  const { task } = classification;
  const strategic = isStrategic(classification);
  const kind: Reason = { code: strategic ? 'strategicTask' : 'routineTask', params: { task } };

  if (local.length === 0) {
    if (policy.mode === 'claudeOnly')
      return claudeFirst(local, claude, { code: 'modeClaudeOnly', params: {} });
    const tools = input.needs.tools && input.candidates.some(({ model }) => model.route === 'local');
    if (tools) return claudeFirst(local, claude, { code: 'toolsNeedClaude', params: {} });
    return claudeFirst(local, claude, strategic ? kind : { code: 'fallbackToClaude', params: {} });
  }
  const unsure = classification.confidence < sureEnough;
  if (claude.length === 0) return alone(input, local, kind, strategic || unsure);
  if (strategic) return claudeFirst(local, claude, kind);
  if (unsure) return claudeFirst(local, claude, { code: 'taskUnsure', params: { task } });
  return { ...estimatedOrder(input, kept, kind, local, claude), bar: barOf(task, policy.dial) };
}

/** Nobody but local models is left: their estimates say how far that is good. */
function alone(input: DecisionInput, local: readonly Estimated[], kind: Reason, wanting: boolean): Order {
  const { classification, policy } = input;
  const [best] = local;
  if (policy.mode === 'localOnly' || !best)
    return localFirst(local, [], { code: 'modeLocalOnly', params: {} }, ...newTo(best, input));
  const bar = barOf(classification.task, policy.dial);
  if (wanting) return localFirst(local, [], { code: 'fallbackToLocal', params: {} }, ...newTo(best, input));
  const reasons: Reason[] = best.clears
    ? [kind, atBar('goodEnough', best, input, bar)]
    : [{ code: 'fallbackToLocal', params: {} }, atBar('notGoodEnough', best, input, bar)];
  return { ...localFirst(local, [], ...reasons, ...newTo(best, input)), bar };
}

/** Local where it is good enough and quick enough, and where leaving Claude does not cost more than it saves. */
function estimatedOrder(
  input: DecisionInput,
  kept: Estimated | undefined,
  kind: Reason,
  local: readonly Estimated[],
  claude: readonly Estimated[],
): Order {
  const { classification, policy, sticky } = input;
  const { task } = classification;
  const bar = barOf(task, policy.dial);
  const fit = local.filter(({ clears, quick }) => clears && quick);
  const [chosen] = fit;
  if (!chosen) {
    const soonest = least(
      local.filter(({ clears }) => clears),
      ({ time }) => time.usefulMs,
    );
    if (soonest) return claudeFirst(local, claude, impatient(soonest, input));
    const best = least(local, ({ quality }) => -quality.bound);
    return claudeFirst(
      local,
      claude,
      ...(best ? [atBar('notGoodEnough', best, input, bar), ...newTo(best, input)] : []),
    );
  }
  if (kept && isClaude(kept) && sticky && rewarmUsd(input, kept) > (kept.usd?.low ?? 0))
    return keep(kept, local, claude, [{ code: 'warmCache', params: { tokens: sticky.warmTokens ?? 0 } }]);
  return {
    first: fit,
    second: claude,
    reasons: [kind, atBar('goodEnough', chosen, input, bar), ...newTo(chosen, input)],
  };
}

/** The one of which a figure is least; of several the first. */
function least(all: readonly Estimated[], figure: (one: Estimated) => number): Estimated | undefined {
  let found: Estimated | undefined;
  for (const one of all) if (!found || figure(one) < figure(found)) found = one;
  return found;
}

function atBar(
  code: 'goodEnough' | 'notGoodEnough',
  one: Estimated,
  { classification: { task } }: DecisionInput,
  bar: number,
): Reason {
  return { code, params: { model: nameOf(one), task, bound: one.quality.bound, bar } };
}

function newTo(one: Estimated | undefined, { classification: { task } }: DecisionInput): readonly Reason[] {
  if (!one || one.quality.passed + one.quality.failed > 0) return [];
  return [{ code: 'newToTask', params: { model: nameOf(one), task } }];
}

function impatient(one: Estimated, { classification: { task }, policy }: DecisionInput): Reason {
  const patience = isHeld(task) ? policy.patience.heldMs : policy.patience.streamedMs;
  return {
    code: 'impatient',
    params: {
      model: nameOf(one),
      seconds: Math.ceil(one.time.usefulMs / 1000),
      patience: patience / 1000,
    },
  };
}

/** Tier by tier from the cheapest. */
export function byTier({ candidate: a }: Estimated, { candidate: b }: Estimated): number {
  return tierOrder(a) - tierOrder(b);
}

function tierOrder({ model: { tier } }: Candidate): number {
  return tier === 'haiku' ? 0 : tier === 'sonnet' ? 1 : tier === 'opus' ? 2 : 3;
}
