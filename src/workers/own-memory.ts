/** Freeing less than this costs more than leaving it to the garbage collector. */
const LARGE_BYTES = 8 * 1024;

/** Memory that was taken for one purpose and holds nothing else: no part of the pool that all buffers share. */
const owned = new WeakSet<ArrayBufferLike>();

/** A copy of bytes. A large one {@link freeOwn} can free; a small one is cheaper in the pool. */
export function copyToOwnMemory(bytes: Uint8Array): Buffer {
  return bytes.byteLength < LARGE_BYTES ? Buffer.from(bytes) : joinInOwnMemory([bytes], bytes.byteLength);
}

/** The same bytes where their memory is owned, else a copy. */
export function inOwnMemory(bytes: Buffer): Buffer {
  return owned.has(bytes.buffer) ? bytes : copyToOwnMemory(bytes);
}

/** Memory to be filled, which {@link freeOwn} can free when it has been. */
export function allocateOwnMemory(byteLength: number): Buffer {
  const own = Buffer.allocUnsafeSlow(byteLength);
  if (byteLength >= LARGE_BYTES) owned.add(own.buffer);
  return own;
}

/** Takes over memory of this size that was not ours, unless these bytes are in other memory, which may have other owners. */
export function takeOver({ buffer }: Uint8Array, memoryBytes: number): void {
  if (buffer.byteLength === memoryBytes) owned.add(buffer);
}

/** A copy of several in a row, `byteLength` together. */
export function joinInOwnMemory(parts: readonly Uint8Array[], byteLength: number): Buffer {
  const own = allocateOwnMemory(byteLength);
  let offset = 0;
  for (const part of parts) {
    own.set(part, offset);
    offset += part.byteLength;
  }
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

let soon: Uint8Array[] = [];

/**
 * {@link freeOwn} when this turn of the event loop is over: for what a parser, in whose call we may be, is still at work on. A
 * page of 100 KB takes a third less time than with the work that the memory of its copies makes for the garbage collector.
 */
export function freeOwnSoon(bytes: Uint8Array): void {
  if (!owned.has(bytes.buffer)) return;
  if (soon.length === 0) setImmediate(freeThose);
  soon.push(bytes);
}

function freeThose(): void {
  for (const bytes of soon) freeOwn(bytes);
  soon = [];
}
