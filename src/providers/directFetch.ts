import type { LookupAddress } from 'node:dns';

/** What `connect` of a socket calls to find an address. */
type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** `localhost` means loopback here, whatever a hosts file says. */
function loopbackLookup(_name: string, options: { readonly all?: boolean }, found: Found): void {
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  if (options.all) found(null, both);
  else found(null, '127.0.0.1', 4);
}

async function open() {
  const [{ default: parts }, { default: Agent }] = await Promise.all([
    import('undici/lib/web/fetch/index.js'),
    import('undici/lib/dispatcher/agent.js'),
  ]);
  // A cold model sends no byte for minutes: Node's own limits (5 minutes) would end it, ours are set by phase.
  const agent = new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { lookup: loopbackLookup, timeout: 5_000 },
  });
  return { agent, undiciFetch: parts.fetch };
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** undici 8 wants Node 22.19; on an older one (`maia route` alone runs there) Node's own fetch has to do. */
export const undiciRuns = major > 22 || (major === 22 && minor >= 19);

let opened: ReturnType<typeof open> | undefined;

/**
 * A fetch for loopback alone: never proxied (an editor's own fetch may be patched to), names resolve to loopback only,
 * and nothing but the caller's signal ends a wait.
 */
export const directFetch: typeof fetch = async (input, init) => {
  if (!undiciRuns) return fetch(input, init);
  opened ??= open();
  const { agent, undiciFetch } = await opened;
  type Input = Parameters<typeof undiciFetch>[0];
  type Init = NonNullable<Parameters<typeof undiciFetch>[1]>;
  return (await undiciFetch(input as Input, { ...(init as Init), dispatcher: agent })) as unknown as Response;
};

/** Closes every connection that `directFetch` holds. */
export async function closeDirectFetch(): Promise<void> {
  const closing = opened;
  opened = undefined;
  if (closing) await (await closing).agent.destroy();
}
