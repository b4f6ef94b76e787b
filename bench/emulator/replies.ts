import { MAX_PAYLOAD_BYTES } from './limits.ts';

import type { ServerResponse } from 'node:http';

/** An answer of the Runtime or Extensions API. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  /** Empty when the call was accepted. */
  readonly errorType: string;
}

export const ACCEPTED: Reply = { status: 202, body: '{"status":"OK"}', errorType: '' };
export const INVALID_REQUEST_ID = failure(400, 'InvalidRequestID', 'Invalid request ID');
export const INVALID_RESPONSE_MODE = failure(400, 'InvalidFunctionResponseMode', 'Invalid function response mode');
export const TRUNCATED = failure(400, 'TruncatedHTTPRequest', 'HTTP request detected as truncated');
export const INVOKE_TIMEOUT = failure(410, 'InvokeTimeout', 'Invoke timeout');
export const TOO_LARGE = failure(
  413,
  'RequestEntityTooLarge',
  `Exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
);
export const INTERNAL_ERROR = failure(500, 'InternalServerError', 'Internal Server Error');

export function forbidden(errorType: string, message: string): Reply {
  return failure(403, errorType, message);
}

export function invalidTransition(from: string, to: string): Reply {
  return forbidden('InvalidStateTransition', `State transition from ${from} to ${to} failed for runtime.`);
}

function failure(status: number, errorType: string, errorMessage: string): Reply {
  return { status, errorType, body: JSON.stringify({ errorMessage, errorType }) };
}

export function send(response: ServerResponse, reply: Reply, headers: readonly string[] = []): void {
  if (response.headersSent || response.destroyed) return;
  const length = String(Buffer.byteLength(reply.body));
  response.writeHead(reply.status, ['Content-Type', 'application/json', 'Content-Length', length, ...headers]);
  response.end(reply.body);
}
