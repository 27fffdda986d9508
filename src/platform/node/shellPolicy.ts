import type { PolicySource } from '../../engine/ports.ts';
import type { Policy } from '../../vocabulary/policy.ts';
import { defaultOllamaHost, policyOf } from '../policyOf.ts';
import { readPolicySnapshot } from './policySnapshot.ts';

/**
 * The policy that an editor left in the user's folder, else the defaults. One that is there and can't be read means
 * that nobody beyond this machine is asked.
 */
export async function shellPolicy(home: string, env: NodeJS.ProcessEnv): Promise<PolicySource> {
  const defaults = policyOf(() => ({}), env);
  const snapshot = await readPolicySnapshot(home);
  const policy =
    snapshot.kind === 'none'
      ? defaults
      : snapshot.kind === 'read' && isPolicy(snapshot.policy)
        ? withHost({ ...defaults, ...snapshot.policy }, defaults.ollama.host)
        : { ...defaults, mode: 'localOnly' as const, offline: true };
  return { current: () => policy, onDidChange: () => ({ dispose: () => undefined }) };
}

/** A host that was set goes before the environment's, of which the defaults know. */
function withHost(policy: Policy, host: string): Policy {
  return policy.ollama.host === defaultOllamaHost
    ? { ...policy, ollama: { ...policy.ollama, host } }
    : policy;
}

function isPolicy(value: unknown): value is Policy {
  if (typeof value !== 'object' || value === null) return false;
  const { mode, offline, claude, ollama, privacy, baseline, prices, footer } = value as Partial<Policy>;
  return (
    (mode === 'auto' || mode === 'localOnly' || mode === 'claudeOnly') &&
    typeof offline === 'boolean' &&
    typeof claude?.baseUrl === 'string' &&
    typeof claude.cheapTier === 'boolean' &&
    typeof claude.models?.haiku === 'string' &&
    typeof claude.models.sonnet === 'string' &&
    typeof claude.models.opus === 'string' &&
    typeof ollama?.host === 'string' &&
    (ollama.keepAlive === undefined || typeof ollama.keepAlive === 'string') &&
    isTexts(privacy?.protectedPaths) &&
    isTexts(privacy?.trustedHosts) &&
    (privacy.lineIndexMegabytes === undefined || typeof privacy.lineIndexMegabytes === 'number') &&
    typeof baseline === 'string' &&
    typeof prices === 'object' &&
    prices !== null &&
    isRouting(value) &&
    (footer === 'full' || footer === 'quiet' || footer === 'off')
  );
}

/** What an older Maia did not know is not in what it left, and had no say then. */
function isRouting({ dial, tasks, models, patience, budget }: Partial<Policy>): boolean {
  const isLimit = (limit: unknown) => limit === undefined || typeof limit === 'number';
  return (
    (dial === undefined || dial === 'economy' || dial === 'balanced' || dial === 'quality') &&
    (tasks === undefined || (typeof tasks === 'object' && tasks !== null)) &&
    (models === undefined ||
      (isTexts(models?.allow) &&
        isTexts(models.deny) &&
        isTexts(models.allowOrigins) &&
        isTexts(models.denyOrigins))) &&
    (patience === undefined ||
      (typeof patience?.streamedMs === 'number' && typeof patience.heldMs === 'number')) &&
    (budget === undefined ||
      (typeof budget === 'object' && budget !== null && isLimit(budget.dayUsd) && isLimit(budget.monthUsd)))
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
