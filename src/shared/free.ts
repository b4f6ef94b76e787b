/**
 * Frees the memory of bytes that nobody needs any more. The garbage collector takes its time with memory outside of its heap: 64 streams
 * would grow by 65 MB instead of 35. A view of a part stays, as others may have the rest.
 */
export function free({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength === buffer.byteLength) buffer.transfer(0);
}
