import { includesStatus, type Config } from '../../shared/config.ts';
import type { Decoded } from '../types.ts';
import { ErrorStatusAnswer } from './error-status-answer.ts';
import { EventAnswer } from './event-answer.ts';
import type { ResponseHead } from './head.ts';
import { createHttpAnswer } from './http-answer.ts';

/**
 * Makes an answer to Lambda of the body that follows a response head. What its methods throw fails the invocation and
 * stops the app's response.
 */
export interface Answer {
  /** True when it is best served with a body in one piece, of which it keeps nothing beyond its end without a copy. Left out where it is not. */
  readonly takesWhole?: boolean;
  data(chunk: Buffer): void;
  end(): void;
  /** Passes on what it still holds of a body that comes to no end, then calls back. Left out where nothing is held. */
  breakOff?(onBroken: () => void): void;
  /** The invocation has ended: frees what the answer has. Left out where there is nothing to free. */
  discard?(): void;
}

/** What an answer can do to its invocation. Nothing of it has an effect once the invocation has ended. */
export interface Outlet {
  /** Ends the invocation with a whole answer. */
  respond(body: Uint8Array): void;
  fail(error: unknown): void;
  /** Begins a streamed answer. */
  startStream(contentType: string, chunk: Uint8Array): void;
  /** Goes on with it; the outlet holds back the app when too much is on its way. */
  streamChunk(chunk: Buffer): void;
  endStream(): void;
  /** The app has to wait until {@link releaseApp} has been called as often. */
  holdApp(): void;
  releaseApp(): void;
}

/** @throws AdapterError `Function.ResponseTooLarge`, `Function.ResponseHeadTooLarge` */
export function createAnswer(head: ResponseHead, decoded: Decoded, config: Config, outlet: Outlet): Answer {
  if (includesStatus(config.errorStatuses, head.status)) return new ErrorStatusAnswer(head.status, outlet);
  switch (decoded.kind) {
    case 'event':
      return includesStatus(config.eventErrorStatuses, head.status)
        ? new ErrorStatusAnswer(head.status, outlet)
        : new EventAnswer(head, decoded.request.method, outlet);
    case 'http':
      return createHttpAnswer(head, decoded, config, outlet);
  }
}
