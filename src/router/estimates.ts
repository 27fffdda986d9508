import type { Considered, QualityEstimate, TimeEstimate } from '../vocabulary/decision.ts';
import { type Candidate, sameModel } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { barOf } from './bars.ts';
import { repairOf } from './catalogue.ts';
import { isHeld } from './heldTask.ts';
import { neededTokens } from './mustHold.ts';
import { qualityOf } from './posterior.ts';
import { hostSpeed, predictTime } from './predictedTime.ts';
import type { DecisionInput } from './router.ts';

/** One candidate with what is expected of it for this request. */
export interface Estimated {
  readonly candidate: Candidate;
  readonly quality: QualityEstimate;
  readonly time: TimeEstimate;
  readonly usd?: { readonly low: number; readonly high: number };
  /** Its lower bound reaches the dial's bar. */
  readonly clears: boolean;
  /** The user has something before patience ends. */
  readonly quick: boolean;
}

export function estimate(input: DecisionInput): (candidate: Candidate) => Estimated {
  const { classification, needs, policy, experience = [], costs = [] } = input;
  const { task, difficulty } = classification;
  const bar = barOf(task, policy.dial);
  const patienceMs = isHeld(task) ? policy.patience.heldMs : policy.patience.streamedMs;
  const needed = neededTokens(input);
  return (candidate) => {
    const { model } = candidate;
    const quality = qualityOf(model, task, difficulty, experience);
    const asked = {
      task,
      promptTokens: needs.promptTokens,
      neededTokens: needed,
      repair: repairOf(quality.mean),
    };
    const measuredHost =
      candidate.speed || model.route !== 'local' ? undefined : hostSpeed(model, input.candidates);
    const time = predictTime(candidate, asked, measuredHost);
    const usd = costs.find((cost) => sameModel(cost.model, model.id))?.usd;
    return {
      candidate,
      quality,
      time,
      ...(usd ? { usd } : {}),
      clears: quality.bound >= bar,
      quick: time.usefulMs <= patienceMs,
    };
  };
}

export function consideredOf(
  { candidate, quality, time, usd }: Estimated,
  removedBy: Reason | undefined,
): Considered {
  return {
    model: candidate.model.id,
    route: candidate.model.route,
    ...(candidate.model.tier ? { tier: candidate.model.tier } : {}),
    quality,
    time,
    ...(usd ? { usd } : {}),
    ...(removedBy ? { removedBy } : {}),
  };
}
