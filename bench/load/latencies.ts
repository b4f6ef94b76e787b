/** Collects latencies without making garbage while it is measured. */
export class Latencies {
  #values = new Float64Array(16_384);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(ms: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = ms;
  }

  /** In ascending order. */
  sorted(): Float64Array {
    return this.#values.subarray(0, this.#count).toSorted();
  }
}
