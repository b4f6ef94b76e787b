import { expect, onTestFinished, test } from 'vitest';
import { connectionClosed, connectionOpened } from '../../../../src/workers/stream-budget.ts';
import { ReadMemory } from '../../../../src/workers/upstream/read-memory.ts';

const SHORT_BYTES = 64 * 1024;
const LONG_BYTES = 512 * 1024;

/** As a socket does: fills what it is given, from its beginning. */
function read(memory: ReadMemory, bytes: number, fill: string): { from: Buffer; taken: Buffer } {
  const from = memory.next(true);
  expect(from.byteLength).toBeGreaterThanOrEqual(bytes);
  from.fill(fill, 0, bytes);
  memory.hasRead(bytes);
  return { from, taken: memory.keep(from.subarray(0, bytes)) };
}

test('connections that have little to read use the same memory, and what was read survives', () => {
  const first = new ReadMemory();
  const second = new ReadMemory();
  const { from, taken } = read(first, 100, 'a');
  expect(read(second, 100, 'b').from).toBe(from);
  expect(taken.equals(Buffer.alloc(100, 'a'))).toBe(true);
});

test('after a full read memory is taken for the next one, and what fills it is not copied', () => {
  const memory = new ReadMemory();
  read(memory, SHORT_BYTES, 'a');
  const { from, taken } = read(memory, LONG_BYTES, 'b');
  expect(from.byteLength).toBe(LONG_BYTES);
  expect(taken.buffer).toBe(from.buffer);
  expect(read(memory, LONG_BYTES, 'c').from.buffer).not.toBe(from.buffer);
  expect(taken.equals(Buffer.alloc(LONG_BYTES, 'b'))).toBe(true);
});

test('what does not fill the memory of a long response is copied; a short read frees that memory', () => {
  const memory = new ReadMemory();
  read(memory, SHORT_BYTES, 'a');
  const { from, taken } = read(memory, LONG_BYTES - 1, 'b');
  expect(taken.buffer).not.toBe(from.buffer);
  expect(read(memory, 10, 'c').from).toBe(from);
  expect(memory.next(true).byteLength).toBe(SHORT_BYTES);
  expect(from.byteLength).toBe(0);
  expect(taken.equals(Buffer.alloc(LONG_BYTES - 1, 'b'))).toBe(true);
});

test('what is not delivered in pieces is read into the memory that all share, whatever was read before', () => {
  const memory = new ReadMemory();
  const { from } = read(memory, SHORT_BYTES, 'a');
  expect(memory.next(true)).not.toBe(from);
  expect(memory.next(false).buffer).toBe(from.buffer);
});

test.each([
  { connections: 16, bytes: LONG_BYTES },
  { connections: 17, bytes: SHORT_BYTES },
])('among $connections connections a long response is read $bytes bytes at a time', ({ connections, bytes }) => {
  for (let count = 0; count < connections; count++) {
    connectionOpened();
    onTestFinished(connectionClosed);
  }
  const memory = new ReadMemory();
  read(memory, SHORT_BYTES, 'a');
  expect(memory.next(true).byteLength).toBe(bytes);
});

test('the memory for a long response is freed with its connection, and no sooner', () => {
  const memory = new ReadMemory();
  read(memory, SHORT_BYTES, 'a');
  const own = memory.next(true);
  expect(memory.next(true)).toBe(own);
  memory.close();
  expect(own.byteLength).toBe(0);
});
