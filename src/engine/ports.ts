import type { Policy } from '../vocabulary/policy.ts';

/** The user's settings; a workspace has only tightened them. */
export interface PolicySource {
  current(): Policy;
  onDidChange(listener: () => void): { dispose(): void };
}

export interface Secrets {
  /** Claude's API key; undefined where none is set or its use was not allowed. */
  claudeKey(): Promise<string | undefined>;
  onDidChange(listener: () => void): { dispose(): void };
}

/** Whether the machine has any network beside loopback. */
export interface Network {
  online(): boolean;
}
