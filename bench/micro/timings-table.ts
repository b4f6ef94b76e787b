import { relativeSpread } from '../measure/statistics.ts';
import { align } from '../report/align.ts';
import { formatNumber } from '../report/format-number.ts';
import type { Timings } from './compare.ts';

/** A line per variant; what it takes compared with the first one stands last. */
export function timingsTable({ title, remarkHeading, rows }: Timings): string {
  const baseline = rows[0]?.meanUs.median ?? NaN;
  const headings = [
    title,
    'ops/s',
    'mean µs',
    'spread',
    'CPU µs',
    'time',
    ...(remarkHeading === null ? [] : [remarkHeading]),
  ];
  const lines = rows.map(({ variant, meanUs, cpuUs, remark }) => [
    `  ${variant}`,
    formatNumber(1_000_000 / meanUs.median, 0),
    formatNumber(meanUs.median, 2),
    `±${formatNumber(relativeSpread(meanUs) * 100, 0)} %`,
    formatNumber(cpuUs.median, 2),
    `${formatNumber(meanUs.median / baseline, 2)}×`,
    ...(remarkHeading === null ? [] : [remark]),
  ]);
  return align([headings, ...lines]).join('\n');
}
