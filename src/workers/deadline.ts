/** The longest delay that a Node timer takes; a longer one would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Milliseconds until the request to the app has to be stopped; 0 when it is too late to begin one, null when there is no
 * deadline. Deadlines years ahead are known from emulators.
 */
export function delayUntilDeadline(deadlineMs: number, marginMs: number, nowMs: number): number | null {
  if (!(deadlineMs > 0)) return null;
  return Math.min(Math.max(deadlineMs - marginMs - nowMs, 0), MAX_DELAY_MS);
}
