import type { MeasuredTrial } from './results.ts';

type Load = Pick<MeasuredTrial, 'scenario' | 'inFlight' | 'loop' | 'workers'>;

/** All trials of one scenario under one load. */
export interface Level extends Load {
  readonly label: string;
  /** By the adapter's name, in the order in which they took turns. */
  readonly adapters: ReadonlyMap<string, readonly MeasuredTrial[]>;
}

export function levelsOf(trials: readonly MeasuredTrial[]): Level[] {
  return [...Map.groupBy(trials, levelLabel)].flatMap(([label, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const { scenario, inFlight, loop, workers } = first;
    return [{ label, scenario, inFlight, loop, workers, adapters: Map.groupBy(own, ({ adapter }) => adapter) }];
  });
}

/** Tells levels apart, and names them. */
export function levelLabel(load: Load): string {
  return `${load.scenario}, ${loadLabel(load)}`;
}

export function loadLabel({ inFlight, loop, workers }: Omit<Load, 'scenario'>): string {
  const parts = [`${inFlight} in flight`];
  if (loop.kind === 'open') parts.push(`${loop.perSecond}/s`);
  if (workers !== null) parts.push(`${workers} ${workers === 1 ? 'worker' : 'workers'}`);
  return parts.join(', ');
}
