import type { Config } from '../../shared/config.ts';
import { chooseCoding, type Coding } from '../compression/choose-coding.ts';
import { compress } from '../compression/compress.ts';
import { isCompressible, MIN_COMPRESSIBLE_BYTES } from '../compression/compressible.ts';
import { describeCompressed, varyByEncoding } from '../compression/headers.ts';
import type { Decoded } from '../types.ts';
import type { Answer, Outlet } from './answer.ts';
import { BodyCollector } from './body-collector.ts';
import { announcedBytes, type ResponseHead } from './head.ts';
import { jsonAnswer } from './json-answer.ts';
import { MAX_ANSWER_BYTES, MAX_COMPRESSIBLE_BYTES } from './limits.ts';
import { isDeclaredText, isPlainUtf8 } from './text-or-base64.ts';

export type HttpDecoded = Extract<Decoded, { kind: 'http' }>;

/** The whole response in one JSON answer, compressed where that is switched on, wanted and of use. */
export class BufferedAnswer implements Answer {
  readonly #head: ResponseHead;
  readonly #decoded: HttpDecoded;
  readonly #outlet: Outlet;
  readonly #body: BodyCollector;
  readonly #isDeclaredText: boolean;
  readonly #isCompressible: boolean;
  readonly #coding: Coding | null;

  /** @throws AdapterError `Function.ResponseTooLarge` */
  constructor(head: ResponseHead, decoded: HttpDecoded, config: Config, outlet: Outlet) {
    this.#head = head;
    this.#decoded = decoded;
    this.#outlet = outlet;
    this.#isDeclaredText = isDeclaredText(head.headers);
    this.#isCompressible = config.compression && isCompressible(head);
    this.#coding = this.#isCompressible ? chooseCoding(decoded.acceptEncoding) : null;
    this.#body = new BodyCollector(this.#limit());
    this.#body.expect(announcedBytes(head, decoded.request.method));
  }

  data(chunk: Buffer): void {
    this.#body.add(chunk);
  }

  end(): void {
    const body = this.#body.join();
    if (!this.#isCompressible || body.byteLength < MIN_COMPRESSIBLE_BYTES) {
      this.#respond(this.#head, body, this.#isDeclaredText && isPlainUtf8(body));
      return;
    }
    const head = { status: this.#head.status, headers: varyByEncoding(this.#head.headers) };
    const coding = this.#coding;
    if (coding === null) {
      this.#respond(head, body, this.#isDeclaredText && isPlainUtf8(body));
      return;
    }
    compress(coding, body, (error, compressed) => this.#compressed(head, body, coding, error, compressed));
  }

  #compressed(head: ResponseHead, body: Buffer, coding: Coding, error: Error | null, compressed: Buffer): void {
    try {
      if (error !== null) throw error;
      if (compressed.byteLength < body.byteLength) {
        const headers = describeCompressed(head.headers, coding);
        this.#respond({ status: head.status, headers }, compressed, false);
      } else {
        this.#respond(head, body, this.#isDeclaredText && isPlainUtf8(body));
      }
    } catch (thrown) {
      this.#outlet.fail(thrown);
    }
  }

  #respond({ status, headers }: ResponseHead, body: Buffer, isText: boolean): void {
    this.#outlet.respond(jsonAnswer(this.#decoded.envelope(status, headers), body, isText));
  }

  /** Bytes from which on the answer is certain to be too large: base64 makes four of three. */
  #limit(): number {
    if (this.#coding !== null) return MAX_COMPRESSIBLE_BYTES;
    return this.#isDeclaredText ? MAX_ANSWER_BYTES : Math.floor((MAX_ANSWER_BYTES * 3) / 4);
  }
}
