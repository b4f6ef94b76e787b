import type { CodingChoice } from '../../shared/config.ts';
import { Codec, type CodecListener } from '../compression/codec.ts';
import { MIN_COMPRESSIBLE_BYTES } from '../compression/compressible.ts';
import { describeCompressed, varyByEncoding } from '../compression/headers.ts';
import type { HttpDecoded } from '../types.ts';
import type { Answer, Outlet } from './answer.ts';
import { BodyCollector } from './body-collector.ts';
import { respondPlain } from './buffered-answer.ts';
import { announcedBytes, type ResponseHead } from './head.ts';
import { answerAsJson } from './json-answer.ts';
import { MAX_ANSWER_BYTES, MAX_BINARY_BYTES, MAX_COMPRESSIBLE_BYTES } from './limits.ts';

/** The whole response in one JSON answer, compressed, or plain where that makes it no smaller. */
export class CompressedAnswer implements Answer, CodecListener {
  readonly #head: ResponseHead;
  readonly #decoded: HttpDecoded;
  readonly #choice: CodingChoice;
  readonly #outlet: Outlet;
  readonly #codec: Codec;
  readonly #plain = new BodyCollector(MAX_COMPRESSIBLE_BYTES);
  readonly #compressed = new BodyCollector(MAX_BINARY_BYTES, 'compressed body');

  /** @throws AdapterError `Function.ResponseTooLarge` */
  constructor(head: ResponseHead, decoded: HttpDecoded, choice: CodingChoice, outlet: Outlet) {
    this.#head = head;
    this.#decoded = decoded;
    this.#choice = choice;
    this.#outlet = outlet;
    this.#codec = new Codec(choice, 'whole', this);
    this.#plain.expect(announcedBytes(head, decoded.request.method));
  }

  data(chunk: Buffer): void {
    this.#plain.add(chunk);
    // From here on it is compressed or too large, so only the codec needs it.
    if (this.#plain.byteLength > MAX_ANSWER_BYTES) this.#plain.leave();
    this.#codec.write(chunk);
  }

  end(): void {
    if (this.#plain.byteLength < MIN_COMPRESSIBLE_BYTES) this.#respondPlain();
    else this.#codec.end();
  }

  discard(): void {
    this.#codec.close();
  }

  onCompressed(chunk: Buffer): void {
    this.#orFail(() => this.#compressed.add(chunk));
  }

  onBehind(): void {
    this.#outlet.holdApp();
  }

  onCaughtUp(): void {
    this.#outlet.releaseApp();
  }

  onCodecEnd(): void {
    this.#orFail(() => {
      if (this.#compressed.byteLength < this.#plain.byteLength) this.#respondCompressed();
      else this.#respondPlain();
    });
  }

  onCodecError(error: Error): void {
    this.#outlet.fail(error);
  }

  #respondCompressed(): void {
    const headers = describeCompressed(varyByEncoding(this.#head.headers), this.#choice.coding);
    const envelope = this.#decoded.envelope(this.#head.status, headers);
    this.#plain.forget();
    answerAsJson(envelope, this.#compressed.join(), false, this.#outlet);
  }

  #respondPlain(): void {
    respondPlain(this.#head, this.#plain.join(), true, this.#decoded, this.#outlet);
  }

  #orFail(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#outlet.fail(error);
    }
  }
}
