import { MIN_COMPRESSIBLE_BYTES } from '../compression/compressible.ts';
import { varyByEncoding } from '../compression/headers.ts';
import type { HttpDecoded } from '../types.ts';
import type { Answer, Outlet } from './answer.ts';
import { BodyCollector } from './body-collector.ts';
import { announcedBytes, type ResponseHead } from './head.ts';
import { answerAsJson } from './json-answer.ts';
import { MAX_ANSWER_BYTES, MAX_BINARY_BYTES } from './limits.ts';
import { isDeclaredText, isPlainUtf8 } from './text-or-base64.ts';

/** The whole response in one JSON answer, as the app made it. */
export class BufferedAnswer implements Answer {
  readonly takesWhole = true;
  readonly #head: ResponseHead;
  readonly #decoded: HttpDecoded;
  readonly #isOffered: boolean;
  readonly #outlet: Outlet;
  readonly #body: BodyCollector;

  /**
   * @param isOffered other clients get it compressed
   * @throws AdapterError `Function.ResponseTooLarge`
   */
  constructor(head: ResponseHead, decoded: HttpDecoded, isOffered: boolean, outlet: Outlet) {
    this.#head = head;
    this.#decoded = decoded;
    this.#isOffered = isOffered;
    this.#outlet = outlet;
    this.#body = new BodyCollector(isDeclaredText(head.headers) ? MAX_ANSWER_BYTES : MAX_BINARY_BYTES);
    this.#body.expect(announcedBytes(head, decoded.request.method));
  }

  data(chunk: Buffer): void {
    this.#body.add(chunk);
  }

  end(): void {
    respondPlain(this.#head, this.#body.join(), this.#isOffered, this.#decoded, this.#outlet);
  }
}

/** @throws AdapterError `Function.ResponseTooLarge` */
export function respondPlain(
  { status, headers }: ResponseHead,
  body: Buffer,
  isOffered: boolean,
  { envelope }: HttpDecoded,
  outlet: Outlet,
): void {
  const isShort = body.byteLength < MIN_COMPRESSIBLE_BYTES;
  const answered = envelope(status, isOffered && !isShort ? varyByEncoding(headers) : headers);
  answerAsJson(answered, body, isDeclaredText(headers) && isPlainUtf8(body), outlet);
}
