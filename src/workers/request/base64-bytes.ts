import { allocateOwnMemory } from '../own-memory.ts';

const EQUALS_SIGN = 0x3d;

/** Digits that become a text at once: one that is gone with the youngest garbage. Four of them are three bytes. */
const STRETCH = 16 * 1024;

/**
 * What base64 says, in memory of its own.
 *
 * @param text base64 as bytes
 * @returns null when it is not canonical, in either alphabet: padded, and nothing between the digits
 */
export function decodeBase64(text: Buffer): Buffer | null {
  if (text.length % 4 !== 0) return null;
  const decoded = allocateOwnMemory(decodedLength(text));
  let length = 0;
  for (let start = 0; start < text.length; start += STRETCH) {
    length += decoded.write(text.toString('latin1', start, Math.min(start + STRETCH, text.length)), length, 'base64');
    // The decoder skips what is no digit, and stops at padding.
    if (length !== Math.min(((start + STRETCH) / 4) * 3, decoded.length)) return null;
  }
  return decoded;
}

function decodedLength(text: Buffer): number {
  const padding = text.at(-1) !== EQUALS_SIGN ? 0 : text.at(-2) === EQUALS_SIGN ? 2 : 1;
  return (text.length / 4) * 3 - padding;
}
