import type { InvokeMode } from '../../../src/shared/config.ts';
import type { Shot } from '../shot.ts';

/** What a kind may draw on. */
export interface Draft {
  readonly id: string;
  readonly mode: InvokeMode;
  /** The next random whole number from 0 to `below` - 1. */
  readonly random: (below: number) => number;
}

/** One thing that happens in production, well or badly. */
export interface Kind {
  readonly name: string;
  /** How often it is drawn, compared with the others of its table. */
  readonly weight: number;
  readonly make: (draft: Draft) => Omit<Shot, 'id' | 'kind' | 'isFault'>;
}

export function pick<T>(choices: readonly [T, ...T[]], random: Draft['random']): T {
  return choices[random(choices.length)] ?? choices[0];
}
