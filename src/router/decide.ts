import type { Decision } from '../vocabulary/decision.ts';
import { type ModelId, sameModel } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { weightsVersion } from './classify.ts';
import { consideredOf, type Estimated, estimate } from './estimates.ts';
import { catalogueVersion } from './modelCatalogue.ts';
import { neededTokens, protectionReason, removedBy } from './mustHold.ts';
import { failureOf, withoutRepeats } from './nobodyLeft.ts';
import { byTier, orderOf } from './order.ts';
import { isReady } from './predictedTime.ts';
import { inFixedOrder, isMeantFor, rankLocal } from './ranking.ts';
import type { DecisionInput, DecisionResult } from './router.ts';
import { isStrategic } from './strategic.ts';
import { answersTo, passedOver, wordReasons } from './word.ts';

/** Names the rules and tables that decided. */
export const policyVersion = `order-2 catalogue-${catalogueVersion} weights-${weightsVersion}`;

/** Every answer of the router; pure, and the same for the same input in any order of candidates. */
export function decide(input: DecisionInput): DecisionResult {
  const { classification, word, policy, protection } = input;
  const { task } = classification;
  const strategic = isStrategic(classification);
  const judged = inFixedOrder(input.candidates).map((candidate) => {
    const named = word?.model !== undefined && answersTo(candidate.model.id.name, word.model);
    const removed = removedBy(candidate, input, named) ?? passedOver(candidate, input, strategic);
    return removed ? { candidate, removed } : { candidate };
  });
  const estimated = judged.map(({ candidate }) => candidate).map(estimate(input));
  const considered = estimated.map((one, at) => consideredOf(one, judged[at]?.removed));
  const left = estimated.filter((_, at) => judged[at]?.removed === undefined);
  if (left.length === 0) return { ok: false, failure: failureOf(input, judged), considered };

  const needed = neededTokens(input);
  const local = rankLocal(
    left.filter(({ candidate }) => candidate.model.route !== 'claude'),
    task,
    needed,
  );
  const claude = left.filter(({ candidate }) => candidate.model.route === 'claude').toSorted(byTier);
  const order = orderOf(input, local, claude);
  const chosen = order.first[0];
  if (!chosen) return { ok: false, failure: failureOf(input, judged), considered };

  const { model } = chosen.candidate;
  const reasons: Reason[] = [
    ...wordReasons(input),
    ...(protection.protected && policy.mode !== 'localOnly'
      ? [protectionReason(protection.reasons, 'cloud')]
      : []),
    ...order.reasons,
    ...modelReasons(chosen, local, input, left.length),
    ...classification.reasons,
  ];
  const decision: Decision = {
    requestId: input.requestId,
    classification,
    route: model.route,
    model: model.id,
    ...(model.tier ? { tier: model.tier } : {}),
    confidence: word ? 1 : classification.confidence,
    manual: word !== undefined,
    protected: protection.protected,
    reasons: withoutRepeats(reasons),
    chain: chainOf(chosen, order.first, order.second),
    considered,
    ...(order.bar === undefined ? {} : { bar: order.bar }),
    promptTokens: input.needs.promptTokens,
    policyVersion,
  };
  return { ok: true, decision };
}

/** One more of the same side, then the other side's best. */
function chainOf(
  chosen: Estimated,
  first: readonly Estimated[],
  second: readonly Estimated[],
): readonly ModelId[] {
  const others = first.filter((one) => one !== chosen);
  const chain = [...others.slice(0, 1), ...second.slice(0, 1)].map(({ candidate }) => candidate.model.id);
  return chain.filter((id, at) => chain.findIndex((other) => sameModel(id, other)) === at);
}

/** Why this one among the local ones. */
function modelReasons(
  chosen: Estimated,
  local: readonly Estimated[],
  input: DecisionInput,
  left: number,
): readonly Reason[] {
  const { task } = input.classification;
  const { candidate } = chosen;
  const model = candidate.model.id.name;
  if (left === 1) return [{ code: 'onlyOneLeft', params: { model } }];
  if (candidate.model.route === 'claude' || local.length < 2) return [];
  const reasons: Reason[] = [];
  const rivals = local.filter((one) => one !== chosen);
  const meant = isMeantFor(chosen, task);
  if (meant && rivals.some((one) => !isMeantFor(one, task)))
    reasons.push({ code: 'roleOfModel', params: { model, task } });
  const equals = rivals.filter((one) => !meant || isMeantFor(one, task));
  if (isReady(candidate, neededTokens(input))) reasons.push({ code: 'loaded', params: { model } });
  for (const { candidate: rival } of equals)
    if (rival.busy && !candidate.busy) reasons.push({ code: 'busy', params: { model: rival.model.id.name } });
  const speed = candidate.speed?.tokensPerSecond;
  if (
    speed !== undefined &&
    equals.some(({ candidate: rival }) => (rival.speed?.tokensPerSecond ?? 0) < speed)
  )
    reasons.push({ code: 'fasterHere', params: { model, tokensPerSecond: speed } });
  return reasons;
}
