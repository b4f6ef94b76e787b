import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Coding } from '../../../../src/workers/compression/choose-coding.ts';
import { compress } from '../../../../src/workers/compression/compress.ts';

const decompress: Record<Coding, (bytes: Buffer) => Buffer> = {
  gzip: (bytes) => gunzipSync(bytes),
  br: (bytes) => brotliDecompressSync(bytes),
  zstd: (bytes) => zstdDecompressSync(bytes),
};

const sizes = [100, 500_000];
const codings: Coding[] = ['gzip', 'br', 'zstd'];

test.each(codings.flatMap((coding) => sizes.map((size) => ({ coding, size }))))(
  '$size bytes come back from $coding unchanged and were smaller on the way',
  async ({ coding, size }) => {
    const body = Buffer.from('lorem ipsum dolor sit amet '.repeat(size)).subarray(0, size);
    const compressed = await new Promise<Buffer>((resolve, reject) => {
      compress(coding, body, (error, result) => (error === null ? resolve(result) : reject(error)));
    });
    expect(compressed.byteLength).toBeLessThan(size);
    expect(decompress[coding](compressed).equals(body)).toBe(true);
  },
);

test('a large body does not hold up the thread', () => {
  let isDone = false;
  compress('gzip', Buffer.alloc(1_000_000), () => {
    isDone = true;
  });
  expect(isDone).toBe(false);
});
