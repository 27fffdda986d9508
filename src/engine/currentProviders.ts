import type { ClaudeProvider } from '../providers/claude.ts';
import type { LocalProvider } from '../providers/provider.ts';
import type { Policy } from '../vocabulary/policy.ts';

/** The providers that Maia asks, always the same two objects. */
export interface CurrentProviders {
  readonly ollama: LocalProvider;
  readonly claude: ClaudeProvider;
}

/**
 * The providers of the policy as it stands: a changed host or model id makes new ones behind the same two objects,
 * and streams under way go on where they began.
 */
export function currentProviders(
  policy: () => Policy,
  make: {
    readonly ollama: (policy: Policy) => LocalProvider;
    readonly claude: (policy: Policy) => ClaudeProvider;
  },
): CurrentProviders {
  const local = renewed(policy, (now) => now.ollama.host, make.ollama);
  const cloud = renewed(policy, (now) => JSON.stringify(now.claude), make.claude);
  return {
    ollama: {
      id: 'ollama',
      get host() {
        return local().host;
      },
      models: (signal) => local().models(signal),
      compose: (call) => local().compose(call),
      stream: (sendable, signal) => local().stream(sendable, signal),
      pull: (name, signal) => local().pull(name, signal),
      unload: (name, signal) => local().unload(name, signal),
      load: (name, signal) => local().load(name, signal),
    },
    claude: {
      id: 'claude',
      get host() {
        return cloud().host;
      },
      known: () => cloud().known(),
      models: (signal) => cloud().models(signal),
      compose: (call) => cloud().compose(call),
      stream: (sendable, signal) => cloud().stream(sendable, signal),
    },
  };
}

/** Made anew when what it was made from has changed. */
function renewed<T>(
  policy: () => Policy,
  keyOf: (policy: Policy) => string,
  make: (policy: Policy) => T,
): () => T {
  let made: { readonly key: string; readonly value: T } | undefined;
  return () => {
    const now = policy();
    const key = keyOf(now);
    if (made?.key !== key) made = { key, value: make(now) };
    return made.value;
  };
}
