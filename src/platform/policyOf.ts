import type { AllowedModels, Policy, PriceOverride } from '../vocabulary/policy.ts';
import { type Setting, type SettingName, settings } from '../vocabulary/settings.ts';
import { type Task, tasks } from '../vocabulary/task.ts';
import { isUnreadable, type SetValues, settingValue } from './settingValue.ts';

export const defaultOllamaHost = 'http://127.0.0.1:11434';

/**
 * The policy that settings make.
 * @param read what user and workspace have set for a name
 * @param env for `OLLAMA_HOST`, which stands in where the setting is empty
 */
export function policyOf(read: (name: SettingName) => SetValues, env: NodeJS.ProcessEnv): Policy {
  const value = <Name extends SettingName>(name: Name) => settingValue(name, read(name));
  const keepAlive = value('maia.ollama.keepAlive').trim();
  return {
    mode: value('maia.mode'),
    offline: value('maia.offline'),
    dial: value('maia.dial'),
    tasks: tasksOf(value('maia.tasks')),
    models: modelsOf(read),
    patience: {
      streamedMs: 1000 * within('maia.patience.streamed', value('maia.patience.streamed')),
      heldMs: 1000 * within('maia.patience.held', value('maia.patience.held')),
    },
    budget: {
      ...limit('dayUsd', value('maia.budget.day')),
      ...limit('monthUsd', value('maia.budget.month')),
    },
    claude: {
      baseUrl: webAddress(value('maia.claude.baseUrl')) ?? 'https://api.anthropic.com',
      models: {
        haiku: value('maia.claude.haiku'),
        sonnet: value('maia.claude.sonnet'),
        opus: value('maia.claude.opus'),
      },
      cheapTier: value('maia.claude.cheapTier'),
    },
    ollama: {
      host:
        withoutLogin(value('maia.ollama.host')) || withoutLogin(env.OLLAMA_HOST ?? '') || defaultOllamaHost,
      ...(keepAlive ? { keepAlive } : {}),
    },
    privacy: {
      protectedPaths: value('maia.privacy.protectedPaths'),
      trustedHosts: value('maia.privacy.trustedHosts'),
      lineIndexMegabytes: within('maia.privacy.lineIndexMegabytes', value('maia.privacy.lineIndexMegabytes')),
    },
    verify: { runTests: value('maia.verify.runTests') },
    baseline: value('maia.savings.baseline'),
    prices: pricesOf(value('maia.savings.prices')),
    footer: value('maia.footer'),
    proposals: value('maia.proposals'),
  };
}

/** An address may be shown and is left in a file: a name and password in it are neither, and no request carries them. */
function withoutLogin(address: string): string {
  return address.trim().replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/@]*@/i, '$1');
}

function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:'
    ? withoutLogin(text).replace(/\/+$/, '')
    : undefined;
}

/** The settings whose values can't be taken as they are; each counts at its strictest until it is mended. */
export function unreadableSettings(read: (name: SettingName) => SetValues): readonly SettingName[] {
  return (Object.keys(settings) as SettingName[]).filter((name) => isUnreadable(name, read(name)));
}

/**
 * An empty list of what is allowed allows all, so one that can't be read becomes one that names no model there is; where
 * a list of what is denied can't be read at all, nobody knows who was meant, and all are.
 */
function modelsOf(read: (name: SettingName) => SetValues): AllowedModels {
  const allowed = (name: 'maia.models.allow' | 'maia.models.allowOrigins') => {
    const list = settingValue(name, read(name));
    return list.length === 0 && isUnreadable(name, read(name)) ? [nobody] : list;
  };
  const denied = (name: 'maia.models.deny' | 'maia.models.denyOrigins') => {
    const { user, workspace = [] } = read(name);
    return [user, ...workspace].some(
      (said) => said !== undefined && said !== null && typeof said !== 'string' && !Array.isArray(said),
    );
  };
  const deny = settingValue('maia.models.deny', read('maia.models.deny'));
  return {
    allow: allowed('maia.models.allow'),
    deny: denied('maia.models.deny') || denied('maia.models.denyOrigins') ? [...deny, '*'] : deny,
    allowOrigins: allowed('maia.models.allowOrigins'),
    denyOrigins: settingValue('maia.models.denyOrigins', read('maia.models.denyOrigins')),
  };
}

/** No provider has a model, and no catalogue a maker, of this name. */
const nobody = '(unreadable)';

function within(name: SettingName, value: number): number {
  const { default: usual, minimum = value, maximum = value }: Setting<unknown> = settings[name];
  return Number.isNaN(value) ? Number(usual) : Math.min(maximum, Math.max(minimum, value));
}

/** Zero is no limit; a negative one lets nothing through. */
function limit<Name extends string>(name: Name, usd: number): Partial<Record<Name, number>> {
  return usd === 0 || !Number.isFinite(usd) ? {} : ({ [name]: Math.max(0, usd) } as Record<Name, number>);
}

/** A task whose route can't be read stays on this machine. */
function tasksOf(table: Readonly<Record<string, unknown>>): Policy['tasks'] {
  const routes: Partial<Record<Task, 'local' | 'claude'>> = {};
  for (const task of tasks) {
    const route = Object.hasOwn(table, task) ? table[task] : undefined;
    if (route !== undefined && route !== null) routes[task] = route === 'claude' ? 'claude' : 'local';
  }
  return routes;
}

function pricesOf(table: Readonly<Record<string, unknown>>): Record<string, PriceOverride> {
  const prices: Record<string, PriceOverride> = {};
  for (const [model, row] of Object.entries(table)) {
    if (typeof row !== 'object' || row === null) continue;
    const figure = (name: keyof PriceOverride): number | undefined => {
      const found = (row as Record<string, unknown>)[name];
      return typeof found === 'number' && Number.isFinite(found) && found >= 0 ? found : undefined;
    };
    const input = figure('input');
    const output = figure('output');
    if (input === undefined || output === undefined) continue;
    const rest: Partial<Record<keyof PriceOverride, number>> = {};
    for (const name of ['cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const) {
      const found = figure(name);
      if (found !== undefined) rest[name] = found;
    }
    prices[model] = { input, output, ...rest };
  }
  return prices;
}
