import type { CodingChoice } from '../../shared/config.ts';
import { Codec, type CodecListener } from '../compression/codec.ts';
import { QUICK_BYTES } from '../compression/compress-now.ts';
import { CompressedBodies, MAX_KEPT_BYTES } from '../compression/compressed-bodies.ts';
import { MIN_COMPRESSIBLE_BYTES } from '../compression/compressible.ts';
import { describeCompressed, varyByEncoding } from '../compression/headers.ts';
import type { HttpDecoded } from '../types.ts';
import type { Answer, Outlet } from './answer.ts';
import { BodyCollector } from './body-collector.ts';
import { respondPlain } from './buffered-answer.ts';
import { announcedBytes, type ResponseHead } from './head.ts';
import { answerAsJson } from './json-answer.ts';
import { MAX_ANSWER_BYTES, MAX_BINARY_BYTES, MAX_COMPRESSIBLE_BYTES } from './limits.ts';

/** Of this thread. */
const known = new CompressedBodies();

/** The whole response in one JSON answer, compressed, or plain where that makes it no smaller. */
export class CompressedAnswer implements Answer, CodecListener {
  readonly takesWhole: boolean;
  readonly #head: ResponseHead;
  readonly #decoded: HttpDecoded;
  readonly #choice: CodingChoice;
  readonly #outlet: Outlet;
  readonly #codec: Codec;
  readonly #plain = new BodyCollector(MAX_COMPRESSIBLE_BYTES);
  /** Bytes up to which the body is held back from the codec, as it may turn out to be known. */
  readonly #heldBytes: number;
  #isHeld = true;
  /** By which the body is going to be known; null when it is too long for that. */
  #key: string | null = null;
  readonly #compressed = new BodyCollector(MAX_BINARY_BYTES, 'compressed body');

  /** @throws AdapterError `Function.ResponseTooLarge` */
  constructor(head: ResponseHead, decoded: HttpDecoded, choice: CodingChoice, outlet: Outlet) {
    this.#head = head;
    this.#decoded = decoded;
    this.#choice = choice;
    this.#outlet = outlet;
    this.#codec = new Codec(choice, 'whole', this);
    const announced = announcedBytes(head, decoded.request.method);
    this.#plain.expect(announced);
    this.takesWhole = announced !== null && announced <= MAX_KEPT_BYTES;
    this.#heldBytes = announced === null ? QUICK_BYTES : announced <= MAX_KEPT_BYTES ? MAX_KEPT_BYTES : 0;
  }

  data(chunk: Buffer): void {
    this.#plain.add(chunk);
    if (this.#isHeld) {
      if (this.#plain.byteLength > this.#heldBytes) this.#release();
      return;
    }
    // From here on it is compressed or too large, so only the codec needs it.
    if (this.#plain.byteLength > MAX_ANSWER_BYTES) this.#plain.leave();
    this.#codec.write(chunk);
  }

  end(): void {
    if (this.#plain.byteLength < MIN_COMPRESSIBLE_BYTES) return this.#respondPlain();
    if (this.#isHeld) {
      this.#key = known.keyOf(this.#choice, this.#plain.chunks);
      const body = known.find(this.#key, this.#plain.chunks);
      if (body !== null) return this.#respond(body.compressed);
      this.#release();
    }
    this.#codec.end();
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
      const isSmaller = this.#compressed.byteLength < this.#plain.byteLength;
      const compressed = isSmaller ? this.#compressed.join() : null;
      if (this.#key !== null) known.add(this.#key, this.#plain.join(), compressed);
      this.#respond(compressed);
    });
  }

  onCodecError(error: Error): void {
    this.#outlet.fail(error);
  }

  /** In one piece, behind which the codec does not fall. */
  #release(): void {
    this.#isHeld = false;
    this.#codec.write(this.#plain.joinToKeep());
  }

  #respond(compressed: Buffer | null): void {
    if (compressed === null) return this.#respondPlain();
    const headers = describeCompressed(varyByEncoding(this.#head.headers), this.#choice.coding);
    const envelope = this.#decoded.envelope(this.#head.status, headers);
    this.#plain.forget();
    answerAsJson(envelope, compressed, false, this.#outlet);
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
