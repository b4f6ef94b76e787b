import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { fromHeaderText } from '../header-text.ts';

/** A request as a front door receives it: the same for every event source, nothing decoded. */
export interface ClientRequest {
  readonly method: string;
  /** As sent, escapes included. */
  readonly path: string;
  /** Without the question mark; empty when there is none. */
  readonly query: string;
  /** In order, with the names as sent, plus what every front door adds. */
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
  readonly protocol: string;
  readonly sourceIp: string;
  /** The `host` header. */
  readonly host: string;
  readonly requestId: string;
  /** `Root=...`, of the client or new. */
  readonly traceRoot: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

export type HeaderLine = readonly [name: string, value: string];

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html */
const SET_BY_FRONT_DOOR = new Set(['x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto', 'x-amzn-trace-id']);

export function toClientRequest(message: IncomingMessage, body: Buffer): ClientRequest {
  const receivedAt = Date.now();
  const target = fromHeaderText(message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const question = target.indexOf('?');
  const path = question === -1 ? target : target.slice(0, question);
  const sourceIp = (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const traceRoot = rootOf(message) ?? newTraceRoot(receivedAt);
  const forwardedFor = message.headers['x-forwarded-for'];
  return {
    method: message.method ?? 'GET',
    path: path === '' ? '/' : path,
    query: question === -1 ? '' : target.slice(question + 1),
    headers: [
      ...clientHeaders(message, body),
      ['X-Forwarded-For', forwardedFor === undefined ? sourceIp : `${String(forwardedFor)}, ${sourceIp}`],
      ['X-Forwarded-Port', String(message.socket.localPort ?? 80)],
      ['X-Forwarded-Proto', 'http'],
      ['X-Amzn-Trace-Id', traceRoot],
    ],
    body,
    protocol: `HTTP/${message.httpVersion}`,
    sourceIp,
    host: fromHeaderText(message.headers.host ?? ''),
    requestId: randomUUID(),
    traceRoot,
    receivedAt,
  };
}

function clientHeaders(message: IncomingMessage, body: Buffer): HeaderLine[] {
  const lines: HeaderLine[] = [];
  const raw = message.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!SET_BY_FRONT_DOOR.has(name.toLowerCase())) lines.push([name, fromHeaderText(raw[index + 1] ?? '')]);
  }
  // A chunked body is collected, so its length is known by now.
  if (body.length > 0 && message.headers['content-length'] === undefined) {
    lines.push(['Content-Length', String(body.length)]);
  }
  return lines;
}

function rootOf({ headers }: IncomingMessage): string | null {
  const match = /Root=[0-9a-zA-Z-]+/.exec(String(headers['x-amzn-trace-id'] ?? ''));
  return match === null ? null : match[0];
}

/** @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids */
function newTraceRoot(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1000).toString(16);
  return `Root=1-${seconds}-${randomUUID().replaceAll('-', '').slice(0, 24)}`;
}
