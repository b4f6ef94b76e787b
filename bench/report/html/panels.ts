import type { Comparison } from '../results/compare.ts';

/** Comparisons that differ in the load alone: one plot shows them. */
export interface Panel {
  readonly title: string;
  readonly scenario: string;
  /** The load, as the axis has it. */
  readonly loadLabel: string;
  /** In ascending order of the load. */
  readonly levels: readonly { readonly load: number; readonly comparison: Comparison }[];
}

export function panelsOf(comparisons: readonly Comparison[]): Panel[] {
  return [...Map.groupBy(comparisons, titleOf)].flatMap(([title, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const levels = own.map((comparison) => ({ load: loadOf(comparison), comparison }));
    return [
      {
        title,
        scenario: first.scenario,
        loadLabel: `${first.loop.kind === 'closed' ? 'invocations in flight' : 'invocations offered per second'} (log)`,
        levels: levels.toSorted((a, b) => a.load - b.load),
      },
    ];
  });
}

function titleOf({ scenario, inFlight, loop, workers }: Comparison): string {
  const own = workers === null ? '' : `, ${workers} ${workers === 1 ? 'worker' : 'workers'}`;
  return loop.kind === 'closed' ? `${scenario}${own}` : `${scenario}${own}, open loop, ${inFlight} in flight at most`;
}

function loadOf({ inFlight, loop }: Comparison): number {
  return loop.kind === 'closed' ? inFlight : loop.perSecond;
}
