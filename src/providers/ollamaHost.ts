/** Where Ollama listens when nobody says otherwise. */
export const defaultOllamaHost = 'http://127.0.0.1:11434';

const defaultPort = '11434';

/**
 * The server's base URL, without a trailing slash: the setting, else `OLLAMA_HOST`, else the default. Takes what
 * Ollama's own tools take: a bare name, a missing port (11434; 80 or 443 where a scheme is written), `:port`, a bare
 * IPv6 address. An address that only a server can listen on (`0.0.0.0`, `::`) becomes loopback.
 *
 * @throws {TypeError} when it is no address at all, or its scheme is neither http nor https.
 */
export function resolveOllamaHost(setting: string | undefined, fromEnvironment: string | undefined): string {
  const asked = setting?.trim() || fromEnvironment?.trim();
  if (!asked) return defaultOllamaHost;
  const text = asked.replace(/^(["'])(.*)\1$/, '$2');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text);
  const rest = scheme ? text.slice(scheme[0].length) : text;
  const protocol = (scheme?.[1] ?? 'http').toLowerCase();
  if (protocol !== 'http' && protocol !== 'https')
    throw new TypeError(`Not an address of Ollama: ${protocol}`);
  const slash = rest.indexOf('/');
  // A name and password before it are left out: no request may carry them in its address.
  const authority = (slash < 0 ? rest : rest.slice(0, slash)).replace(/^.*@/, '');
  if (authority === '') throw new TypeError('Not an address of Ollama: it names no host');
  const path = slash < 0 ? '' : rest.slice(slash).replace(/\/+$/, '');
  const url = new URL(`${protocol}://${bracketed(authority)}`);
  const written = /:\d+$/.test(bracketed(authority));
  const port = url.port || (written || scheme ? (protocol === 'https' ? '443' : '80') : defaultPort);
  const name = url.hostname === '0.0.0.0' ? '127.0.0.1' : url.hostname === '[::]' ? '[::1]' : url.hostname;
  return `${protocol}://${name}:${port}${path}`;
}

/** Puts a bare IPv6 address into brackets and a name before a lone `:port`. */
function bracketed(authority: string): string {
  if (authority.startsWith(':') && /^:\d+$/.test(authority)) return `127.0.0.1${authority}`;
  const colons = authority.split(':').length - 1;
  return colons > 1 && !authority.startsWith('[') ? `[${authority}]` : authority;
}
