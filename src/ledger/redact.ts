import type { Decision } from '../vocabulary/decision.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { settings } from '../vocabulary/settings.ts';
import type { KeyedHash } from './keyedHash.ts';

/** Parameters of reasons that are names out of Maia's or a provider's own lists. */
const ownNames = new Set([
  'boundary',
  'capability',
  'from',
  'kind',
  'model',
  'provider',
  'route',
  'task',
  'tier',
  'to',
]);
/** Parameters that hold a code, and nothing else is kept of them. */
const codes = new Set(['failure', 'finding', 'period']);
const code = /^[A-Za-z][A-Za-z0-9]{0,60}$/;
const name = /^[\w.:@/-]{1,120}$/;
const pattern = /^[\p{L}\p{N} _.,:@*?'&/-]{1,120}$/u;
/** The router's rules have names in plain words, out of its own table. */
const ruleName = /^[\w.,' -]{1,60}$/;
const originName = /^[\p{L}\p{N} .,'&-]{1,60}$/u;
/** Patterns that Maia ships say nothing about anybody; one of the user's own may name a folder. */
const shippedPatterns = new Set<string>(settings['maia.privacy.protectedPaths'].default);
/** Looks like a file of somebody's rather than a model's name (`hf.co/owner/model:tag` is one). */
const pathLike = /^(?:\/|~|\.{1,2}\/|[A-Za-z]:[\\/]|file:)/;

/**
 * A decision without anything that was written or named by the developer: of reasons only their code, numbers and
 * names of models, providers, tasks and rules are kept; every other text becomes `#` and 8 digits of its keyed hash.
 */
export function redactDecision(decision: Decision, hash: KeyedHash): Decision {
  const reasons = (all: readonly Reason[]): readonly Reason[] => all.map((one) => redactReason(one, hash));
  return {
    requestId: decision.requestId,
    classification: { ...decision.classification, reasons: reasons(decision.classification.reasons) },
    route: decision.route,
    model: decision.model,
    ...(decision.tier && { tier: decision.tier }),
    confidence: decision.confidence,
    manual: decision.manual,
    protected: decision.protected,
    reasons: reasons(decision.reasons),
    chain: decision.chain,
    considered: decision.considered.map((one) => ({
      model: one.model,
      route: one.route,
      ...(one.tier && { tier: one.tier }),
      ...(one.quality && { quality: one.quality }),
      ...(one.time && { time: one.time }),
      ...(one.usd && { usd: one.usd }),
      ...(one.removedBy && { removedBy: redactReason(one.removedBy, hash) }),
    })),
    ...(decision.bar !== undefined && { bar: decision.bar }),
    promptTokens: decision.promptTokens,
    policyVersion: decision.policyVersion,
  };
}

/** What is not known to be harmless is hashed: a reason that another room adds later is safe from the start. */
export function redactReason(reason: Reason, hash: KeyedHash): Reason {
  if (reason.code === 'wordModelNearest')
    return { code: 'wordModel', params: { model: reason.params.model } };
  const params: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(reason.params)) params[key] = redactValue(key, value, hash);
  return { code: reason.code, params } as Reason;
}

/** A model's name as it is; what can be none becomes its hash. */
export function redactName(text: string, hash: KeyedHash): string {
  return name.test(text) && !pathLike.test(text) ? text : hashed('text', text, hash);
}

/** A pattern of models' names, or a country's or maker's name, as it is; what can be none becomes its hash. */
export function redactPattern(text: string, hash: KeyedHash): string {
  return pattern.test(text) && !pathLike.test(text) ? text : hashed('text', text, hash);
}

function hashed(kind: 'path' | 'text', text: string, hash: KeyedHash): string {
  return `#${hash(kind, text).slice(0, 8)}`;
}

function redactValue(key: string, value: unknown, hash: KeyedHash): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return value;
  if (typeof value !== 'string') return undefined;
  if (ownNames.has(key) && name.test(value) && !pathLike.test(value)) return value;
  if (key === 'rule' && ruleName.test(value)) return value;
  // A country or maker out of the catalogue of models; empty where it names none.
  if (key === 'origin' && (value === '' || originName.test(value))) return value;
  if (codes.has(key) && code.test(value)) return value;
  if (key === 'path' && shippedPatterns.has(value)) return value;
  return hashed(key === 'path' ? 'path' : 'text', value, hash);
}
