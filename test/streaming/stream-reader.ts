import type { InvokeOptions } from '../../bench/emulator/types.ts';

const DELIMITER = Buffer.alloc(8);

/** Reads one streamed answer while it arrives. */
export class StreamReader {
  #received = Buffer.alloc(0);
  #wake: () => void = () => {};

  readonly options: InvokeOptions = {
    onChunk: (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    },
  };

  /** What has come of the body. */
  get body(): Buffer {
    const end = this.#received.indexOf(DELIMITER);
    return end === -1 ? Buffer.alloc(0) : this.#received.subarray(end + DELIMITER.length);
  }

  /** Resolves when enough has come to fulfil the condition. */
  async until(condition: (body: Buffer) => boolean): Promise<void> {
    while (!condition(this.body)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
