/** `Host:port` in lower case without scheme, user, path or a trailing dot; IPv6 keeps its brackets. */
function hostAndPort(text: string): { readonly host: string; readonly port: string } {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '');
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(bare);
  if (!parts) return { host: bare, port: '' };
  return { host: (parts[1] ?? '').replace(/\.$/, ''), port: parts[2] ?? '' };
}

/**
 * Whether the user marked this host as one that may see protected content. An entry without a port stands for every
 * port of that host; there are no wildcards and no subdomains.
 */
export function isTrustedHost(host: string | undefined, trusted: readonly string[]): boolean {
  if (host === undefined) return false;
  const asked = hostAndPort(host);
  if (asked.host === '') return false;
  return trusted.some((entry) => {
    const allowed = hostAndPort(entry);
    return allowed.host === asked.host && (allowed.port === '' || allowed.port === asked.port);
  });
}
