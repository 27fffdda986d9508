import type { Policy, PriceOverride } from '../vocabulary/policy.ts';
import type { SettingName } from '../vocabulary/settings.ts';
import { type Task, tasks } from '../vocabulary/task.ts';
import { type SetValues, settingValue } from './settingValue.ts';

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
    models: {
      allow: value('maia.models.allow'),
      deny: value('maia.models.deny'),
      allowOrigins: value('maia.models.allowOrigins'),
      denyOrigins: value('maia.models.denyOrigins'),
    },
    patience: {
      streamedMs: 1000 * positive(value('maia.patience.streamed'), 15),
      heldMs: 1000 * positive(value('maia.patience.held'), 60),
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
    },
    baseline: value('maia.savings.baseline'),
    prices: pricesOf(value('maia.savings.prices')),
    footer: value('maia.footer'),
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

function positive(value: number, otherwise: number): number {
  return Number.isFinite(value) && value > 0 ? value : otherwise;
}

/** Zero is no limit; a negative one lets nothing through. */
function limit<Name extends string>(name: Name, usd: number): Partial<Record<Name, number>> {
  return usd === 0 || Number.isNaN(usd) ? {} : ({ [name]: Math.max(0, usd) } as Record<Name, number>);
}

function tasksOf(table: Readonly<Record<string, unknown>>): Policy['tasks'] {
  const routes: Partial<Record<Task, 'local' | 'claude'>> = {};
  for (const task of tasks) {
    const route = table[task];
    if (route === 'local' || route === 'claude') routes[task] = route;
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
