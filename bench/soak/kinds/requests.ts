import type { EventSource } from '../../emulator/front-doors.ts';
import { FRONT_DOORS } from '../../emulator/front-doors.ts';
import type { HeaderLine } from '../../emulator/events/client-request.ts';
import type { Expected, Shot } from '../shot.ts';
import type { Draft } from './kind.ts';

interface Request {
  /** With the query, if there is one. */
  readonly target: string;
  readonly method?: string;
  readonly headers?: readonly HeaderLine[];
  readonly body?: Buffer;
  readonly timeoutMs?: number;
  readonly readDelayMs?: number;
}

/** Long enough for everything that is to succeed, on a busy machine too. */
const PATIENCE_MS = 30_000;
const NO_BODY = Buffer.alloc(0);

/** The event that an AWS service makes of a request. */
export function viaHttp(
  { id }: Draft,
  source: EventSource,
  { target, method = 'GET', headers = [], body = NO_BODY, timeoutMs = PATIENCE_MS, readDelayMs = 0 }: Request,
  expected: Expected,
): Omit<Shot, 'id' | 'kind' | 'isFault'> {
  const [path = '', query = ''] = target.split('?', 2);
  const event = FRONT_DOORS[source].toEvent({
    method,
    path,
    query,
    headers: [['Host', 'soak.example.com'], ['X-Soak-Id', id], ...headers],
    body,
    protocol: 'HTTP/1.1',
    sourceIp: '192.0.2.1',
    host: 'soak.example.com',
    requestId: id,
    traceRoot: 'Root=1-00000000-000000000000000000000000',
    receivedAt: Date.now(),
  });
  return { event: JSON.stringify(event), source, timeoutMs, readDelayMs, expected };
}

/** A message of a queue whose body says what the app shall do with it. */
export function viaQueue(
  { id }: Draft,
  wish: 'answer' | 'fail' | 'hang',
  expected: Expected,
  timeoutMs = PATIENCE_MS,
): Omit<Shot, 'id' | 'kind' | 'isFault'> {
  const record = { messageId: id, body: wish, eventSource: 'aws:sqs', awsRegion: 'us-east-1', attributes: {} };
  return { event: JSON.stringify({ Records: [record] }), source: null, timeoutMs, readDelayMs: 0, expected };
}

export function answered(body: Buffer | string, status = 200): Expected {
  return { kind: 'http', status, body, bearsId: true };
}
