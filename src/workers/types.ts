/** A header line. Names are lower-case. */
export type Header = readonly [name: string, value: string];

/** The HTTP request that an event becomes. */
export interface AppRequest {
  readonly method: string;
  /** Request target in origin form: path and query, printable ASCII only. */
  readonly target: string;
  /** Names and values in turns, `host` included, one character per byte (latin1): what goes over the wire. */
  readonly headers: string[];
  readonly body: Uint8Array | null;
}

/** Shapes status and headers for the event's source: the answer object without `body` and `isBase64Encoded`. */
export type Envelope = (status: number, headers: readonly Header[]) => object;

export type Decoded =
  | {
      readonly kind: 'http';
      readonly request: AppRequest;
      readonly envelope: Envelope;
      /** Shapes the metadata in front of a streamed body; null where the source cannot read a stream. */
      readonly prelude: Envelope | null;
      /** The client's `accept-encoding`, all lines joined; null when it sent none. */
      readonly acceptEncoding: string | null;
    }
  /** Not an HTTP request: the app's JSON text is the answer. */
  | { readonly kind: 'event'; readonly request: AppRequest };

export type HttpDecoded = Extract<Decoded, { kind: 'http' }>;
