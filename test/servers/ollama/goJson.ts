import type { ServerResponse } from 'node:http';
import { sendWhole } from '../wire/loopbackServer.ts';

const escaped: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON as Go's `json.Marshal` writes it: no spaces, `<`, `>`, `&` and the line separators escaped. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (char) => escaped[char]!);
}

/** A time (the one now, if none is given) as Go's RFC 3339 with nanoseconds, trailing zeros cut. */
export function goTime(epochMs = performance.timeOrigin + performance.now()): string {
  const nanos = BigInt(Math.floor(epochMs * 1e3)) * 1000n + 511n;
  const seconds = new Date(Number(nanos / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = (nanos % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return fraction ? `${seconds}.${fraction}Z` : `${seconds}Z`;
}

/** An answer or an error that is not streamed. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendWhole(response, status, { 'Content-Type': 'application/json; charset=utf-8' }, goJson(body));
}

export function sendText(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  sendWhole(response, status, { 'Content-Type': type }, text);
}

/** An error that the engine gave before its first token: chunked, and without a charset. */
export function sendEngineError(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.write(goJson({ error: message }));
  response.end();
}

/** An error that becomes an answer of the server. */
export class WireError extends Error {
  readonly status: number;
  /** From the engine, so in the streaming form. */
  readonly engine: boolean;
  constructor(status: number, message: string, engine = false) {
    super(message);
    this.status = status;
    this.engine = engine;
  }
}

/** Parses a request's body; throws the WireError that Go's decoder would lead to. */
export function parseBody(body: Buffer, type = 'api.ChatRequest'): Record<string, unknown> {
  const text = body.toString('utf8');
  if (text.trim() === '') throw new WireError(400, 'missing request body');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const bad = /Unexpected token '?(.)/.exec((error as Error).message)?.[1];
    if (!bad || /Unexpected end|Unterminated/.test((error as Error).message))
      throw new WireError(400, 'unexpected EOF');
    throw new WireError(400, `invalid character '${bad}' looking for beginning of value`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  const kind = Array.isArray(value) ? 'array' : typeof value;
  throw new WireError(400, `json: cannot unmarshal ${kind} into Go value of type ${type}`);
}
