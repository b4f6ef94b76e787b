import type { Limit } from '../load/limit.ts';

/** What a trial takes besides its load: start of the adapter, its end, the last answers. */
const TRIAL_OVERHEAD_MS = 600;

/** How long a run is going to take; null when that depends on how fast the adapters are. */
export function expectedMs(trials: number, warmUp: Limit, measurement: Limit): number | null {
  const [before, during] = [lengthOf(warmUp), lengthOf(measurement)];
  return before === null || during === null ? null : trials * (before + during + TRIAL_OVERHEAD_MS);
}

/** How long the rest takes, if it is like what has been done. */
export function remainingMs(elapsedMs: number, done: number, total: number): number {
  return (elapsedMs / done) * (total - done);
}

/** Such as `45 s`, `7 min`, `1 h 20 min`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function lengthOf(limit: Limit): number | null {
  return limit.kind === 'duration' ? limit.ms : (limit.mostMs ?? null);
}
