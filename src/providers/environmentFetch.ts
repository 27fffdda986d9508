import { directFetch, undiciRuns } from './directFetch.ts';
import { isLoopback } from './hostName.ts';

/**
 * A fetch for the cloud where there is no editor: through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`
 * name (Node's own fetch ignores them), loopback always directly. Certificates come from Node itself, which reads
 * `NODE_EXTRA_CA_CERTS` when it starts.
 */
export function createEnvironmentFetch(): { readonly fetch: typeof fetch; close(): Promise<void> } {
  const open = async () => {
    const [parts, agents, dispatcher, methods] = await Promise.all([
      import('undici/lib/web/fetch/index.js'),
      import('undici/lib/dispatcher/env-http-proxy-agent.js'),
      import('undici/lib/dispatcher/dispatcher.js'),
      import('undici/lib/api/index.js'),
    ]);
    // As the package's index does: a proxy's tunnel is opened by `connect`, which is one of them.
    Object.assign(dispatcher.default.prototype, methods.default);
    const { default: EnvHttpProxyAgent } = agents;
    // Silences are ended by phase, by whoever asks.
    return {
      agent: new EnvHttpProxyAgent({ headersTimeout: 0, bodyTimeout: 0 }),
      undiciFetch: parts.default.fetch,
    };
  };
  let opened: ReturnType<typeof open> | undefined;
  const environmentFetch: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!undiciRuns || isLoopback(url)) return directFetch(input, init);
    opened ??= open();
    const { agent, undiciFetch } = await opened;
    type Input = Parameters<typeof undiciFetch>[0];
    type Init = NonNullable<Parameters<typeof undiciFetch>[1]>;
    return (await undiciFetch(input as Input, {
      ...(init as Init),
      dispatcher: agent,
    })) as unknown as Response;
  };
  return {
    fetch: environmentFetch,
    async close() {
      const closing = opened;
      opened = undefined;
      if (closing) await (await closing).agent.destroy();
    },
  };
}
