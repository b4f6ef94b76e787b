import { FIGURE_NAMES, type FigureName } from '../measure/figures.ts';

const IMPORTANT: readonly string[] = [
  'throughput',
  'cpuUs',
  'p50Ms',
  'p99Ms',
  'residentMb',
  'peakMb',
  'firstPollMs',
  'othersPercent',
] satisfies FigureName[];

/** As many as a terminal has room for beside the names of adapters. */
export const DEFAULT_COLUMNS: readonly FigureName[] = FIGURE_NAMES.filter((name) => IMPORTANT.includes(name));
