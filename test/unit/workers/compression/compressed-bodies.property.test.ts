import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodingChoice } from '../../../../src/shared/config.ts';
import { compressNow } from '../../../../src/workers/compression/compress-now.ts';
import { CompressedBodies } from '../../../../src/workers/compression/compressed-bodies.ts';
import { decompress } from './decompress.ts';

const CHOICES: readonly CodingChoice[] = [
  { coding: 'gzip', level: 4 },
  { coding: 'br', level: 4 },
  { coding: 'zstd', level: 3 },
];
const KIB = 1024;

/** Few of them and alike, so that they come again and take each other's place. */
const plainBody = fc
  .tuple(fc.constantFrom(2, 40, 3000), fc.constantFrom('a', 'b'), fc.nat(1))
  .map(([byteLength, letter, at]) => Buffer.alloc(byteLength, 'x').fill(letter, at, at + 1));

type KeyOf = (bodies: CompressedBodies, choice: CodingChoice, chunks: Buffer[]) => string;

const KEYS: readonly (readonly [what: string, keyOf: KeyOf])[] = [
  ['as they are', (bodies, choice, chunks) => bodies.keyOf(choice, chunks)],
  ['if all bodies had the same checksum and length', (_bodies, { coding }) => coding],
];

test.each(KEYS)('in whatever order and chunks bodies come, each gets what its own bytes became: %s', (_what, keyOf) => {
  let reused = 0;
  const answers = fc.array(fc.tuple(plainBody, fc.constantFrom(...CHOICES), fc.nat(3000)), {
    minLength: 100,
    maxLength: 200,
  });
  fc.assert(
    fc.property(answers, fc.constantFrom(3 * KIB, 9 * KIB, 1024 * KIB), (all, roomBytes) => {
      const bodies = new CompressedBodies(roomBytes);
      for (const [plain, choice, cut] of all) {
        const chunks = [plain.subarray(0, cut), plain.subarray(cut)];
        const key = keyOf(bodies, choice, chunks);
        const known = bodies.find(key, chunks);
        const compressed = compressNow(choice, plain);
        const result = compressed.byteLength < plain.byteLength ? compressed : null;
        if (known === null) {
          bodies.add(key, plain, result);
          continue;
        }
        reused++;
        if (result === null) expect(known.compressed).toBeNull();
        else expect(decompress(choice.coding, known.compressed ?? plain).equals(plain)).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
  expect(reused).toBeGreaterThan(200);
});
