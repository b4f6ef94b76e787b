import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { BatchReader } from '../../../src/shared/batch/batch-reader.ts';
import type { Batch } from '../../../src/shared/batch/batch.ts';
import { readFromWorker } from '../../../src/shared/batch/from-worker.ts';
import { Outbox } from '../../../src/workers/outbox.ts';
import { allocateOwnMemory } from '../../../src/workers/own-memory.ts';

const LARGE_BYTES = 64 * 1024;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function open(): { outbox: Outbox; arrived: () => number[] } {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const arrived = (): number[] => {
    const ids: number[] = [];
    for (let next = receiveMessageOnPort(port2); next !== undefined; next = receiveMessageOnPort(port2)) {
      const batch: Batch = next.message;
      const reader = new BatchReader(batch);
      while (!reader.atEnd) ids.push(readFromWorker(reader).id);
    }
    return ids;
  };
  return { outbox: new Outbox(port1), arrived };
}

test('what is posted in one turn goes at its end, in order', async () => {
  const { outbox, arrived } = open();
  for (const id of [1, 2, 3]) outbox.post({ kind: 'response', id, body: Buffer.from('small') });
  expect(arrived()).toEqual([]);
  await turn();
  expect(arrived()).toEqual([1, 2, 3]);
  outbox.post({ kind: 'response', id: 4, body: Buffer.from('small') });
  await turn();
  expect(arrived()).toEqual([4]);
});

test('large answers do not all wait for the last of a long turn', async () => {
  const { outbox, arrived } = open();
  for (let id = 0; id < 20; id++) outbox.post({ kind: 'response', id, body: Buffer.alloc(LARGE_BYTES) });
  const early = arrived();
  expect(early.length).toBeGreaterThanOrEqual(8);
  expect(early.length).toBeLessThan(20);
  await turn();
  expect([...early, ...arrived()]).toEqual(Array.from({ length: 20 }, (_, id) => id));
});

test('memory that was copied is freed at the end of the turn and not before, when a parser may be at work on it', async () => {
  const { outbox, arrived } = open();
  const read = allocateOwnMemory(20 * LARGE_BYTES);
  for (let id = 0; id < 20; id++) {
    outbox.post({ kind: 'stream-chunk', id, chunk: read.subarray(id * LARGE_BYTES, (id + 1) * LARGE_BYTES) });
  }
  expect([arrived().length > 0, read.byteLength]).toEqual([true, 20 * LARGE_BYTES]);
  await turn();
  expect(read.byteLength).toBe(0);
});
