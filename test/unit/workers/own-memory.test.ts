import { expect, test } from 'vitest';
import { copyToOwnMemory, freeOwn, freeOwnSoon, joinInOwnMemory, takeOver } from '../../../src/workers/own-memory.ts';

test.each([5, 20_000])('a copy of %i bytes is not changed with what it was made of', (length) => {
  const source = Buffer.alloc(length, 'a');
  const copy = copyToOwnMemory(source);
  source.fill('x');
  expect(copy.equals(Buffer.alloc(length, 'a'))).toBe(true);
});

test('a large copy has memory of exactly its size, a small one is no burden of its own for the garbage collector', () => {
  expect(copyToOwnMemory(Buffer.alloc(20_000)).buffer.byteLength).toBe(20_000);
  expect(copyToOwnMemory(Buffer.alloc(5)).buffer.byteLength).toBe(Buffer.from('pooled').buffer.byteLength);
});

test('memory is freed when the turn is over, for whoever is still at work on it in this one', async () => {
  const own = copyToOwnMemory(Buffer.alloc(20_000));
  freeOwnSoon(own);
  await Promise.resolve();
  expect(own).toHaveLength(20_000);
  await new Promise(setImmediate);
  expect(own).toHaveLength(0);
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

test('memory that is taken over is freed like our own, but not when others may have it', () => {
  const memory = Buffer.allocUnsafeSlow(20_000);
  takeOver(memory.subarray(0, 100), 30_000);
  freeOwn(memory);
  expect(memory).toHaveLength(20_000);
  takeOver(memory.subarray(0, 100), 20_000);
  freeOwn(memory);
  expect(memory).toHaveLength(0);
});

test('memory that came from elsewhere is never freed', () => {
  const pooled = Buffer.from('in the pool of all buffers');
  const whole = Buffer.alloc(64 * 1024);
  for (const bytes of [pooled, whole, new Uint8Array(pooled.buffer)]) freeOwn(bytes);
  expect([pooled.toString(), whole.length]).toEqual(['in the pool of all buffers', 64 * 1024]);
});
