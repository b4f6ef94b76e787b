/** What one measurement of one adapter gives, in the order of the table's columns. */
export const FIGURE_NAMES = [
  'throughput',
  'megabytesPerSecond',
  'answerBytes',
  'cpuUs',
  'userUs',
  'systemUs',
  'p50Ms',
  'p90Ms',
  'p99Ms',
  'p999Ms',
  'overheadP99Ms',
  'firstByteP50Ms',
  'firstByteP99Ms',
  'waited',
  'refused',
  'residentMb',
  'peakMb',
  'grownMb',
  'firstPollMs',
  'startLagP99Ms',
  'loadCpuUs',
  'appCpuUs',
  'othersPercent',
] as const;

export type FigureName = (typeof FIGURE_NAMES)[number];

/** NaN stands for a figure that does not apply to the trial, such as a first byte where nothing is streamed: shown as `–`, null in JSON. */
export type Figures = Readonly<Record<FigureName, number>>;

interface FigureInfo {
  readonly heading: string;
  readonly decimals: number;
  readonly meaning: string;
}

export const FIGURES: Readonly<Record<FigureName, FigureInfo>> = {
  throughput: { heading: 'inv/s', decimals: 0, meaning: 'right answers per second' },
  megabytesPerSecond: {
    heading: 'MB/s',
    decimals: 1,
    meaning: 'bytes of bodies in both directions, as client and app wrote them, per second',
  },
  answerBytes: {
    heading: 'bytes out',
    decimals: 0,
    meaning: 'length of an answer as the adapter posted it, envelope included',
  },
  cpuUs: { heading: 'CPU µs', decimals: 1, meaning: 'processor time of the adapter per invocation, user and system' },
  userUs: { heading: 'user µs', decimals: 1, meaning: 'of that outside the kernel' },
  systemUs: { heading: 'sys µs', decimals: 1, meaning: 'of that in the kernel' },
  p50Ms: { heading: 'p50 ms', decimals: 3, meaning: 'median latency' },
  p90Ms: { heading: 'p90 ms', decimals: 3, meaning: 'latency that one invocation in ten exceeds' },
  p99Ms: { heading: 'p99 ms', decimals: 3, meaning: 'latency that one invocation in a hundred exceeds' },
  p999Ms: { heading: 'p99.9 ms', decimals: 3, meaning: 'latency that one invocation in a thousand exceeds' },
  overheadP99Ms: {
    heading: 'over p99',
    decimals: 3,
    meaning: 'p99 less the time that the app takes on purpose, ms',
  },
  firstByteP50Ms: {
    heading: 'TTFB p50',
    decimals: 3,
    meaning: 'median time to the first byte of a streamed body, ms',
  },
  firstByteP99Ms: {
    heading: 'TTFB p99',
    decimals: 3,
    meaning: 'time to the first byte that one stream in a hundred exceeds, ms',
  },
  waited: {
    heading: 'waited %',
    decimals: 1,
    meaning: 'closed loop: invocations that found no parked poll and waited for one',
  },
  refused: {
    heading: 'refused %',
    decimals: 1,
    meaning: 'open loop: invocations that found no parked poll, for which the platform would go elsewhere',
  },
  residentMb: { heading: 'RSS MB', decimals: 1, meaning: 'resident memory of the adapter after the load' },
  peakMb: { heading: 'peak MB', decimals: 1, meaning: 'the most that has been resident' },
  grownMb: {
    heading: 'grown MB',
    decimals: 1,
    meaning: 'that peak less what was resident before the first invocation',
  },
  firstPollMs: { heading: 'poll ms', decimals: 1, meaning: 'from exec to the first parked poll, the app being ready' },
  startLagP99Ms: {
    heading: 'lag p99',
    decimals: 3,
    meaning: 'how late the load began one in a hundred invocations of an open loop, ms',
  },
  loadCpuUs: { heading: 'load µs', decimals: 1, meaning: 'processor time of emulator and load per invocation' },
  appCpuUs: { heading: 'app µs', decimals: 1, meaning: 'processor time of the app per invocation' },
  othersPercent: {
    heading: 'others %',
    decimals: 0,
    meaning: 'of the machine, used by none of these: noise',
  },
};

/** Says how far the others can be believed, and nothing about an adapter: it has no spread and no ratio. */
export const NOISE: FigureName = 'othersPercent';

/** Their clock is too coarse for a short run, or nothing of the kind has happened: there they may be 0. */
export const MAY_BE_ZERO: readonly FigureName[] = [
  'megabytesPerSecond',
  'userUs',
  'systemUs',
  'overheadP99Ms',
  'waited',
  'refused',
  'grownMb',
  'startLagP99Ms',
  'appCpuUs',
  'othersPercent',
];

/** They are NaN in trials that have nothing of the kind. */
export const MAY_NOT_APPLY: readonly FigureName[] = [
  'overheadP99Ms',
  'firstByteP50Ms',
  'firstByteP99Ms',
  'waited',
  'refused',
  'startLagP99Ms',
];
