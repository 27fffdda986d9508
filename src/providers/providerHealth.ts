import type { Attempt } from '../vocabulary/attempt.ts';
import type { Health } from '../vocabulary/health.ts';
import type { Candidate, Model } from '../vocabulary/model.ts';
import type { Policy } from '../vocabulary/policy.ts';
import type { ProbeKind, ProbeResult } from '../vocabulary/probe.ts';
import type { Reading } from '../vocabulary/reading.ts';
import type { ClaudeProvider } from './claude.ts';
import type { Measurements } from './measurements.ts';
import type { LocalProvider } from './provider.ts';
import type { Resilience } from './resilience.ts';

export interface HealthOptions {
  readonly ollama: LocalProvider;
  readonly claude: ClaudeProvider;
  readonly resilience: Pick<Resilience, 'failing' | 'recovered' | 'onDidChange'>;
  readonly measurements: Measurements;
  readonly clock: { now(): number };
  readonly policy: () => Policy;
  readonly online: () => boolean;
  readonly secrets: {
    claudeKey(): Promise<string | undefined>;
    onDidChange(listener: () => void): { dispose(): void };
  };
  readonly practice: boolean;
  /** Bytes; the machine's own by default. */
  readonly machineMemoryBytes?: number;
  /** Milliseconds between two questions whether Ollama is there, while somebody listens. */
  readonly probeEveryMs?: number;
  /** Milliseconds that an answer to that may take; one that takes longer counts as missed. */
  readonly probePatienceMs?: number;
}

/** What was learnt on this machine. */
export interface Known {
  readonly readings?: readonly Reading[];
  readonly probes?: readonly ProbeResult[];
}

export interface ProviderHealth {
  current(): Health;
  /** Asks both providers now. Never throws but for the signal's reason. */
  check(signal: AbortSignal): Promise<Health>;
  /** After a real change. Ollama is asked in the background only while somebody listens. */
  onDidChange(listener: (health: Health) => void): { dispose(): void };
  /** A call has ended. Gives what it told of the model's speed, where it told any. */
  served(attempt: Attempt, model: Model): Reading | undefined;
  /**
   * A call is under way until disposed.
   * @param quiet it gives way to any request: its model is not busy
   */
  serving(model: Model, quiet?: boolean): { dispose(): void };
  /** Takes in what was learnt on this machine before, oldest first, or what a probe has just found. */
  learn(known: Known): void;
  /** The last result of a probe; undefined where there was none. */
  probeOf(model: Model, kind: ProbeKind): ProbeResult | undefined;
  /** The same candidates, as they fit with a window that holds so many tokens. */
  fitting(candidates: readonly Candidate[], needTokens: number): readonly Candidate[];
  /** Whether a model fits beside everything that is in memory now, so that loading it would put nothing out. */
  fitsBeside(model: Model): boolean;
  dispose(): void;
}
