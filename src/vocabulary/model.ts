/** Where a model's provider stands: this machine's loopback with no remote model behind it, a host the user named, or the cloud. */
export type Boundary = 'machine' | 'network' | 'cloud';

/** Price class of an answer. `other` is a cloud or priced model that is not Claude. */
export type Route = 'local' | 'claude' | 'other';

export type Tier = 'haiku' | 'sonnet' | 'opus';

/** `ollama` or `claude`. */
export type ProviderId = 'ollama' | 'claude';

/** One model on one provider: survives `structuredClone` and JSON. */
export interface ModelId {
  readonly provider: ProviderId;
  /** The provider's own name, tag included: `qwen2.5-coder:7b`, `claude-sonnet-5-5`. */
  readonly name: string;
}

export interface Capabilities {
  /** Answers chat messages at all (an embedding model does not). */
  readonly chat: boolean;
  readonly tools: boolean;
  readonly images: boolean;
  readonly thinking: boolean;
}

/** What a provider tells of a model that may be asked. */
export interface Model {
  readonly id: ModelId;
  readonly boundary: Boundary;
  /** Host and port that answers for it, without a scheme: `gpu.lan:11434`; `maia.privacy.trustedHosts` is matched against it. */
  readonly host?: string;
  readonly route: Route;
  /** Set for Claude. */
  readonly tier?: Tier;
  readonly digest?: string;
  /** As the provider names it: `llama`, `qwen2`, … */
  readonly family?: string;
  /** In thousands of millions. */
  readonly parametersBillion?: number;
  /** Size on disk in bytes. */
  readonly sizeBytes?: number;
  /** Bytes of memory that each token of its window takes, as far as its description tells. */
  readonly windowBytesPerToken?: number;
  /** Whether its template and name speak of chat; false for a base model, absent where nothing is told. */
  readonly chatTemplate?: boolean;
  readonly capabilities: Capabilities;
  /** The longest window that the model was trained for, in tokens. */
  readonly contextTokens: number;
  /** The window that the model's own file asks for, in tokens, where it does. */
  readonly defaultContextTokens?: number;
  /** The most tokens that one answer may have, where the provider tells. */
  readonly maxOutputTokens?: number;
  /** Set while the model is in memory. */
  readonly loaded?: LoadedModel;
}

export interface LoadedModel {
  /** The window really allocated, in tokens; what does not fit it is refused or reloads the model. */
  readonly contextTokens: number;
  readonly memoryBytes: number;
  /** The part of `memoryBytes` that lies on a GPU. */
  readonly gpuBytes: number;
  /** Epoch milliseconds; absent when it stays until asked to leave. */
  readonly expiresAt?: number;
}

/** Measured on real requests of this machine; a reading, not a constant. */
export interface Speed {
  /** Milliseconds from request to first token with the model loaded; median of the last readings. */
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  /** Milliseconds that its loads took, the median; absent when none was seen. */
  readonly loadMs?: number;
  /** Tokens of a prompt that it reads in a second, what it still had in its cache not counted; absent when not seen. */
  readonly promptTokensPerSecond?: number;
  readonly samples: number;
}

export type CandidateState = 'ready' | 'unreachable' | 'noKey' | 'failing' | 'offline';

/** A model as it stands at the moment of a decision. */
export interface Candidate {
  readonly model: Model;
  /** `failing`: its circuit breaker is open. */
  readonly state: CandidateState;
  /** Serves another request right now. */
  readonly busy: boolean;
  /** False when the machine's memory can't hold it; true also when nothing is known. */
  readonly fitsMemory: boolean;
  /** A probe on this machine found that it calls tools rightly (always true for Claude). */
  readonly toolsProven: boolean;
  /** Whether it follows a chat: by its template, or by a probe on this machine. Absent where nobody knows. */
  readonly chatProven?: boolean;
  readonly speed?: Speed;
  /** Bytes of a model's file that its host loads in a second: its own loads, else those of any model there. */
  readonly loadBytesPerSecond?: number;
}

export function sameModel(a: ModelId, b: ModelId): boolean {
  return a.provider === b.provider && a.name === b.name;
}
