import type { Model } from '../vocabulary/model.ts';
import type { AllowedModels } from '../vocabulary/policy.ts';
import type { Reason } from '../vocabulary/reason.ts';
import { bareName, originsOf } from './catalogue.ts';

/** What people write for a country besides its name. */
const otherNames: Readonly<Record<string, string>> = {
  us: 'united states',
  usa: 'united states',
  'united states of america': 'united states',
  cn: 'china',
  prc: 'china',
  fr: 'france',
  ca: 'canada',
  kr: 'south korea',
  korea: 'south korea',
  ae: 'united arab emirates',
  uae: 'united arab emirates',
  mistral: 'mistral ai',
};

/**
 * The user's list that removes a model; undefined where none does. Deny-lists come first. Under an allow-list of
 * origins a model whose origin nobody knows is removed.
 */
export function removedByList(model: Model, lists: AllowedModels): Reason | undefined {
  const { allow, deny, allowOrigins, denyOrigins } = lists;
  const name = model.id.name;
  if (deny.some((pattern) => matches(model, pattern)))
    return { code: 'modelDenied', params: { model: name } };
  if (allow.length > 0 && !allow.some((pattern) => matches(model, pattern)))
    return { code: 'modelNotAllowed', params: { model: name } };
  if (allowOrigins.length === 0 && denyOrigins.length === 0) return undefined;

  const origins = originsOf(model);
  const denied = new Set(denyOrigins.map(plain));
  for (const { makers, countries } of origins) {
    const found = [...countries, ...makers].find((one) => denied.has(plain(one)));
    if (found !== undefined) return { code: 'originNotAllowed', params: { model: name, origin: found } };
  }
  if (allowOrigins.length === 0) return undefined;
  if (origins.length === 0) return { code: 'originNotAllowed', params: { model: name, origin: '' } };
  const allowed = new Set(allowOrigins.map(plain));
  const has = (one: string) => allowed.has(plain(one));
  const outside = origins.find(
    ({ makers, countries }) => !makers.some(has) && !(countries.length > 0 && countries.every(has)),
  );
  const [origin] = outside?.countries ?? [];
  return origin === undefined ? undefined : { code: 'originNotAllowed', params: { model: name, origin } };
}

function plain(origin: string): string {
  const small = origin.trim().toLowerCase();
  return otherNames[small] ?? small;
}

/**
 * Whether a pattern names a model: `*` stands for anything, case does not count, and a pattern without a tag names all
 * tags of its model.
 */
function matches({ id }: Model, pattern: string): boolean {
  const wanted = pattern.trim().toLowerCase();
  const full = id.name.toLowerCase();
  const names = [full, bareName(full), full.replace(/:latest$/, '')];
  if (!wanted.includes(':')) names.push(full.replace(/:[^/]*$/, ''), bareName(full).replace(/:.*$/, ''));
  return names.some((name) => isLike(name, wanted.split(/\*+/)));
}

/** Whether a name holds the parts of a pattern in their order, the first at its beginning and the last at its end. */
function isLike(name: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
