import { randomSequence } from './random-sequence.ts';

const BLOCK_BYTES = 64 * 1024;

/**
 * Bytes that no compressor shrinks, the same in every process. Beyond 64 KB they repeat: nothing looks that far back, and every
 * process of a trial makes its own.
 */
export function randomBytes(length: number): Buffer {
  const next = randomSequence(64);
  const block = Buffer.from(Array.from({ length: Math.min(length, BLOCK_BYTES) }, () => next(256)));
  return Buffer.alloc(length, block);
}
