import { expect, test } from 'vitest';
import { htmlPage } from '../../../../bench/scenarios/html-page.ts';
import type { CodingChoice } from '../../../../src/shared/config.ts';
import { compressNow, quickBytes } from '../../../../src/workers/compression/compress-now.ts';
import { decompress } from './decompress.ts';

const CHOICES: readonly CodingChoice[] = [
  { coding: 'gzip', level: 4 },
  { coding: 'br', level: 4 },
  { coding: 'zstd', level: 3 },
];

test.each(CHOICES)('bytes come back from $coding unchanged and were smaller on the way', (choice) => {
  const body = Buffer.from('lorem ipsum dolor sit amet '.repeat(500));
  const compressed = compressNow(choice, body);
  expect(compressed.byteLength).toBeLessThan(body.byteLength / 10);
  expect(decompress(choice.coding, compressed)).toEqual(body);
});

test.each(CHOICES)('nothing is something that $coding can decode to nothing', (choice) => {
  const compressed = compressNow(choice, Buffer.alloc(0));
  expect(compressed.byteLength).toBeGreaterThan(0);
  expect(decompress(choice.coding, compressed)).toHaveLength(0);
});

test.each(CHOICES)('a higher level of $coding leaves less', ({ coding }) => {
  const size = (level: number) => compressNow({ coding, level }, htmlPage()).byteLength;
  expect(size(6)).toBeLessThan(size(1));
});

test('a level that takes long is never for this thread', () => {
  for (const choice of CHOICES) expect(quickBytes(choice)).toBe(128 * 1024);
  expect(quickBytes({ coding: 'br', level: 11 })).toBe(0);
  expect(quickBytes({ coding: 'gzip', level: 9 })).toBe(0);
  expect(quickBytes({ coding: 'zstd', level: 19 })).toBe(0);
});
