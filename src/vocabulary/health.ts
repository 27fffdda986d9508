import type { Failure } from './failure.ts';
import type { Candidate } from './model.ts';

export type LocalState = 'ready' | 'loading' | 'busy' | 'unreachable' | 'noModels' | 'unknown';
export type ClaudeState = 'ready' | 'noKey' | 'failing' | 'offline' | 'unknown';

/** What was really served, not what answered a ping. */
export interface Health {
  readonly local: LocalState;
  readonly claude: ClaudeState;
  readonly host: string;
  /** Why `local` is `unreachable`, as the server that should be Ollama showed it last. */
  readonly localFailure?: Failure;
  readonly candidates: readonly Candidate[];
  /** The last thing that went wrong per model name, newest first, with its time in epoch ms. */
  readonly lastErrors: readonly { readonly model: string; readonly failure: Failure; readonly at: number }[];
  /** Bytes of memory of the machine that the extension host runs on. */
  readonly machineMemoryBytes: number;
  readonly practice: boolean;
}

export interface PullProgress {
  readonly status: string;
  readonly completedBytes?: number;
  readonly totalBytes?: number;
}
