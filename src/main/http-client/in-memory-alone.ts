/**
 * These bytes in memory of which they are all: as a view of a part they would hold the rest for as long as they wait. Of slow
 * streams, whose parts come from the workers many in one piece of memory, each held several times its own.
 */
export function inMemoryAlone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
