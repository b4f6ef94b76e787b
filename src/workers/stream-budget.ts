/** Bytes of streams that may be on their way out of one thread: with it 64 slow ones do not run the environment out of memory. */
const BUDGET_BYTES = 8 * 1024 * 1024;

/** More for one stream brings no more throughput. */
export const WIDEST_WINDOW_BYTES = 2 * 1024 * 1024;

/** With less a stream would wait for each of its credits. Twice as many would let 32 slow ones take 6 MiB more on Node 22. */
export const NARROWEST_WINDOW_BYTES = 128 * 1024;

/** Connections of this thread to the app. */
let open = 0;

export function connectionOpened(): void {
  open++;
}

export function connectionClosed(): void {
  open--;
}

/**
 * Bytes of one stream that may be on their way before it waits for credit: few streams share what many have. A wide window saves a
 * tenth of the processor time of a stream: an app that waits has to be woken.
 */
export function windowBytes(): number {
  return Math.max(NARROWEST_WINDOW_BYTES, Math.min(WIDEST_WINDOW_BYTES, BUDGET_BYTES / Math.max(1, open)));
}
