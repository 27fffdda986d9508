import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Arrivals } from '../servers/wire/arrivals.ts';
import type { Handler, Transport } from '../servers/wire/loopbackServer.ts';

/** Where a server's answer goes. */
export interface Sink {
  /** The request has arrived; its place in the server's arrivals. */
  arrived(index: number): void;
  head(status: number, headers: Headers): void;
  data(bytes: Buffer): void;
  /** The answer is whole. */
  end(): void;
  /** The server dropped the connection. */
  lost(): void;
}

/** One request as it reaches a server. */
export interface Incoming {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

type Head = Readonly<Record<string, string | number>>;

/** As much of node:http's response as the practice servers use. */
export class MemoryResponse extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableFinished = false;
  readonly socket = { resetAndDestroy: () => this.destroy(), destroy: () => this.destroy() };
  readonly #sink: Sink;
  readonly #headers = new Headers();
  #over = false;

  constructor(sink: Sink) {
    super();
    this.#sink = sink;
  }

  get open(): boolean {
    return !this.#over;
  }

  setHeader(name: string, value: string | number): void {
    this.#headers.set(name, String(value));
  }

  removeHeader(name: string): void {
    this.#headers.delete(name);
  }

  writeHead(status: number, headers: Head = {}): this {
    this.statusCode = status;
    for (const [name, value] of Object.entries(headers)) this.#headers.set(name, String(value));
    this.headersSent = true;
    if (!this.#over) this.#sink.head(status, this.#headers);
    return this;
  }

  write(piece: string | Buffer, written?: () => void): boolean {
    if (!this.headersSent) this.writeHead(this.statusCode);
    if (!this.#over) this.#sink.data(Buffer.from(piece as string));
    if (written) queueMicrotask(written);
    return true;
  }

  end(piece?: string | Buffer): void {
    if (piece === undefined) {
      if (!this.headersSent) this.writeHead(this.statusCode);
    } else this.write(piece);
    if (this.#over) return;
    this.#over = true;
    this.writableFinished = true;
    this.#sink.end();
    queueMicrotask(() => this.emit('close'));
  }

  /** The server drops the connection. */
  destroy(): void {
    if (this.#over) return;
    this.#sink.lost();
    this.clientGone();
  }

  /** The connection is gone; the handler hears it. */
  clientGone(): void {
    if (this.#over) return;
    this.#over = true;
    this.emit('close');
  }
}

/** Plays a practice server without sockets; `MemoryNetwork` brings the requests. */
export class MemoryServer implements Transport {
  readonly arrivals = new Arrivals();
  readonly url: string;
  readonly #handler: Handler;
  readonly #open = new Set<MemoryResponse>();
  #listening = false;

  constructor(url: string, handler: Handler) {
    this.url = url;
    this.#handler = handler;
  }

  get listening(): boolean {
    return this.#listening;
  }

  /** Requests that are being answered. */
  get busy(): number {
    return [...this.#open].filter((response) => response.open).length;
  }

  async listen(): Promise<void> {
    this.#listening = true;
  }

  async crash(): Promise<void> {
    this.#listening = false;
    for (const response of this.#open) response.destroy();
    this.#open.clear();
  }

  close(): Promise<void> {
    return this.crash();
  }

  /** Takes a request; what comes of it goes into the sink. */
  take(incoming: Incoming, sink: Sink): MemoryResponse {
    const response = new MemoryResponse(sink);
    this.#open.add(response);
    const gone = new AbortController();
    response.once('close', () => {
      this.#open.delete(response);
      gone.abort();
    });
    void this.#serve(incoming, response, sink, gone.signal);
    return response;
  }

  async #serve(
    { method, path, headers, body }: Incoming,
    response: MemoryResponse,
    sink: Sink,
    gone: AbortSignal,
  ) {
    const bytes = body === '' ? [] : [Buffer.from(body)];
    const request = Object.assign(bytes, {
      method,
      url: path,
      headers: Object.fromEntries(headers),
    }) as unknown as IncomingMessage;
    const answer = response as unknown as ServerResponse;
    try {
      const arrival = await this.arrivals.record(request, answer);
      sink.arrived(arrival.index);
      await this.#handler(arrival, answer, gone);
    } catch (error) {
      response.destroy();
      if (!gone.aborted) throw error;
    }
  }
}
