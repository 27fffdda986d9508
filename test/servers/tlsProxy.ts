import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';

export interface TlsProxyOptions {
  /** Where each host's decrypted traffic goes: `{'api.anthropic.com': 'http://127.0.0.1:1234'}`. Others are 502. */
  readonly hosts: Readonly<Record<string, string>>;
  /** `user:password` that a client has to give, else 407. */
  readonly credentials?: string;
}

/** One thing that a client asked of the proxy. */
export interface Tunnel {
  /** `host:port` of a CONNECT, the whole address of a plain request. */
  readonly target: string;
  readonly method: string;
  /** What the client sent through it, decrypted. */
  readonly sent: Buffer[];
  /** The client took the proxy's certificate. */
  trusted: boolean;
}

export interface TlsProxy {
  /** For `HTTPS_PROXY`. */
  readonly url: string;
  /** PEM file for `NODE_EXTRA_CA_CERTS`; made anew for each proxy. */
  readonly caFile: string;
  readonly caPem: string;
  readonly tunnels: readonly Tunnel[];
  close(): Promise<void>;
}

const years = 365 * 86_400_000;

async function makeCa() {
  const made = await generate([{ name: 'commonName', value: 'Intercepting proxy of the tests' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + years),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** A certificate for a host, signed by the proxy's own authority, as an inspecting company proxy makes them. */
async function contextFor(host: string, ca: { key: string; cert: string }): Promise<SecureContext> {
  const leaf = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + years),
    ca,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  return createSecureContext({ key: leaf.private, cert: `${leaf.cert}\n${ca.cert}` });
}

/** An HTTP CONNECT proxy on 127.0.0.1 that opens TLS with certificates of its own authority. */
export async function startTlsProxy(options: TlsProxyOptions): Promise<TlsProxy> {
  const ca = await makeCa();
  const folder = await mkdtemp(join(tmpdir(), 'maia-proxy-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, ca.cert);
  const contexts = new Map<string, Promise<SecureContext>>();
  const tunnels: Tunnel[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const note = (request: IncomingMessage): Tunnel => {
    const tunnel: Tunnel = {
      target: request.url ?? '',
      method: request.method ?? '',
      sent: [],
      trusted: false,
    };
    tunnels.push(tunnel);
    return tunnel;
  };
  const allowed = (request: IncomingMessage) =>
    options.credentials === undefined ||
    request.headers['proxy-authorization'] === `Basic ${Buffer.from(options.credentials).toString('base64')}`;

  const server = createServer((request, response) => {
    note(request);
    request.resume();
    response.writeHead(405, { 'Content-Type': 'text/plain' }).end('This proxy takes CONNECT alone.\n');
  });
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const tunnel = note(request);
    void open(request, tunnel, socket, head).catch(() => socket.destroy());
  });

  async function open(request: IncomingMessage, tunnel: Tunnel, socket: Socket, head: Buffer): Promise<void> {
    if (!allowed(request)) {
      socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\nContent-Length: 0\r\n\r\n',
      );
      return;
    }
    const host = tunnel.target.replace(/:\d+$/, '');
    const upstream = options.hosts[host];
    if (upstream === undefined) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const context = contexts.get(host) ?? contextFor(host, ca);
    contexts.set(host, context);
    const secureContext = await context;
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    const inside = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    keep(inside);
    const { hostname, port } = new URL(upstream);
    const outside = connect(Number(port), hostname);
    keep(outside);
    inside.on('data', (chunk: Buffer) => {
      tunnel.trusted = true;
      tunnel.sent.push(Buffer.from(chunk));
    });
    inside.pipe(outside);
    outside.pipe(inside);
    inside.on('close', () => outside.destroy());
    outside.on('close', () => inside.destroy());
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caFile,
    caPem: ca.cert,
    tunnels,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
