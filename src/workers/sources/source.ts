import type { Envelope } from '../types.ts';
import type { JsonObject } from '../request/fields.ts';
import type { RequestHeaders } from '../request/request-headers.ts';

/** A service that turns HTTP requests into events and answers into HTTP responses. */
export interface EventSource {
  /**
   * Looks at a few marker fields that only the service writes and at nothing else: a request with one odd field must not
   * be taken for an event that is no request, because apps trust the path of those.
   */
  readonly matches: (event: JsonObject) => boolean;
  /**
   * @param json the text of the event, for what is not in its value: the order of names
   * @throws {AdapterError} `Function.InvalidEvent` for a field that no request can have
   */
  readonly read: (event: JsonObject, json: string) => HttpFields;
  readonly answerFor: (event: JsonObject) => AnswerShape;
}

/** What the event says about the request. */
export interface HttpFields {
  readonly method: string;
  /** As delivered, before escaping. */
  readonly path: string;
  /** Fit for a request target, without the `?`; empty when there is none. */
  readonly query: string;
  readonly headers: RequestHeaders;
  readonly body: Uint8Array | null;
}

/** The form that the source reads answers in. */
export interface AnswerShape {
  readonly envelope: Envelope;
  /** Null where the source cannot read a stream. */
  readonly prelude: Envelope | null;
}
