import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sendWhole } from '../wire/loopbackServer.ts';

/** An error that becomes an answer of the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly details: object | undefined;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: number,
    type: string,
    message: string,
    details?: object,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.details = details;
    this.headers = headers;
  }
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'invalid_request_error', message);
}

export function newId(prefix: string): string {
  return `${prefix}_01${randomBytes(16).toString('base64url').replace(/[-_]/g, 'A')}`;
}

export function errorBody(type: string, message: string, requestId: string, details?: object) {
  return { type: 'error', error: { type, message, ...(details ? { details } : {}) }, request_id: requestId };
}

export function sendApiError(response: ServerResponse, error: ApiError, requestId: string): void {
  sendWhole(
    response,
    error.status,
    { 'Content-Type': 'application/json', 'request-id': requestId, ...error.headers },
    JSON.stringify(errorBody(error.type, error.message, requestId, error.details)),
  );
}
