import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Arrival, Arrivals } from './arrivals.ts';

/** `signal` aborts when the client's connection goes before the answer is whole. */
export type Handler = (arrival: Arrival, response: ServerResponse, signal: AbortSignal) => Promise<void>;

/** What a server listens on. */
export interface Transport {
  readonly arrivals: Arrivals;
  readonly url: string;
  /** 0 takes a free port the first time and the same one again after `crash`. */
  listen(port?: number): Promise<void>;
  /** As after SIGKILL: every connection drops and the port refuses. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

/** An HTTP server on 127.0.0.1 that keeps what arrives and can die and come back on its port. */
export class LoopbackServer implements Transport {
  readonly arrivals = new Arrivals();
  readonly #handler: Handler;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(handler: Handler) {
    this.#handler = handler;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens on a port; 0 takes a free one the first time and the same one again after `crash`. */
  async listen(port = 0): Promise<void> {
    const server = createServer((request, response) => void this.#serve(request, response));
    server.keepAliveTimeout = 60_000;
    server.requestTimeout = 0;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('data', (chunk: Buffer) => this.arrivals.raw.push(Buffer.from(chunk)));
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port || this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    response.on('error', () => {});
    // Go writes no Connection and no Keep-Alive header.
    response.removeHeader('Connection');
    try {
      const arrival = await this.arrivals.record(request, response);
      await this.#handler(arrival, response, gone.signal);
    } catch (error) {
      if (gone.signal.aborted || request.errored) return;
      response.destroy();
      throw error;
    }
  }

  /** As after SIGKILL: every connection drops and the port refuses. */
  async crash(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async close(): Promise<void> {
    await this.crash();
  }
}

/** Sends one whole body with its length, as Go does for what is not streamed. */
export function sendWhole(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string | Buffer,
): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
  response.end(bytes);
}

/** Writes a piece and waits while the client does not read; throws the signal's reason once it is gone. */
export async function write(response: ServerResponse, piece: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (response.write(piece)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    response.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
  });
  signal.throwIfAborted();
}
