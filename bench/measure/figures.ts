/** What one measurement of one adapter gives, in the order of the table's columns. */
export const FIGURE_NAMES = [
  'throughput',
  'megabytesPerSecond',
  'cpuUs',
  'systemUs',
  'p50Ms',
  'p99Ms',
  'residentMb',
  'peakMb',
  'grownMb',
  'firstPollMs',
  'loadCpuUs',
  'appCpuUs',
  'othersPercent',
] as const;

export type FigureName = (typeof FIGURE_NAMES)[number];

export type Figures = Readonly<Record<FigureName, number>>;

interface FigureInfo {
  readonly heading: string;
  readonly decimals: number;
  readonly meaning: string;
}

export const FIGURES: Readonly<Record<FigureName, FigureInfo>> = {
  throughput: { heading: 'inv/s', decimals: 0, meaning: 'right answers per second' },
  megabytesPerSecond: { heading: 'MB/s', decimals: 1, meaning: 'bytes of bodies, as the app wrote them, per second' },
  cpuUs: { heading: 'CPU µs', decimals: 1, meaning: 'processor time of the adapter per invocation, user and system' },
  systemUs: { heading: 'sys µs', decimals: 1, meaning: 'of that in the kernel' },
  p50Ms: { heading: 'p50 ms', decimals: 3, meaning: 'median latency' },
  p99Ms: { heading: 'p99 ms', decimals: 3, meaning: 'latency that one invocation in a hundred exceeds' },
  residentMb: { heading: 'RSS MB', decimals: 1, meaning: 'resident memory of the adapter after the load' },
  peakMb: { heading: 'peak MB', decimals: 1, meaning: 'the most that has been resident' },
  grownMb: {
    heading: 'grown MB',
    decimals: 1,
    meaning: 'that peak less what was resident before the first invocation',
  },
  firstPollMs: { heading: 'poll ms', decimals: 1, meaning: 'from exec to the first parked poll, the app being ready' },
  loadCpuUs: { heading: 'load µs', decimals: 1, meaning: 'processor time of emulator and load per invocation' },
  appCpuUs: { heading: 'app µs', decimals: 1, meaning: 'processor time of the app per invocation' },
  othersPercent: { heading: 'others %', decimals: 0, meaning: 'of the machine, used by none of these: noise' },
};

/** Says how far the others can be believed, and nothing about an adapter: it has no spread and no ratio. */
export const NOISE: FigureName = 'othersPercent';

/** Their clock is too coarse for a short run: there they may be 0. */
export const MAY_BE_ZERO: readonly FigureName[] = ['systemUs', 'grownMb', 'othersPercent'];
