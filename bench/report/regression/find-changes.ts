import { FIGURE_NAMES, type FigureName } from '../../measure/figures.ts';
import { summarize } from '../../measure/statistics.ts';
import { isFailed, valuesOf } from '../results/compare.ts';
import { directionOf } from '../results/direction.ts';
import { judge, type Verdict } from '../results/judge.ts';
import { levelsOf } from '../results/levels.ts';
import type { MeasuredTrial } from '../results/results.ts';

/** One figure of one adapter under one load, then and now. */
export interface Change {
  readonly level: string;
  readonly adapter: string;
  readonly figure: FigureName;
  /** Medians. */
  readonly before: number;
  readonly after: number;
  readonly ratio: number;
  readonly verdict: Verdict;
}

/** What an adapter is chosen by. Others follow from these, or vary with the machine. */
const JUDGED: ReadonlySet<string> = new Set([
  'throughput',
  'cpuUs',
  'p50Ms',
  'p99Ms',
  'residentMb',
  'firstByteP50Ms',
  'firstPollMs',
  'answerBytes',
] satisfies FigureName[]);

/** Every judged figure that both have, in the order of the later one. Trials that failed have none. */
export function findChanges(before: readonly MeasuredTrial[], after: readonly MeasuredTrial[]): Change[] {
  const earlier = new Map(levelsOf(before).map(({ label, adapters }) => [label, adapters]));
  return levelsOf(after).flatMap(({ label, adapters }) =>
    [...adapters].flatMap(([adapter, now]) => {
      const then = earlier.get(label)?.get(adapter) ?? [];
      if (then.length === 0 || [...then, ...now].some(isFailed)) return [];
      return FIGURE_NAMES.flatMap((figure) => {
        const change = JUDGED.has(figure) ? judgeFigure(figure, then, now) : null;
        return change === null ? [] : [{ level: label, adapter, figure, ...change }];
      });
    }),
  );
}

/** null when the figure does not apply to one of them. */
function judgeFigure(figure: FigureName, then: readonly MeasuredTrial[], now: readonly MeasuredTrial[]) {
  const direction = directionOf(figure);
  const [values, baseline] = [valuesOf(now, figure), valuesOf(then, figure)];
  if (direction === null || [...values, ...baseline].some(Number.isNaN)) return null;
  const [before, after] = [summarize(baseline).median, summarize(values).median];
  return { before, after, ratio: after / before, verdict: judge(values, baseline, direction) };
}
