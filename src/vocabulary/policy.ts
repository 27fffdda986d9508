import type { Tier } from './model.ts';
import type { Task } from './task.ts';

export type Mode = 'auto' | 'localOnly' | 'claudeOnly';
export type Footer = 'full' | 'quiet' | 'off';
/** How sure Maia has to be that a local answer will do. */
export type Dial = 'economy' | 'balanced' | 'quality';

/** Lists of names; an empty allow-list allows all. */
export interface AllowedModels {
  /** Names or patterns with `*`, matched without case: `qwen2.5-coder*`. */
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  /** Countries or makers as the catalogue of models names them, matched without case; an empty list allows all. */
  readonly allowOrigins: readonly string[];
  readonly denyOrigins: readonly string[];
}

/** USD; absent is no limit. */
export interface Budget {
  readonly dayUsd?: number;
  readonly monthUsd?: number;
}

/** The user's settings as the engine needs them, a workspace's tightening already taken in. No secrets. */
export interface Policy {
  readonly mode: Mode;
  /** Nothing may leave the machine, whatever else is set. */
  readonly offline: boolean;
  readonly dial: Dial;
  /** The route that the user set for a task; absent where Maia decides. */
  readonly tasks: Readonly<Partial<Record<Task, 'local' | 'claude'>>>;
  readonly models: AllowedModels;
  /** The longest predicted time, in ms, until the user has something: the first shown token, or a held answer. */
  readonly patience: { readonly streamedMs: number; readonly heldMs: number };
  /** What paid models may take in all. */
  readonly budget: Budget;
  readonly claude: {
    readonly baseUrl: string;
    /** The id that stands for each tier. */
    readonly models: Readonly<Record<Tier, string>>;
    /** Routine work may start at Haiku. */
    readonly cheapTier: boolean;
  };
  readonly ollama: {
    /** `http://127.0.0.1:11434` when nobody set one. */
    readonly host: string;
    /** Ollama's own form (`10m`, `-1`); absent = the server's. */
    readonly keepAlive?: string;
  };
  readonly privacy: {
    /** Globs; what matches never leaves the machine. */
    readonly protectedPaths: readonly string[];
    /** Hosts of boundary `network` that may see protected content. */
    readonly trustedHosts: readonly string[];
    /** The most megabytes of protected files whose lines are known again in text without a path; 0 = none. */
    readonly lineIndexMegabytes?: number;
  };
  readonly verify: {
    /** The project's own test command may be run on generated tests, where the developer allows it in a workspace. */
    readonly runTests: boolean;
  };
  /** Model id of the baseline that savings are measured against. */
  readonly baseline: string;
  /** USD per million tokens, over the shipped table, by model id. */
  readonly prices: Readonly<Record<string, PriceOverride>>;
  readonly footer: Footer;
  /** Where a change of an open file is shown first; `diff` where absent. */
  readonly proposals?: 'diff' | 'inPlace';
}

export interface PriceOverride {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
}
