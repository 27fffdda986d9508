// The package's index brings WebSocket, EventSource, caches and mocks along, 230 KB that nothing here needs; its parts
// have no declarations of their own.
declare module 'undici/lib/web/fetch/index.js' {
  import type { fetch } from 'undici';

  const parts: { readonly fetch: typeof fetch };
  export default parts;
}
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici';
  export default Agent;
}
declare module 'undici/lib/dispatcher/env-http-proxy-agent.js' {
  import { EnvHttpProxyAgent } from 'undici';
  export default EnvHttpProxyAgent;
}
declare module 'undici/lib/dispatcher/dispatcher.js' {
  import { Dispatcher } from 'undici';
  export default Dispatcher;
}
declare module 'undici/lib/api/index.js' {
  const methods: Readonly<Record<string, unknown>>;
  export default methods;
}
