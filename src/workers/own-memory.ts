/** Freeing less than this costs more than leaving it to the garbage collector. */
const LARGE_BYTES = 8 * 1024;

/** Memory that was taken for one purpose and holds nothing else: no part of the pool that all buffers share. */
const owned = new WeakSet<ArrayBufferLike>();

/** A copy of bytes that {@link freeOwn} can free. */
export function copyToOwnMemory(bytes: Uint8Array): Buffer {
  return joinInOwnMemory([bytes], bytes.byteLength);
}

/** The same of several in a row, `byteLength` together. */
export function joinInOwnMemory(parts: readonly Uint8Array[], byteLength: number): Buffer {
  const own = Buffer.allocUnsafeSlow(byteLength);
  let offset = 0;
  for (const part of parts) {
    own.set(part, offset);
    offset += part.byteLength;
  }
  if (byteLength >= LARGE_BYTES) owned.add(own.buffer);
  return own;
}

/**
 * Frees the memory behind bytes that nobody needs any more, if it is owned. Without it a thread would hold tens of
 * megabytes of what slow streams are done with: the garbage collector takes its time with memory outside of its heap.
 *
 * Only the part that memory ends with can be the last that anyone needs of it: of what was read from a socket, the parser may
 * still hold what follows any other part.
 */
export function freeOwn({ buffer, byteOffset, byteLength }: Uint8Array): void {
  if (byteOffset + byteLength === buffer.byteLength && buffer instanceof ArrayBuffer && owned.has(buffer)) {
    buffer.transfer(0);
  }
}
