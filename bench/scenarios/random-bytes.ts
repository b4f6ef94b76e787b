import { randomSequence } from './random-sequence.ts';

/** Bytes that no compressor shrinks, the same in every process. */
export function randomBytes(length: number): Buffer {
  const next = randomSequence(64);
  const bytes = Buffer.allocUnsafe(length);
  for (let index = 0; index < length; index++) bytes[index] = next(256);
  return bytes;
}
