/** Most payloads that may be under way. */
const SLOTS = 64;
const SLOT_BYTES = 2048;
/** Of a number in front of each payload, its length. */
const LENGTH_BYTES = 4;
const WRITTEN = 0;

export const RING_BYTES = 64 + SLOTS * SLOT_BYTES;

/** Memory that one thread writes payloads into and another reads them from. Nobody checks that there is room. */
export class SharedRing {
  readonly #memory: SharedArrayBuffer;
  readonly #control: Int32Array<SharedArrayBuffer>;
  #taken = 0;

  constructor(memory: SharedArrayBuffer) {
    this.#memory = memory;
    this.#control = new Int32Array(memory, 0, 1);
  }

  put(payloads: readonly Uint8Array[]): void {
    let written = Atomics.load(this.#control, WRITTEN);
    for (const payload of payloads) {
      const offset = offsetOf(written++);
      new Int32Array(this.#memory, offset, 1)[0] = payload.byteLength;
      new Uint8Array(this.#memory, offset + LENGTH_BYTES, payload.byteLength).set(payload);
    }
    Atomics.store(this.#control, WRITTEN, written);
  }

  wake(): void {
    Atomics.notify(this.#control, WRITTEN);
  }

  /** Copies of what has come since the last time. */
  take(): Uint8Array[] {
    const payloads: Uint8Array[] = [];
    const written = Atomics.load(this.#control, WRITTEN);
    while (this.#taken < written) {
      const offset = offsetOf(this.#taken++);
      const length = new Int32Array(this.#memory, offset, 1)[0] ?? 0;
      payloads.push(new Uint8Array(this.#memory, offset + LENGTH_BYTES, length).slice());
    }
    return payloads;
  }

  async takeForever(onPayloads: (payloads: Uint8Array[]) => void): Promise<never> {
    for (;;) {
      const { value } = Atomics.waitAsync(this.#control, WRITTEN, this.#taken);
      // Also when there is something at once: whoever starts this is not ready before its own turn has ended.
      await value;
      onPayloads(this.take());
    }
  }
}

function offsetOf(index: number): number {
  return 64 + (index % SLOTS) * SLOT_BYTES;
}
