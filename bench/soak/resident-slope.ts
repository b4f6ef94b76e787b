import type { ProcessSample } from './process-sample.ts';

const MEGABYTE = 1024 * 1024;

/**
 * How fast resident memory grew in the second half of the samples, in MB per 1000 s, by least squares. In the first half
 * the heap still finds the size that the load needs.
 *
 * @returns 0 for fewer than two samples
 */
export function residentSlope(samples: readonly ProcessSample[]): number {
  const judged = secondHalf(samples);
  const points = judged.map(({ atMs, residentBytes }) => [atMs / 1_000_000, residentBytes / MEGABYTE] as const);
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const common = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return spread === 0 ? 0 : common / spread;
}

function secondHalf(samples: readonly ProcessSample[]): readonly ProcessSample[] {
  return samples.slice(Math.floor(samples.length / 2));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
