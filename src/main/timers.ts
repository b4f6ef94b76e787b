/** The longest delay that a Node timer takes; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/** Milliseconds from now until `marginMs` before an epoch time. 0 as a time means "no deadline". */
export function delayUntil(epochMs: number, marginMs: number): number {
  if (epochMs <= 0) return LONGEST_DELAY_MS;
  return Math.min(Math.max(epochMs - marginMs - Date.now(), 0), LONGEST_DELAY_MS);
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
