/** Milliseconds on a clock that all threads share: that of `performance.now()` begins with each thread. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
