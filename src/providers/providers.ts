import type { Policy } from '../vocabulary/policy.ts';
import type { Clock } from '../vocabulary/ports.ts';
import { type ClaudeProvider, createClaudeProvider } from './claude.ts';
import { closeDirectFetch } from './directFetch.ts';
import { createProviderHealth } from './health.ts';
import { createMeasurements } from './measurements.ts';
import { createOllamaProvider } from './ollama.ts';
import type { LocalProvider } from './provider.ts';
import type { HealthOptions, ProviderHealth } from './providerHealth.ts';
import { createResilience, type ResilienceOptions } from './resilience.ts';

export interface ProvidersOptions {
  /** Read before each call: host, base URL and tiers follow the settings while Maia runs. */
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly secrets: HealthOptions['secrets'];
  /** Whether the machine has any network beside loopback. */
  readonly online: () => boolean;
  readonly practice: boolean;
  /** For everything but loopback: the editor's own fetch, or `createEnvironmentFetch` where there is no editor. */
  readonly fetch?: typeof fetch;
  /** For loopback; `directFetch` by default. */
  readonly loopbackFetch?: typeof fetch;
  readonly resilience?: ResilienceOptions;
  readonly probeEveryMs?: number;
  readonly probePatienceMs?: number;
  readonly machineMemoryBytes?: number;
}

export interface Providers {
  /** With retries, turns and breakers; `stream` is all that a request needs. */
  readonly ollama: LocalProvider;
  readonly claude: ClaudeProvider;
  readonly health: ProviderHealth;
  close(): Promise<void>;
}

/** Both providers behind their breakers, and the health that follows them. Asks nobody before it is asked. */
export function createProviders(options: ProvidersOptions): Providers {
  const { policy, clock, secrets } = options;
  const fetches = {
    ...(options.fetch ? { fetch: options.fetch } : {}),
    ...(options.loopbackFetch ? { loopbackFetch: options.loopbackFetch } : {}),
  };
  const bareOllama = createOllamaProvider({ address: () => policy().ollama.host, ...fetches });
  const bareClaude = createClaudeProvider({
    apiKey: () => secrets.claudeKey(),
    baseUrl: () => policy().claude.baseUrl,
    tiers: () => policy().claude.models,
    ...fetches,
  });
  const resilience = createResilience(options.resilience);
  const ollama: LocalProvider = {
    id: 'ollama',
    get host() {
      return bareOllama.host;
    },
    version: (signal) => bareOllama.version(signal),
    models: (signal) => bareOllama.models(signal),
    compose: (call) => bareOllama.compose(call),
    stream: (sendable, signal) => resilience.stream(bareOllama, sendable, signal),
    pull: (name, signal) => bareOllama.pull(name, signal),
    unload: (name, signal) => bareOllama.unload(name, signal),
    load: (name, signal) => bareOllama.load(name, signal),
  };
  const claude: ClaudeProvider = {
    id: 'claude',
    get host() {
      return bareClaude.host;
    },
    models: (signal) => bareClaude.models(signal),
    known: () => bareClaude.known(),
    compose: (call) => bareClaude.compose(call),
    stream: (sendable, signal) => resilience.stream(bareClaude, sendable, signal),
  };
  const measurements = createMeasurements(clock);
  const health = createProviderHealth({
    ollama,
    claude,
    resilience,
    measurements,
    clock,
    policy,
    online: options.online,
    secrets,
    practice: options.practice,
    ...(options.probeEveryMs === undefined ? {} : { probeEveryMs: options.probeEveryMs }),
    ...(options.probePatienceMs === undefined ? {} : { probePatienceMs: options.probePatienceMs }),
    ...(options.machineMemoryBytes === undefined ? {} : { machineMemoryBytes: options.machineMemoryBytes }),
  });
  return {
    ollama,
    claude,
    health,
    async close() {
      health.dispose();
      await closeDirectFetch();
    },
  };
}
