import type { Failure } from '../../shared/errors.ts';
import type { Invocation } from '../../shared/protocol.ts';

/** Where the outcome of one invocation goes: either one answer, or a stream from its start to its end. */
export interface Reply {
  respond(body: Uint8Array): void;
  fail(failure: Failure): void;
  startStream(contentType: string, chunk: Uint8Array): void;
  streamChunk(chunk: Uint8Array): void;
  endStream(failure: Failure | null): void;
}

/** What can be said about an invocation that has been handed over. */
export interface Handle {
  /** The receiving side took `bytes` of the stream. */
  credit(bytes: number): void;
  /** Nobody waits any more; the reply is not called again. */
  abandon(): void;
}

/** Runs invocations, on threads or on the coordinator's own. */
export interface Invoker {
  invoke(invocation: Invocation, reply: Reply): Handle;
  /** Closes the connections to the app and ends the threads, when nothing is under way any more. */
  close(): Promise<void>;
}
