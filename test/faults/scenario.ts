import type { SettingName } from '../../src/vocabulary/settings.ts';
import type { ModelSpec } from '../servers/ollama/modelSpec.ts';
import type { DiskKind } from './disk.ts';
import { Random } from './random.ts';

export type Place = 'loopback' | 'network' | 'trusted';

/** What one run stands on; all of it follows from the seed and the run's place. */
export interface Scenario {
  readonly seed: number;
  readonly index: number;
  /** Where Ollama runs: on this machine, on a host that the user named, on one that may see protected content. */
  readonly place: Place;
  readonly ollamaUrl: string;
  readonly running: boolean;
  readonly models: readonly ModelSpec[];
  readonly signedIn: boolean;
  readonly contextLength: number;
  readonly claude: { readonly tokensPerSecond?: number; readonly firstTokenMs: number };
  readonly key: 'right' | 'wrong' | 'none';
  readonly settings: Partial<Record<SettingName, unknown>>;
  /** 0..1: which part of the requests on the network goes wrong. */
  readonly roughness: number;
  /** 0..1: which part of the calls of a model meets a fault of its server. */
  readonly serverTrouble: number;
  /** 0..1: which part of the messages to a thread is lost, late, or kills it. */
  readonly threadTrouble: number;
  /** Conversations at the same time, and how many turns each has. */
  readonly lanes: readonly number[];
  /** The engine is closed and opened again after so many turns in all; 0 = never. */
  readonly restartAfter: number;
  /** Somebody listens to health, as a status bar does. */
  readonly watched: boolean;
  readonly startAt: number;
  /** What paid models may take in a day, where a budget is set. */
  readonly dayUsd?: number;
  /** What becomes of the ledger's disk; drawn where it is not said. */
  readonly disk?: DiskKind;
}

const qualities = [
  'inventedParameter',
  'missingParameter',
  'changedOperator',
  'unclosedFence',
  'wrappedInProse',
  'noAssertions',
  'refusal',
  'empty',
  'callAsText',
] as const;

const installable = [
  { name: 'codellama:13b' },
  { name: 'llama3.2:3b' },
  { name: 'qwen2.5-coder:7b' },
  { name: 'qwen3:8b' },
  { name: 'llama3.1:8b', numCtx: 2_048 },
  { name: 'smollm2:135m', contextLength: 2_048 },
  { name: 'nomic-embed-text:latest' },
  { name: 'gpt-oss:120b-cloud', remoteModel: 'gpt-oss:120b' },
  // Nothing in its name says that it runs somewhere else.
  { name: 'house-model:70b', remoteModel: 'qwen3-coder:480b', capabilities: ['completion', 'tools'] },
] as const satisfies readonly ModelSpec[];

export function scenarioOf(seed: number, index: number): Scenario {
  const budget = new Random(`budget ${seed}/${index}`);
  const dayUsd = budget.chance(0.4) ? budget.pick([0.0003, 0.04, 0.08, 0.15]) : undefined;
  const random = new Random(`${seed}/${index}`);
  const place = random.weighted<Place>({ loopback: 76, network: 13, trusted: 11 });
  const ollamaUrl = place === 'loopback' ? 'http://127.0.0.1:11434' : 'http://gpu.lan:11434';
  const calm = random.chance(0.12);
  const mode = random.weighted({ auto: 75, localOnly: 12, claudeOnly: 13 });
  return {
    seed,
    index,
    place,
    ollamaUrl,
    running: random.chance(0.95),
    models: modelsOf(random),
    signedIn: random.chance(0.5),
    contextLength: random.pick([2_048, 4_096, 4_096, 32_768]),
    claude: {
      ...(random.chance(0.5) ? { tokensPerSecond: random.int(20, 200) } : {}),
      firstTokenMs: random.chance(0.3) ? random.int(1, 3_000) : 0,
    },
    key: random.weighted({ right: 88, wrong: 4, none: 8 }),
    settings: {
      'maia.ollama.host': ollamaUrl,
      'maia.mode': mode,
      'maia.offline': random.chance(0.03),
      'maia.claude.cheapTier': random.chance(0.3),
      ...(dayUsd === undefined ? {} : { 'maia.budget.day': dayUsd }),
      ...(place === 'trusted' ? { 'maia.privacy.trustedHosts': ['gpu.lan'] } : {}),
      ...(random.chance(0.1) ? { 'maia.savings.baseline': 'claude-opus-5-5' } : {}),
    },
    roughness: calm ? 0 : random.pick([0.05, 0.15, 0.3, 0.6]),
    serverTrouble: calm ? 0 : random.pick([0.1, 0.3, 0.6]),
    threadTrouble: random.chance(0.3) ? random.pick([0.02, 0.1, 0.3]) : 0,
    lanes: Array.from({ length: random.pick([1, 1, 2, 2, 3, 3, 3, 12]) }, () => random.int(1, 4)),
    restartAfter: random.chance(0.15) ? random.int(1, 4) : 0,
    watched: random.chance(0.3),
    startAt: Date.UTC(2026, 10, 22, 9) + random.int(0, 86_400_000),
    ...(dayUsd === undefined ? {} : { dayUsd }),
  };
}

function modelsOf(random: Random): ModelSpec[] {
  const models = random.some<ModelSpec>(installable, 0.35);
  const useful = models.some(({ name }) => /^(?:codellama|llama3|qwen)/.test(name));
  if (!useful && random.chance(0.85)) models.push(...installable.slice(0, random.int(1, 3)));
  const distinct = models.filter(({ name }, at) => models.findIndex((one) => one.name === name) === at);
  return distinct.map((model) => ({
    ...model,
    ...(random.chance(0.35) ? { quality: random.pick(qualities) } : {}),
    ...(random.chance(0.3) ? { loadMs: random.int(0, 30_000) } : {}),
    ...(random.chance(0.4) ? { tokensPerSecond: random.int(4, 120) } : {}),
    ...(random.chance(0.2) ? { promptTokensPerSecond: random.int(50, 3_000) } : {}),
  }));
}
