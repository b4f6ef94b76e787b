import type { HttpAnswer } from '../emulator/answers/http-answer.ts';
import type { EventSource } from '../emulator/front-doors.ts';
import type { ErrorType } from '../../src/shared/errors.ts';

/** One invocation of a soak, and how it has to end. */
export interface Shot {
  readonly id: string;
  /** Name of its kind. */
  readonly kind: string;
  readonly isFault: boolean;
  readonly event: string;
  /** Null where the event is not an HTTP request. */
  readonly source: EventSource | null;
  /** Function timeout in milliseconds. */
  readonly timeoutMs: number;
  /** How long the reader of a streamed answer takes over each part, in milliseconds. */
  readonly readDelayMs: number;
  readonly expected: Expected;
}

export type Expected =
  /** A whole answer of the app, or the adapter's own (`bearsId` false). */
  | { readonly kind: 'http'; readonly status: number; readonly body: HttpAnswer['body']; readonly bearsId: boolean }
  /** The answer to an event, byte for byte. */
  | { readonly kind: 'event'; readonly body: string }
  | { readonly kind: 'failure'; readonly errorType: ErrorType }
  /** A stream that begins well and ends with the error trailers. */
  | { readonly kind: 'broken-stream'; readonly errorType: ErrorType; readonly body: Buffer };
