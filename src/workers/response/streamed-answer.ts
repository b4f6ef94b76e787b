import type { Answer, Outlet } from './answer.ts';
import { encodePrelude, STREAM_CONTENT_TYPE } from './prelude.ts';

/** Passes the app's body on as it arrives, behind the metadata that tells Lambda its status and headers. */
export class StreamedAnswer implements Answer {
  readonly #outlet: Outlet;

  /** @throws AdapterError `Function.ResponseHeadTooLarge` */
  constructor(metadata: object, outlet: Outlet) {
    this.#outlet = outlet;
    outlet.startStream(STREAM_CONTENT_TYPE, encodePrelude(metadata));
  }

  data(chunk: Buffer): void {
    this.#outlet.streamChunk(chunk);
  }

  end(): void {
    this.#outlet.endStream();
  }
}
