import type { CodingChoice } from '../../shared/config.ts';
import { Codec, type CodecListener } from '../compression/codec.ts';
import type { Answer, Outlet } from './answer.ts';
import { encodePrelude, STREAM_CONTENT_TYPE } from './prelude.ts';

/**
 * A streamed answer that is compressed on its way. Each write of the app comes out decodable by itself, so that a page or
 * an event stream keeps the app's pace.
 */
export class CompressedStream implements Answer, CodecListener {
  readonly #outlet: Outlet;
  readonly #codec: Codec;

  /** @throws AdapterError `Function.ResponseHeadTooLarge` */
  constructor(metadata: object, choice: CodingChoice, outlet: Outlet) {
    this.#outlet = outlet;
    this.#codec = new Codec(choice, 'flushed', this);
    outlet.startStream(STREAM_CONTENT_TYPE, encodePrelude(metadata));
  }

  data(chunk: Buffer): void {
    this.#codec.write(chunk);
  }

  end(): void {
    this.#codec.end();
  }

  /** What the app had written goes out, but no end of the coding: the client has to see that it is incomplete. */
  breakOff(onBroken: () => void): void {
    this.#codec.breakOff(onBroken);
  }

  discard(): void {
    this.#codec.close();
  }

  onCompressed(chunk: Buffer): void {
    this.#outlet.streamChunk(chunk);
  }

  onBehind(): void {
    this.#outlet.holdApp();
  }

  onCaughtUp(): void {
    this.#outlet.releaseApp();
  }

  onCodecEnd(): void {
    this.#outlet.endStream();
  }

  onCodecError(error: Error): void {
    this.#outlet.fail(error);
  }
}
