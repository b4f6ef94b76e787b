import type { Figures } from '../measure/figures.ts';
import type { Answer } from '../scenarios/scenario.ts';
import type { LoadResult } from './run-load.ts';
import type { WithoutPoll } from './sender.ts';

const MEGABYTE = 1024 * 1024;

/** What the load itself has measured; the rest of the figures are read from processes. */
export function loadFigures({ tally, elapsedMs }: LoadResult, withoutPoll: WithoutPoll, { delayMs }: Answer) {
  const { latencies, firstBytes, answered, begun } = tally;
  const seconds = elapsedMs / 1000;
  const p99Ms = latencies.percentile(99);
  return {
    throughput: answered / seconds,
    megabytesPerSecond: tally.bodyBytes / MEGABYTE / seconds,
    answerBytes: tally.answerBytes / latencies.count,
    p50Ms: latencies.percentile(50),
    p90Ms: latencies.percentile(90),
    p99Ms,
    p999Ms: latencies.percentile(99.9),
    // A timer of the app may be early by a millisecond.
    overheadP99Ms: delayMs === 0 ? NaN : Math.max(0, p99Ms - delayMs),
    firstByteP50Ms: firstBytes.percentile(50),
    firstByteP99Ms: firstBytes.percentile(99),
    waited: withoutPoll === 'wait' ? (tally.waited / begun) * 100 : NaN,
    refused: withoutPoll === 'refuse' ? (tally.refused / begun) * 100 : NaN,
    startLagP99Ms: tally.startLags.percentile(99),
  } satisfies Partial<Figures>;
}
