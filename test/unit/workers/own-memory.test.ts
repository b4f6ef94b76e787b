import { expect, test } from 'vitest';
import { copyToOwnMemory, freeOwn, joinInOwnMemory } from '../../../src/workers/own-memory.ts';

test('copies have memory of exactly their size', () => {
  const source = Buffer.from('first');
  const copy = copyToOwnMemory(source);
  source.fill('x');
  expect([copy.toString(), copy.buffer.byteLength]).toEqual(['first', 5]);
});

test('several parts follow each other', () => {
  expect(joinInOwnMemory([Buffer.from('a'), Buffer.from(''), Buffer.from('bc')], 3).toString()).toBe('abc');
  expect(joinInOwnMemory([], 0)).toHaveLength(0);
});

test('memory is freed by the part that it ends with', () => {
  const own = copyToOwnMemory(Buffer.alloc(20_000));
  freeOwn(own.subarray(0, 19_999));
  expect(own).toHaveLength(20_000);
  freeOwn(own.subarray(19_000));
  expect(own).toHaveLength(0);
});

test('memory that came from elsewhere is never freed', () => {
  const pooled = Buffer.from('in the pool of all buffers');
  const whole = Buffer.alloc(64 * 1024);
  for (const bytes of [pooled, whole, new Uint8Array(pooled.buffer)]) freeOwn(bytes);
  expect([pooled.toString(), whole.length]).toEqual(['in the pool of all buffers', 64 * 1024]);
});
