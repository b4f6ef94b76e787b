import type { IncomingMessage, ServerResponse } from 'node:http';

import { failureAnswer, messageIn, outcomeFailure } from './answers/failure.ts';
import { MalformedAnswer, type HttpAnswer } from './answers/http-answer.ts';
import { splitPrelude, STREAM_CONTENT_TYPE } from './answers/prelude.ts';
import { sendAnswer } from './answers/send-answer.ts';
import { StreamedReply } from './answers/streamed-reply.ts';
import { toClientRequest } from './events/client-request.ts';
import { FRONT_DOORS, type EventSource, type FrontDoor } from './front-doors.ts';
import { close, listen, portOf } from './http-server.ts';
import { readWhole } from './read-body.ts';
import type { Emulator, InvokeOutcome } from './types.ts';

export type { EventSource } from './front-doors.ts';

export interface GatewayOptions {
  readonly emulator: Emulator;
  readonly eventSource: EventSource;
  readonly invokeMode: 'buffered' | 'response_stream';
  /** 0, the default, picks a free port. */
  readonly port?: number;
  /** Address to listen on; by default only this machine can reach it. */
  readonly host?: string;
  /**
   * How long a request waits for a free poll before it gets a 429, in milliseconds; default 1000. Lambda would try another
   * environment instead: a runtime that has just answered needs a moment to poll again.
   */
  readonly waitForPollMs?: number;
}

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

const WAIT_FOR_POLL_MS = 1000;

/**
 * Serves HTTP as one of Lambda's front doors does: each request becomes an event, each answer of the function a response.
 *
 * @throws TypeError when the event source cannot stream and `invokeMode` says it should.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { eventSource, invokeMode, host = '127.0.0.1' } = options;
  const frontDoor = FRONT_DOORS[eventSource];
  if (invokeMode === 'response_stream' && frontDoor.stream === 'no') {
    throw new TypeError(`${eventSource} cannot stream: use function-url or rest, or the invoke mode buffered`);
  }
  const server = await listen(
    (message, response) => receive(options, frontDoor, message, response),
    options.port ?? 0,
    host,
  );
  return { url: `http://${host}:${portOf(server)}`, close: () => close(server) };
}

function receive(
  options: GatewayOptions,
  frontDoor: FrontDoor,
  message: IncomingMessage,
  response: ServerResponse,
): void {
  // A client may hang up at any time; whatever is written then is lost and nothing else.
  response.on('error', () => {});
  readWhole(
    message,
    frontDoor.maxBodyBytes,
    (body) => {
      serve(options, frontDoor, message, body, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else sendAnswer(response, failureAnswer(500, 'Gateway.Failure', String(error)), []);
      });
    },
    () => {
      const limit = `the body is over ${frontDoor.maxBodyBytes} bytes`;
      sendAnswer(response, failureAnswer(413, 'RequestEntityTooLargeException', limit), []);
    },
  );
}

async function serve(
  { emulator, invokeMode, waitForPollMs = WAIT_FOR_POLL_MS }: GatewayOptions,
  frontDoor: FrontDoor,
  message: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const request = toClientRequest(message, body);
  const ownHeaders = frontDoor.ownHeaders(request);
  const stream = invokeMode === 'response_stream' ? new StreamedReply(response, frontDoor, ownHeaders) : null;
  const outcome = await emulator.invoke(JSON.stringify(frontDoor.toEvent(request)), {
    requestId: request.requestId,
    traceId: `${request.traceRoot};Parent=${request.requestId.replaceAll('-', '').slice(0, 16)};Sampled=0`,
    waitForPollMs: emulator.mode === 'standard' ? Infinity : waitForPollMs,
    ...(stream === null
      ? {}
      : {
          keepBody: false,
          onStreamStart: (contentType) => stream.start(contentType),
          onChunk: (chunk) => stream.write(chunk),
        }),
  });
  if (response.destroyed) return;
  if (response.headersSent) return endStream(response, outcome);
  try {
    sendAnswer(response, toAnswer(frontDoor, outcome, stream), ownHeaders);
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    sendAnswer(response, failureAnswer(502, 'Gateway.MalformedAnswer', error.message), ownHeaders);
  }
}

/** A stream that did not end well is cut: without its last chunk the client knows that it is not complete. */
function endStream(response: ServerResponse, outcome: InvokeOutcome): void {
  if (outcome.kind === 'response' && outcome.trailers === null) response.end();
  else response.destroy();
}

/** @throws MalformedAnswer when the front door cannot read it. */
function toAnswer(frontDoor: FrontDoor, outcome: InvokeOutcome, stream: StreamedReply | null): HttpAnswer {
  if (outcome.kind !== 'response') return outcomeFailure(outcome);
  if (outcome.trailers !== null) {
    return failureAnswer(502, outcome.trailers.errorType, messageIn(outcome.trailers.errorBody));
  }
  if (stream !== null && outcome.streamed) {
    throw stream.failure ?? new MalformedAnswer('the stream ended within its metadata');
  }
  if (stream !== null) return rawAnswer(frontDoor, outcome.body);
  if (!outcome.streamed || outcome.contentType !== STREAM_CONTENT_TYPE || frontDoor.bufferedStream === 'unreadable') {
    return frontDoor.fromAnswer(outcome.body.toString());
  }
  const split = splitPrelude(outcome.body, frontDoor.stream === 'multi-headers');
  if (split === null) throw new MalformedAnswer('the stream ended within its metadata');
  return { ...split.head, body: frontDoor.bufferedStream === 'kept' ? split.rest : '' };
}

/** A buffered answer where the front door expects a stream. */
function rawAnswer(frontDoor: FrontDoor, body: Buffer): HttpAnswer {
  if (!frontDoor.passesRaw) throw new MalformedAnswer('the function answered buffered where a stream is expected');
  return { status: 200, headers: [['content-type', 'application/octet-stream']], body };
}
