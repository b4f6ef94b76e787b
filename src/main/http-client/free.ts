/**
 * Frees the memory of bytes that have been sent. The garbage collector takes its time with memory outside of its heap: 64 streams
 * would grow by 65 MB instead of 35. A view of a part stays, as others may have the rest.
 */
export function free({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0);
}

/**
 * These bytes in memory of which they are all: as a view of a part they would hold the rest for as long as they wait. Of slow
 * streams, whose parts come from the workers many in one piece of memory, each held several times its own.
 */
export function inOwnMemory(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
