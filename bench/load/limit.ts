import { answerBytes, type Scenario } from '../scenarios/scenario.ts';

/** When a load ends. Invocations that are under way then are awaited and count. */
export type Limit =
  | { readonly kind: 'duration'; readonly ms: number }
  /** So many invocations, but no more than answer with so many bytes or begin within so long: a moment is enough for a few large ones. */
  | { readonly kind: 'requests'; readonly count: number; readonly mostBytes?: number; readonly mostMs?: number };

export interface Bounds {
  /** Since the start of the load, in milliseconds. */
  readonly ms: number;
  readonly count: number;
}

export function boundsOf(limit: Limit, { measured }: Scenario): Bounds {
  switch (limit.kind) {
    case 'duration':
      return { ms: limit.ms, count: Infinity };
    case 'requests': {
      const { count, mostBytes = Infinity, mostMs = Infinity } = limit;
      return { ms: mostMs, count: Math.min(count, Math.ceil(mostBytes / Math.max(1, answerBytes(measured.answer)))) };
    }
  }
}
