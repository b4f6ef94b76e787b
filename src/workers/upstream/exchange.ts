import type { ResponseHead } from '../../shared/http/response-head.ts';
import type { Attempt } from './retry.ts';

/**
 * `whole`: in one piece, if its length is known and not beyond any answer. One that came in a single read, which has up to 128 KiB, is
 * valid only until the end has been reported, which follows at once; a longer one is given up to whoever hears of it.
 */
export type BodyDelivery = 'whole' | 'pieces';

/** Hears of one request on a connection: at last of its end or of an error, and of nothing after that. */
export interface Exchange {
  readonly attempt: Attempt;
  /** What these three throw ends the exchange and is reported as its error. */
  onHead(head: ResponseHead): BodyDelivery;
  onData(chunk: Buffer): void;
  onEnd(): void;
  onError(error: Error): void;
}

/** The app closed the connection before its response was complete. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';
}
