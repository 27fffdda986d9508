import { type Setting, type SettingName, settings } from '../vocabulary/settings.ts';

/** What the user and the workspace have set; absent where nobody did. */
export interface SetValues {
  readonly user?: unknown;
  /** From the widest to the narrowest: workspace file, folder. */
  readonly workspace?: readonly unknown[];
}

type ValueOf<Name extends SettingName> = (typeof settings)[Name] extends Setting<infer Value> ? Value : never;

/**
 * A setting's value when a workspace may only tighten it. A value of the wrong type counts as not set, and a list with
 * such entries is the default and those that are right, so that a broken settings file never opens anything.
 */
export function settingValue<Name extends SettingName>(name: Name, set: SetValues): ValueOf<Name> {
  const setting: Setting<unknown> = settings[name];
  let value = fits(setting, set.user) ? set.user : setting.default;
  if (value !== set.user && setting.type === 'array') value = together(value, set.user);
  for (const asked of set.workspace ?? []) {
    if (setting.tighten === 'add') value = together(value, asked);
    else if (!fits(setting, asked)) continue;
    else if (setting.tighten !== 'never' && setting.tighten.to.includes(asked)) value = asked;
  }
  return value as ValueOf<Name>;
}

function together(list: unknown, more: unknown): readonly unknown[] {
  const texts = Array.isArray(more) ? more.filter((one) => typeof one === 'string') : [];
  return [...new Set([...(list as readonly unknown[]), ...texts])];
}

function fits(setting: Setting<unknown>, value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (setting.type === 'array') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  if (setting.type === 'object') return typeof value === 'object' && !Array.isArray(value);
  if (typeof value !== setting.type) return false;
  return setting.values === undefined || setting.values.includes(value as string);
}
