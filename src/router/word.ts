import type { Candidate, Tier } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { sureEnough } from './classify.ts';
import type { DecisionInput } from './router.ts';

/** Whether a model's name is what the developer said. */
export function answersTo(name: string, asked: string): boolean {
  const wanted = asked.toLowerCase();
  const own = name.toLowerCase();
  return own === wanted || own === `${wanted}:latest`;
}

/** A tier is Claude's, so whoever asks for one asks for Claude. */
function routeOf({ word }: DecisionInput): 'local' | 'claude' | undefined {
  return word?.route ?? (word?.tier ? 'claude' : undefined);
}

/** The reason that the developer's word, or what it does not say, takes a candidate out; undefined where it may stay. */
export function passedOver(
  { model }: Candidate,
  input: DecisionInput,
  strategic: boolean,
): Reason | undefined {
  const { word, policy, classification } = input;
  const { name } = model.id;
  const named = word?.model !== undefined && answersTo(name, word.model);
  if (word?.model !== undefined && !named) return { code: 'notPinned', params: { model: name } };
  const route = routeOf(input);
  if (named && (route === undefined || route === model.route)) return undefined;
  if (model.route === 'other') return { code: 'cloudBehindOllama', params: { model: name } };
  if (route !== undefined && model.route !== route) return { code: 'wordRoute', params: { route } };
  const routine = !strategic && classification.confidence >= sureEnough;
  if (
    model.route === 'claude' &&
    model.tier &&
    !tierAllowed(model.tier, input, policy.claude.cheapTier && routine)
  )
    return { code: 'tierNotAllowed', params: { tier: model.tier } };
  return undefined;
}

function tierAllowed(tier: Tier, { word }: DecisionInput, cheap: boolean): boolean {
  if (word?.tier !== undefined) return tier === word.tier;
  return tier === 'sonnet' || (tier === 'haiku' && cheap);
}

/** What was heard in prose came along with the classification and says it best. */
export function wordReasons({ word, classification }: DecisionInput): readonly Reason[] {
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
