import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** One request as it arrived, and what became of its connection. Times are `performance.now()` milliseconds. */
export interface Arrival {
  readonly index: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The very bytes of the body. */
  readonly body: Buffer;
  readonly arrivedAt: number;
  /** Status of the answer, once its headers are out. */
  status?: number;
  /** The answer went out whole. */
  finishedAt?: number;
  /** The connection went before the answer was whole. */
  closedAt?: number;
  /** The body as JSON; throws where it is none. */
  json(): Record<string, unknown>;
}

/** The `model` of a request's body, where it has one. */
export function askedModel(arrival: Arrival): string | undefined {
  try {
    const { model } = arrival.json();
    return typeof model === 'string' ? model : undefined;
  } catch {
    return undefined;
  }
}

/** Everything that reached a server, kept in the order of arrival. */
export class Arrivals {
  readonly list: Arrival[] = [];
  /** Every byte of every connection, headers included. */
  readonly raw: Buffer[] = [];
  readonly #events = new EventEmitter().setMaxListeners(0);

  /** Reads a request's body and keeps it; rejects where the client goes before its body is whole. */
  async record(request: IncomingMessage, response: ServerResponse): Promise<Arrival> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const arrival: Arrival = {
      index: this.list.length,
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
      body,
      arrivedAt: performance.now(),
      json: () => JSON.parse(body.toString('utf8')) as Record<string, unknown>,
    };
    response.once('close', () => {
      if (response.headersSent) arrival.status = response.statusCode;
      if (response.writableFinished) arrival.finishedAt = performance.now();
      else arrival.closedAt = performance.now();
      this.#events.emit('ended');
    });
    this.list.push(arrival);
    this.#events.emit('arrived');
    return arrival;
  }

  /** All requests to a path, oldest first; the query is left out of the comparison. */
  to(path: string): Arrival[] {
    return this.list.filter((arrival) => arrival.path.split('?')[0] === path);
  }

  /** Resolves with the nth request (from 1) to a path, now or when it comes. */
  async waitFor(path: string, nth = 1): Promise<Arrival> {
    for (;;) {
      const found = this.to(path)[nth - 1];
      if (found) return found;
      await new Promise((resolve) => this.#events.once('arrived', resolve));
    }
  }

  /** Resolves when the answer to a request is whole or its connection is gone. */
  async ended(arrival: Arrival): Promise<Arrival> {
    while (arrival.finishedAt === undefined && arrival.closedAt === undefined)
      await new Promise((resolve) => this.#events.once('ended', resolve));
    return arrival;
  }

  /** Whether these bytes reached the server anywhere: header, path or body. */
  holds(text: string): boolean {
    return Buffer.concat(this.raw).includes(text) || this.list.some((arrival) => arrival.body.includes(text));
  }
}
