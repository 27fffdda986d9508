import { type Boundary, type Candidate, type Model, sameModel } from '../vocabulary/model.ts';
import type { Budget } from '../vocabulary/policy.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { isTrustedHost } from '../vocabulary/trustedHost.ts';
import { removedByList } from './allowedModels.ts';
import { catalogued } from './catalogue.ts';
import type { DecisionInput } from './router.ts';

/** Whether protected content may go to a model: to this machine, or to a host of the network that the user trusts. */
export function mayHoldProtected(
  model: Pick<Model, 'boundary' | 'host'>,
  trustedHosts: readonly string[],
): boolean {
  if (model.boundary === 'machine') return true;
  return model.boundary === 'network' && isTrustedHost(model.host, trustedHosts);
}

/** What protected the request, said of the boundary that a candidate lies behind. */
export function protectionReason(reasons: readonly Reason[], boundary: Boundary): Reason {
  for (const reason of reasons) {
    if (reason.code === 'protectedPath')
      return { code: reason.code, params: { path: reason.params.path, boundary } };
    if (reason.code === 'protectedLines')
      return { code: reason.code, params: { path: reason.params.path, boundary } };
    if (reason.code === 'protectedSecret')
      return { code: reason.code, params: { kind: reason.params.kind, boundary } };
    if (reason.code === 'scanTimeout') return { code: reason.code, params: { boundary } };
  }
  return { code: 'protectedMark', params: { boundary } };
}

/** Tokens that prompt and answer need together. */
export function neededTokens(input: DecisionInput): number {
  return input.needs.promptTokens + input.needs.outputTokens;
}

/** A limit can only be kept where it is known what is spent. */
function hasLimit({ dayUsd, monthUsd }: Budget): boolean {
  return dayUsd !== undefined || monthUsd !== undefined;
}

/** The rule that removes a candidate, whatever the developer says; undefined where it may be asked. */
export function removedBy(candidate: Candidate, input: DecisionInput, pinned: boolean): Reason | undefined {
  const { model } = candidate;
  const { policy, needs, protection, budgetSpent } = input;
  const name = model.id.name;
  if (protection.protected && !mayHoldProtected(model, policy.privacy.trustedHosts))
    return protectionReason(protection.reasons, model.boundary);
  if (policy.offline && model.boundary !== 'machine') return { code: 'offline', params: { model: name } };
  if (policy.mode === 'localOnly' && (model.route !== 'local' || model.boundary === 'cloud'))
    return { code: 'modeLocalOnly', params: {} };
  if (policy.mode === 'claudeOnly' && model.route !== 'claude') return { code: 'modeClaudeOnly', params: {} };
  const listed = removedByList(model, policy.models);
  if (listed) return listed;
  if (budgetSpent && model.route !== 'local') {
    const { period, limitUsd, models } = budgetSpent;
    if (!models || models.some((id) => sameModel(id, model.id)))
      return { code: 'budgetSpent', params: { period, limitUsd } };
  }
  if (
    hasLimit(policy.budget) &&
    model.route !== 'local' &&
    !input.costs?.some((one) => sameModel(one.model, model.id))
  )
    return { code: 'noPrice', params: { model: name } };
  if (!model.capabilities.chat) return { code: 'noChat', params: { model: name } };
  // A name is the developer's word that it does: a description or a probe may be wrong.
  if (!pinned && (candidate.chatProven === false || (catalogued(model).base && !candidate.chatProven)))
    return { code: 'chatNotProven', params: { model: name } };
  if (candidate.state === 'noKey') return { code: 'noKey', params: {} };
  if (candidate.state === 'offline') return { code: 'offline', params: { model: name } };
  if (candidate.state === 'unreachable')
    return { code: 'providerUnreachable', params: { provider: providerName(model) } };
  if (candidate.state === 'failing')
    return { code: 'providerFailing', params: { provider: providerName(model) } };
  if (needs.images && !model.capabilities.images) return { code: 'noImages', params: { model: name } };
  if (needs.tools && !model.capabilities.tools) return { code: 'noTools', params: { model: name } };
  if (needs.tools && !candidate.toolsProven && !pinned)
    return { code: 'toolsNotProven', params: { model: name } };
  const needed = neededTokens(input);
  if (model.contextTokens > 0 && needed > model.contextTokens)
    return { code: 'contextTooLong', params: { model: name, needed, window: model.contextTokens } };
  // With a wider window than it has it would be loaded anew.
  if (!candidate.fitsMemory && !(model.loaded && model.loaded.contextTokens >= needed))
    return { code: 'doesNotFitMemory', params: { model: name, bytes: model.sizeBytes ?? 0 } };
  return undefined;
}

function providerName(model: Model): string {
  return model.id.provider === 'claude' ? 'Claude' : 'Ollama';
}
