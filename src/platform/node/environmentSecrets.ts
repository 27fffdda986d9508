import type { Secrets } from '../../engine/ports.ts';

/** The command line takes Claude's key from its own environment, and from nowhere else. */
export function environmentSecrets(env: NodeJS.ProcessEnv = process.env): Secrets {
  return {
    claudeKey: async () => env.ANTHROPIC_API_KEY || undefined,
    onDidChange: () => ({ dispose: () => undefined }),
  };
}
