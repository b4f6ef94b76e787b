import type { Config } from './config.ts';
import type { Failure } from './errors.ts';
import type { MessagePort } from 'node:worker_threads';

/**
 * What the coordinator and the workers say to each other. Messages travel in batches, one `postMessage` per event-loop
 * turn and direction (`batch/`); large bytes are moved, so whoever posted any must not touch them again.
 */
export type ToWorker =
  | { readonly kind: 'invoke'; readonly id: InvocationKey; readonly invocation: Invocation }
  /** The coordinator's socket took `bytes` of this stream: the worker may send as many again. */
  | { readonly kind: 'credit'; readonly id: InvocationKey; readonly bytes: number }
  /** Nobody waits for the answer any more: stop the request to the app, answer nothing. */
  | { readonly kind: 'abandon'; readonly id: InvocationKey }
  /** No invocation will follow: close the connections to the app and end. */
  | { readonly kind: 'close' };

export type FromWorker =
  /** The whole answer of an invocation. */
  | { readonly kind: 'response'; readonly id: InvocationKey; readonly body: Uint8Array }
  | { readonly kind: 'failure'; readonly id: InvocationKey; readonly failure: Failure }
  /** Begins a streamed answer; `chunk` holds the prelude and its delimiter. */
  | {
      readonly kind: 'stream-start';
      readonly id: InvocationKey;
      readonly contentType: string;
      readonly chunk: Uint8Array;
    }
  | { readonly kind: 'stream-chunk'; readonly id: InvocationKey; readonly chunk: Uint8Array }
  /** Ends it; a failure becomes the error trailers. */
  | { readonly kind: 'stream-end'; readonly id: InvocationKey; readonly failure: Failure | null };

/** Names an invocation between two threads. Unlike a request id it is never used twice. */
export type InvocationKey = number;

/** One answer of `/runtime/invocation/next`. Empty headers have become null. */
export interface Invocation {
  readonly requestId: string;
  /** Epoch milliseconds; 0 when the platform did not say. */
  readonly deadlineMs: number;
  readonly functionArn: string | null;
  readonly traceId: string | null;
  readonly clientContext: string | null;
  readonly cognitoIdentity: string | null;
  readonly tenantId: string | null;
  /** The event as it came off the socket, in order. */
  readonly event: readonly Uint8Array[];
}

/** The task a pool thread runs for as long as it lives. */
export interface ServeTask {
  readonly port: MessagePort;
  readonly config: Config;
}

/** How the coordinator talks to invocation code, on another thread or on its own. */
export interface Dispatcher {
  receive(message: ToWorker): void;
}

/** How invocation code answers. The bytes of the message are given up with it. */
export type Post = (message: FromWorker) => void;
