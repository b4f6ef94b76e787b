import { randomSequence } from '../scenarios/random-sequence.ts';

/** Bytes of a picture or an archive: always the same, and with nothing to compress in them. */
export function randomBytes(length: number): Buffer {
  const next = randomSequence(length);
  return Buffer.from(Array.from({ length }, () => next(256)));
}
