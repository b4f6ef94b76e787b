import type { IncomingMessage, ServerResponse } from 'node:http';

import { functionErrorType } from './error-types.ts';
import type { InvocationRouter } from './invocation-router.ts';
import type { Invocation } from './invocation.ts';
import { MAX_PAYLOAD_BYTES } from './limits.ts';
import { readBody, readWhole } from './read-body.ts';
import { ACCEPTED, send, TOO_LARGE, TRUNCATED } from './replies.ts';

const NOTHING = Buffer.alloc(0);

/** Reads a buffered `/response`, whose whole body is the result of the invocation. */
export function receiveBuffered(
  request: IncomingMessage,
  response: ServerResponse,
  invocation: Invocation,
  router: InvocationRouter,
): void {
  const { requestId } = invocation;
  const contentType = request.headers['content-type'] ?? null;
  const stop = readWhole(
    request,
    MAX_PAYLOAD_BYTES,
    (body) => {
      send(response, ACCEPTED);
      router.finish(invocation, { kind: 'response', requestId, streamed: false, contentType, body, trailers: null });
    },
    (bytes) => {
      send(response, TOO_LARGE);
      router.finish(invocation, { kind: 'too-large', requestId, bytes });
    },
    () => {
      send(response, TRUNCATED);
      router.finish(invocation, { kind: 'truncated', requestId });
    },
  );
  invocation.post = {
    streamed: false,
    contentType,
    body: () => NOTHING,
    interrupt(reply) {
      stop();
      send(response, reply);
    },
  };
}

/** Reads a streamed `/response` and passes it on part by part; the caller's pace is the runtime's. */
export function receiveStreamed(
  request: IncomingMessage,
  response: ServerResponse,
  invocation: Invocation,
  router: InvocationRouter,
): void {
  const { requestId, options } = invocation;
  const contentType = request.headers['content-type'] ?? null;
  const kept: Buffer[] = [];
  const body = () => Buffer.concat(kept);
  options.onStreamStart?.(contentType);
  const stop = readBody(request, {
    onData(chunk) {
      if (options.keepBody !== false) kept.push(chunk);
      const taken = options.onChunk?.(chunk);
      if (taken === undefined) return;
      request.pause();
      const resume = () => request.resume();
      taken.then(resume, resume);
    },
    onEnd() {
      send(response, ACCEPTED);
      const trailers = errorTrailers(request);
      router.finish(invocation, { kind: 'response', requestId, streamed: true, contentType, body: body(), trailers });
    },
    onCut() {
      send(response, TRUNCATED);
      router.finish(invocation, { kind: 'truncated', requestId });
    },
  });
  invocation.post = {
    streamed: true,
    contentType,
    body,
    interrupt(reply) {
      stop();
      send(response, reply);
    },
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming */
function errorTrailers(request: IncomingMessage) {
  const type = request.trailers['lambda-runtime-function-error-type'];
  if (type === undefined || type === '') return null;
  const body = request.trailers['lambda-runtime-function-error-body'] ?? '';
  return { errorType: functionErrorType(type), errorBody: Buffer.from(body, 'base64').toString() };
}
