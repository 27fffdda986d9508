import { type Setting, type SettingName, settings } from '../vocabulary/settings.ts';

/** What the user and the workspace have set; absent where nobody did. */
export interface SetValues {
  readonly user?: unknown;
  /** From the widest to the narrowest: workspace file, folder. */
  readonly workspace?: readonly unknown[];
}

type ValueOf<Name extends SettingName> = (typeof settings)[Name] extends Setting<infer Value> ? Value : never;

/**
 * A setting's value when a workspace may only tighten it. What can't be read never opens anything: it counts as the
 * setting's strictest value, else as its default, and a list keeps its entries that are right. A single text stands
 * for a list of one.
 */
export function settingValue<Name extends SettingName>(name: Name, set: SetValues): ValueOf<Name> {
  const setting: Setting<unknown> = settings[name];
  let value = userValue(setting, set.user);
  for (const asked of set.workspace ?? []) {
    if (setting.tighten === 'add') value = together(value, asked);
    else if (setting.tighten === 'never' || isUnset(asked)) continue;
    else if (!fits(setting, asked)) value = setting.strictest ?? value;
    else if (setting.tighten.to.includes(asked)) value = asked;
  }
  return value as ValueOf<Name>;
}

/** Whether something was set that can't be taken as it is. */
export function isUnreadable(name: SettingName, set: SetValues): boolean {
  const setting: Setting<unknown> = settings[name];
  const said = setting.tighten === 'never' ? [set.user] : [set.user, ...(set.workspace ?? [])];
  return said.some((value) => !isUnset(value) && !isWhole(setting, value));
}

function userValue(setting: Setting<unknown>, user: unknown): unknown {
  if (isUnset(user)) return setting.default;
  if (fits(setting, user)) return user;
  if (setting.type === 'array') return together(setting.default, user);
  return setting.strictest ?? setting.default;
}

function together(list: unknown, more: unknown): readonly unknown[] {
  const entries: readonly unknown[] = Array.isArray(more) ? more : [more];
  const texts = entries.filter((one) => typeof one === 'string');
  return [...new Set([...(list as readonly unknown[]), ...texts])];
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

function fits(setting: Setting<unknown>, value: unknown): boolean {
  if (setting.type === 'array') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (setting.type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (typeof value !== setting.type) return false;
  return setting.values === undefined || setting.values.includes(value as string);
}

/** Fits, and so do its size and its keys. */
function isWhole(setting: Setting<unknown>, value: unknown): boolean {
  if (!fits(setting, value)) return false;
  if (typeof value === 'number')
    return value >= (setting.minimum ?? value) && value <= (setting.maximum ?? value);
  const { keys, keyValues } = setting;
  if (!keys || !keyValues) return true;
  return Object.entries(value as Readonly<Record<string, unknown>>).every(
    ([key, route]) => keys.includes(key) && keyValues.includes(route as string),
  );
}
