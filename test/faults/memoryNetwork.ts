import type { MemoryResponse, MemoryServer } from './memoryServer.ts';
import { pause } from './simulatedTime.ts';
import type { Passage, Weather } from './weather.ts';

/** One request on its way through the network, with every byte that each side got. */
export interface Exchange {
  readonly server: MemoryServer | undefined;
  readonly origin: string;
  readonly path: string;
  /** What the client sent. */
  readonly body: string;
  readonly passage: Passage;
  /** Place in `server.arrivals.list`; undefined where nothing arrived. */
  arrival?: number;
  /** Body bytes that the server wrote, and those of them that the client took. */
  readonly sent: Buffer[];
  readonly taken: Buffer[];
  status?: number;
  /** The server's answer was whole when it ended. */
  whole: boolean;
  /** Neither side holds the connection any more. */
  closed: boolean;
}

const streams = new Set(['/api/chat', '/v1/messages']);

/** Brings requests to servers in the same process, through the weather of one scenario. */
export class MemoryNetwork {
  readonly exchanges: Exchange[] = [];
  readonly #servers = new Map<string, MemoryServer>();
  readonly #weather: Weather;

  constructor(weather: Weather) {
    this.#weather = weather;
  }

  add(server: MemoryServer): MemoryServer {
    this.#servers.set(new URL(server.url).origin, server);
    return server;
  }

  /** The same server under another name. */
  alias(url: string, server: MemoryServer): void {
    this.#servers.set(new URL(url).origin, server);
  }

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const signal = init.signal ?? new AbortController().signal;
    signal.throwIfAborted();
    const streamed = streams.has(url.pathname);
    const passage = this.#weather.next(streamed);
    const server = this.#servers.get(url.origin);
    const exchange: Exchange = {
      server,
      origin: url.origin,
      path: url.pathname,
      body: typeof init.body === 'string' ? init.body : '',
      passage,
      sent: [],
      taken: [],
      whole: false,
      closed: false,
    };
    this.exchanges.push(exchange);
    if (passage.thereMs > 0) await pause(passage.thereMs, signal);
    if (signal.aborted) exchange.closed = true;
    signal.throwIfAborted();
    const early = earlyAnswer(passage, server);
    if (early instanceof Response) {
      exchange.closed = true;
      return early;
    }
    if (early || !server) {
      exchange.closed = true;
      throw early ?? failed('ENOTFOUND');
    }
    return new Connection(exchange, server, signal).open({
      method: init.method ?? 'GET',
      path: url.pathname + url.search,
      headers: new Headers(init.headers as Record<string, string>),
      body: exchange.body,
    });
  };
}

/** As Node's fetch fails, with the system's own code as its cause. */
function failed(code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}

function terminated(): TypeError {
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  return new TypeError('terminated', { cause });
}

const early = {
  refused: 'ECONNREFUSED',
  unknownHost: 'ENOTFOUND',
  unreachable: 'EHOSTUNREACH',
  badCertificate: 'SELF_SIGNED_CERT_IN_CHAIN',
  resetBefore: 'ECONNRESET',
} as const;

/** What comes back where the request never reaches its server. */
function earlyAnswer({ fault }: Passage, server: MemoryServer | undefined): TypeError | Response | undefined {
  if (fault.kind in early) return failed(early[fault.kind as keyof typeof early]);
  if (fault.kind === 'portal')
    return new Response(fault.body, { status: fault.status, headers: { 'content-type': 'text/html' } });
  if (fault.kind === 'redirect')
    return new Response(null, { status: 307, headers: { location: fault.location } });
  if (!server) return failed('ENOTFOUND');
  return server.listening ? undefined : failed('ECONNREFUSED');
}

type Piece = Buffer | 'end' | 'lost' | 'cut';

/** One connection that reaches its server: what the server writes goes through the weather to the client. */
class Connection {
  readonly #exchange: Exchange;
  readonly #server: MemoryServer;
  readonly #signal: AbortSignal;
  readonly #queue: Piece[] = [];
  readonly #headers = Promise.withResolvers<Response>();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #response: MemoryResponse | undefined;
  #queuedBytes = 0;
  #wake: () => void = () => undefined;
  #answered = false;

