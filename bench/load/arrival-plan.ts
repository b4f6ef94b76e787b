/** What the thread of the open loop is told. */
export interface ArrivalPlan {
  readonly perSecond: number;
  /** Of the random sequence. */
  readonly seed: number;
  /** How long they go on, and how many there are at most; either may be Infinity. */
  readonly ms: number;
  readonly count: number;
}

export function isArrivalPlan(value: unknown): value is ArrivalPlan {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return ['perSecond', 'seed', 'ms', 'count'].every((name) => typeof fields.get(name) === 'number');
}

/** What it says. Moments are on the clock that threads share. */
export type ArrivalMessage =
  | { readonly kind: 'began'; readonly atMs: number }
  | { readonly kind: 'due'; readonly atMs: number }
  | { readonly kind: 'over' };
