import type { Failure } from '../vocabulary/failure.ts';
import type { Candidate } from '../vocabulary/model.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { protectionReason } from './mustHold.ts';
import type { DecisionInput } from './router.ts';
import { answersTo } from './word.ts';

/** A candidate, and what took it out. */
export interface Judged {
  readonly candidate: Candidate;
  readonly removed?: Reason;
}

/** Each reason once. */
export function withoutRepeats(reasons: readonly Reason[]): readonly Reason[] {
  const same = (a: Reason, b: Reason) =>
    a === b || (a.code === b.code && JSON.stringify(a) === JSON.stringify(b));
  return reasons.filter((reason, at) => reasons.findIndex((one) => same(one, reason)) === at);
}

/** Why nobody is left, as plainly as it can be said. */
export function failureOf(input: DecisionInput, judged: readonly Judged[]): Failure {
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
