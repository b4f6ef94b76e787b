/**
 * Connections to the app, of one thread, among which memory is spent on throughput: larger reads and more bytes on their way. Of
 * more than these, each gets what 64 slow streams may have without the environment running out of memory.
 */
export const FEW_CONNECTIONS = 4;

let open = 0;

export function connectionOpened(): void {
  open++;
}

export function connectionClosed(): void {
  open--;
}

/** Whether this thread has few connections now. */
export function hasMemoryForSpeed(): boolean {
  return open <= FEW_CONNECTIONS;
}
