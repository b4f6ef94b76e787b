import type { Verdict } from './judge.ts';
import type { Shot } from './shot.ts';

const KEPT_DETAILS = 5;

/** Counts how the invocations of one adapter ended. */
export class Tally {
  requests = 0;
  faults = 0;
  lost = 0;
  crossed = 0;
  unexpected = 0;
  /** What was wrong with the first ones. */
  readonly details: string[] = [];

  get wrong(): number {
    return this.lost + this.crossed + this.unexpected;
  }

  add({ id, kind, isFault }: Shot, verdict: Verdict): void {
    this.requests++;
    if (isFault) this.faults++;
    if (verdict.kind === 'right') return;
    this[verdict.kind]++;
    if (this.details.length < KEPT_DETAILS) this.details.push(`${kind} (${id}): ${verdict.kind}, ${verdict.detail}`);
  }
}
