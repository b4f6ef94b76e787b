import { expect, test } from 'vitest';
import { makeMovable } from '../../../src/workers/outbox.ts';

test('bytes that fill their memory are moved as they are', () => {
  const chunk = new Uint8Array(64);
  const { batch, transfer } = makeMovable([{ kind: 'stream-chunk', id: 1, chunk }]);
  expect(batch).toEqual([{ kind: 'stream-chunk', id: 1, chunk }]);
  expect(transfer).toEqual([chunk.buffer]);
  expect(transfer[0]).toBe(chunk.buffer);
});

test('views share one new piece of memory, in order and unchanged', () => {
  const memory = Buffer.from('....abc..de...');
  const { batch, transfer } = makeMovable([
    { kind: 'response', id: 1, body: memory.subarray(4, 7) },
    { kind: 'failure', id: 2, failure: { errorType: 'Function.AppTimeout', errorMessage: 'x' } },
    { kind: 'stream-start', id: 3, contentType: 't', chunk: memory.subarray(9, 11) },
    { kind: 'stream-chunk', id: 3, chunk: memory.subarray(0, 0) },
  ]);
  const moved = structuredClone(batch, { transfer });
  expect(moved.map((message) => message.kind)).toEqual(['response', 'failure', 'stream-start', 'stream-chunk']);
  expect(moved[0]).toMatchObject({ body: new Uint8Array(Buffer.from('abc')) });
  expect(moved[2]).toMatchObject({ chunk: new Uint8Array(Buffer.from('de')), contentType: 't' });
  expect(transfer).toHaveLength(1);
  expect(memory.toString()).toBe('....abc..de...');
});
