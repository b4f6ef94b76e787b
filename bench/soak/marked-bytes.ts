/** Every stretch of a body shows whose it is: bytes of another invocation's answer are recognised wherever they stand. */
export function markedBytes(id: string, byteLength: number): Buffer {
  return Buffer.alloc(byteLength, `${id} `);
}

/** What an id looks like inside a body or a message. */
export const ID_PATTERN = /soak-\d{9}/g;

export function idOf(number: number): string {
  return `soak-${String(number).padStart(9, '0')}`;
}
