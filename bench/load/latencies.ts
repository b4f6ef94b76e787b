import { build } from 'hdr-histogram-js';

/** No invocation may take longer, in microseconds. */
const HIGHEST_US = 3600 * 1_000_000;
const SIGNIFICANT_DIGITS = 3;

/**
 * Collects latencies in a histogram of fixed size: true to a microsecond up to 2 ms and to three digits above, however many
 * there are, and no garbage while it is measured.
 *
 * @see https://hdrhistogram.github.io/HdrHistogram/
 */
export class Latencies {
  readonly #histogram = build({
    highestTrackableValue: HIGHEST_US,
    numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
    autoResize: false,
  });

  get count(): number {
    return this.#histogram.totalCount;
  }

  add(ms: number): void {
    this.#histogram.recordValue(Math.min(HIGHEST_US, Math.max(0, Math.round(ms * 1000))));
  }

  /** The smallest value that at least `percent` of all values do not exceed, in milliseconds; NaN without values. */
  percentile(percent: number): number {
    return this.count === 0 ? NaN : this.#histogram.getValueAtPercentile(percent) / 1000;
  }
}
