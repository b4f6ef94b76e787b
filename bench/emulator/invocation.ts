import type { Reply } from './replies.ts';
import type { InvokeOptions, InvokeOutcome } from './types.ts';

/** One event on its way through the environment. */
export interface Invocation {
  readonly requestId: string;
  readonly event: Uint8Array | string;
  readonly options: InvokeOptions;
  /** `Lambda-Runtime-Invocation-Id`: tells this attempt from another one with the same request id. */
  readonly nonce: string | null;
  readonly settle: (outcome: InvokeOutcome) => void;
  /** Epoch milliseconds; known once the event has been handed to the runtime. */
  deadlineMs: number;
  timer: NodeJS.Timeout | null;
  /** The `/response` that is being read. */
  post: ResponsePost | null;
}

export interface ResponsePost {
  /** Bytes have been passed on to the caller already. */
  readonly streamed: boolean;
  readonly contentType: string | null;
  /** What has been kept of the body. */
  body(): Buffer;
  /** Stops reading and answers the runtime. */
  interrupt(reply: Reply): void;
}
