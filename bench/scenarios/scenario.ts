/** What is sent through an adapter again and again, and what has to come back. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  /** Variables that every adapter gets for it. */
  readonly adapterEnv: Readonly<Record<string, string>>;
  /** What the figures are about. */
  readonly measured: Exchange;
  /** Another kind of invocation at the same time; null for none. */
  readonly company: Company | null;
  /** It needs what the adapter it replaces does not have, so that `all` means it only where no other adapter takes part. */
  readonly isExtra: boolean;
}

/** A request, and the app's answer to it. */
export interface Exchange {
  /** The app finds its answer by it: no two exchanges of a scenario have the same one. */
  readonly path: string;
  readonly event: Buffer;
  /** Bytes that the body of the request must have when it reaches the app. */
  readonly requestBytes: number;
  readonly answer: Answer;
  /** Whether the adapter has to stream it instead of answering all at once, in which case it is there once. */
  readonly isStreamed: boolean;
  /** How the adapter has to compress it; null for not at all. */
  readonly contentCoding: ContentCoding | null;
}

/** This body, so many times in a row. */
export interface Answer {
  readonly contentType: string;
  readonly body: Buffer;
  readonly times: number;
  /** Where in the body the app writes a running number, so that no two answers are the same; null where all are. */
  readonly numberAt: number | null;
  /** Milliseconds that the app takes before it answers. */
  readonly delayMs: number;
  /** Milliseconds between two of the bodies; 0 sends them as fast as they are taken, with a content-length. */
  readonly gapMs: number;
}

export type Company =
  /** In the same load: so many per cent of all invocations. */
  | { readonly kind: 'mixed'; readonly exchange: Exchange; readonly percent: number }
  /** Beside it: so many in flight all the time, in addition. */
  | { readonly kind: 'neighbours'; readonly exchange: Exchange; readonly inFlight: number };

export type ContentCoding = 'gzip' | 'br' | 'zstd';

export function exchangesOf({ measured, company }: Scenario): Exchange[] {
  return company === null ? [measured] : [measured, company.exchange];
}

export function answerBytes({ body, times }: Answer): number {
  return body.length * times;
}

/** Bytes of the bodies in both directions. */
export function bodyBytes({ requestBytes, answer }: Exchange): number {
  return requestBytes + answerBytes(answer);
}

/** Invocations that may run at once: those that are measured, and their neighbours. */
export function concurrencyOf({ company }: Scenario, inFlight: number): number {
  return company?.kind === 'neighbours' ? inFlight + company.inFlight : inFlight;
}
