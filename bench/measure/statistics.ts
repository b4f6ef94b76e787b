/** What several measurements of the same thing amount to. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** @throws RangeError without values. */
export function summarize(values: readonly number[]): Summary {
  const sorted = Float64Array.from(values).toSorted();
  return { median: median(sorted), min: valueAt(sorted, 0), max: valueAt(sorted, sorted.length - 1) };
}

/** How far values lie from the middle of their range, as a share of the median: 0.05 is ±5 %. */
export function relativeSpread({ median: middle, min, max }: Summary): number {
  return middle === 0 ? 0 : (max - min) / 2 / middle;
}

/**
 * Median of the quotients of pairs. What changes from round to round (a noisy neighbour, the temperature of the processor)
 * meets both of a pair and cancels out; a quotient of medians would keep it.
 *
 * @throws RangeError without pairs.
 */
export function pairedRatio(values: readonly number[], baseline: readonly number[]): number {
  const pairs = Math.min(values.length, baseline.length);
  const quotients = Array.from({ length: pairs }, (_, index) => (values[index] ?? NaN) / (baseline[index] ?? NaN));
  return summarize(quotients).median;
}

function median(sorted: Float64Array): number {
  const middle = sorted.length / 2;
  return (valueAt(sorted, Math.ceil(middle) - 1) + valueAt(sorted, Math.floor(middle))) / 2;
}

function valueAt(values: Float64Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError('nothing was measured');
  return value;
}