  constructor(exchange: Exchange, server: MemoryServer, signal: AbortSignal) {
    this.#exchange = exchange;
    this.#server = server;
    this.#signal = signal;
  }

  open(incoming: Parameters<MemoryServer['take']>[0]): Promise<Response> {
    const { fault } = this.#exchange.passage;
    this.#signal.addEventListener('abort', this.#aborted, { once: true });
    this.#response = this.#server.take(incoming, {
      arrived: (index) => {
        this.#exchange.arrival = index;
      },
      head: (status, headers) => void this.#head(status, headers),
      data: (bytes) => this.#data(bytes),
      end: () => {
        this.#exchange.whole = true;
        this.#put('end');
      },
      lost: () => this.#lost(),
    });
    if (fault.kind === 'resetAfter')
      void pause(fault.afterMs, this.#signal).then(() => {
        if (this.#answered || this.#signal.aborted) return;
        this.#response?.clientGone();
        this.#fail(failed('ECONNRESET'));
      });
    return this.#headers.promise;
  }

  readonly #aborted = () => {
    this.#response?.clientGone();
    this.#fail(this.#signal.reason);
  };

  async #head(status: number, headers: Headers): Promise<void> {
    const { passage } = this.#exchange;
    this.#exchange.status = status;
    if (passage.fault.kind === 'silent' || passage.fault.kind === 'resetAfter') return;
    if (passage.backMs > 0) await pause(passage.backMs, this.#signal);
    if (this.#exchange.closed) return;
    this.#answered = true;
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#deliver(),
        cancel: () => this.#close(),
      },
      { highWaterMark: 0 },
    );
    const empty = status === 204 || status === 304 || (status >= 300 && status < 400);
    if (empty) this.#close();
    this.#headers.resolve(new Response(empty ? null : body, { status, headers: new Headers([...headers]) }));
  }

  #data(bytes: Buffer): void {
    this.#exchange.sent.push(bytes);
    const { fault, pieceBytes } = this.#exchange.passage;
    let rest = bytes;
    if (fault.kind === 'cut' || fault.kind === 'shortened' || fault.kind === 'stalled') {
      if (this.#queuedBytes >= fault.atBytes + 1) return;
      const room = fault.atBytes - this.#queuedBytes;
      this.#queuedBytes += rest.length;
      if (rest.length > room) {
        rest = rest.subarray(0, room);
        this.#queuedBytes = Number.POSITIVE_INFINITY;
        if (rest.length > 0) this.#put(rest);
        if (fault.kind === 'cut') this.#put('cut');
        else if (fault.kind === 'shortened') this.#put('end');
        return;
      }
    }
    const size = pieceBytes || rest.length;
    for (let at = 0; at < rest.length; at += size) this.#put(rest.subarray(at, at + size));
  }

  #put(piece: Piece): void {
    this.#queue.push(piece);
    this.#wake();
  }

  /** One piece to the client. */
  async #deliver(): Promise<void> {
    while (this.#queue.length === 0 && !this.#exchange.closed)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    const { pieceMs } = this.#exchange.passage;
    if (pieceMs > 0) await pause(pieceMs, this.#signal);
    const piece = this.#queue.shift();
    if (this.#exchange.closed || piece === undefined) return;
    if (piece === 'end') {
      this.#close();
      this.#controller?.close();
    } else if (typeof piece === 'string') {
      this.#response?.clientGone();
      this.#fail(terminated());
    } else {
      this.#exchange.taken.push(piece);
      this.#controller?.enqueue(piece);
    }
  }

  /** The server dropped the connection. */
  #lost(): void {
    if (this.#answered) this.#put('lost');
    else this.#fail(failed('UND_ERR_SOCKET'));
  }

  #fail(error: unknown): void {
    if (this.#exchange.closed) return;
    this.#close();
    this.#headers.reject(error);
    this.#headers.promise.catch(() => undefined);
    this.#controller?.error(error);
  }

  #close(): void {
    this.#exchange.closed = true;
    this.#signal.removeEventListener('abort', this.#aborted);
    this.#response?.clientGone();
    this.#wake();
  }
}
