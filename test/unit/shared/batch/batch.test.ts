import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchReader } from '../../../../src/shared/batch/batch-reader.ts';
import { BatchWriter } from '../../../../src/shared/batch/batch-writer.ts';
import { ATTACHED_BYTES } from '../../../../src/shared/batch/batch.ts';
import { readFromWorker } from '../../../../src/shared/batch/from-worker.ts';
import { readToWorker } from '../../../../src/shared/batch/to-worker.ts';
import { ERROR_TYPES } from '../../../../src/shared/errors.ts';
import type { FromWorker, ToWorker } from '../../../../src/shared/protocol.ts';
import { copyToOwnMemory, freeOwn } from '../../../../src/workers/own-memory.ts';
import { batchFromWorker, batchToWorker, messagesFromWorker, messagesToWorker } from '../../../helpers/batches.ts';

const id = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** Few bytes or many, in memory of their own or as a part of some. */
const bytes = fc
  .record({
    length: fc.oneof(fc.nat(300), fc.integer({ min: ATTACHED_BYTES - 2, max: 40_000 })),
    fill: fc.nat(255),
    from: fc.nat(3),
  })
  .map(({ length, fill, from }) => Buffer.alloc(from + length, fill).subarray(from));
/** As header values are: without line ends, and absent rather than empty. */
const text = fc.option(fc.string({ unit: 'grapheme', minLength: 1 }).map((value) => value.replace(/[\r\n]/g, ' ')));
const invocation = fc.record({
  requestId: fc.uuid(),
  deadlineMs: fc.nat(2 ** 40),
  functionArn: text,
  traceId: text,
  clientContext: text,
  cognitoIdentity: text,
  tenantId: text,
  event: fc.array(bytes, { maxLength: 3 }),
});
const toWorker: fc.Arbitrary<ToWorker> = fc.oneof(
  fc.record({ kind: fc.constant('invoke' as const), id, invocation }),
  fc.record({ kind: fc.constant('credit' as const), id, bytes: fc.nat(2 ** 31) }),
  fc.record({ kind: fc.constant('abandon' as const), id }),
  fc.constant({ kind: 'close' } as const),
);
const failure = fc.record({
  errorType: fc.constantFrom(...ERROR_TYPES),
  errorMessage: fc.string({ unit: 'grapheme' }),
});
const fromWorker: fc.Arbitrary<FromWorker> = fc.oneof(
  fc.record({ kind: fc.constant('response' as const), id, body: bytes }),
  fc.record({ kind: fc.constant('failure' as const), id, failure }),
  fc.record({ kind: fc.constant('stream-start' as const), id, contentType: fc.string(), chunk: bytes }),
  fc.record({ kind: fc.constant('stream-chunk' as const), id, chunk: bytes }),
  fc.record({ kind: fc.constant('stream-end' as const), id, failure: fc.option(failure) }),
);

describe('a batch', () => {
  test('brings every message to a worker as it was sent', () => {
    fc.assert(
      fc.property(fc.array(toWorker, { maxLength: 40 }), (messages) => {
        const expected = structuredClone(messages);
        const { batch, transfer } = batchToWorker(messages);
        expect(structuredClone(messagesToWorker(structuredClone(batch, { transfer })))).toEqual(expected);
      }),
    );
  });

  test('brings every message from a worker as it was sent', () => {
    fc.assert(
      fc.property(fc.array(fromWorker, { maxLength: 40 }), (messages) => {
        const expected = structuredClone(messages);
        const { batch, transfer } = batchFromWorker(messages);
        expect(structuredClone(messagesFromWorker(structuredClone(batch, { transfer })))).toEqual(expected);
      }),
    );
  });

  test('may be larger than any before it, and the next one small again', () => {
    const writer = new BatchWriter();
    for (const count of [1, 3000, 1]) {
      for (let index = 0; index < count; index++) writer.text(`text ${index} é`);
      const reader = new BatchReader(writer.take().batch);
      for (let index = 0; index < count; index++) expect(reader.text()).toBe(`text ${index} é`);
      expect(reader.atEnd).toBe(true);
    }
  });

  test('that neither side can have written is refused', () => {
    const writer = new BatchWriter();
    writer.byte(99);
    writer.integer(1);
    const { batch } = writer.take();
    expect(() => readToWorker(new BatchReader(batch))).toThrow(RangeError);
    expect(() => readFromWorker(new BatchReader(batch))).toThrow(RangeError);
  });
});

describe('bytes', () => {
  test('that are few are copied at once', () => {
    const chunk = Buffer.from('abc');
    const writer = new BatchWriter();
    writer.bytes(chunk);
    chunk.fill('x');
    expect(new BatchReader(writer.take().batch).bytes().toString()).toBe('abc');
  });

  test('that are many and fill their memory are moved as they are', () => {
    const chunk = Buffer.allocUnsafeSlow(ATTACHED_BYTES).fill(7);
    const { transfer } = batchFromWorker([{ kind: 'stream-chunk', id: 1, chunk }]);
    expect(transfer).toContain(chunk.buffer);
  });

  test('that are few are freed after the batch has gone, when nothing follows them in their memory', () => {
    const memory = copyToOwnMemory(Buffer.alloc(40_000, 7));
    const writer = new BatchWriter(freeOwn);
    for (const at of [0, 10_000, 30_000]) writer.bytes(memory.subarray(at, at + 10_000));
    const reader = new BatchReader(writer.take().batch);
    expect(memory).toHaveLength(40_000);
    writer.freeCopied();
    expect(memory).toHaveLength(0);
    for (let count = 0; count < 3; count++) expect(reader.bytes().equals(Buffer.alloc(10_000, 7))).toBe(true);
  });

  test('that were read and had to be copied are freed after the batch has gone, when nothing follows them', () => {
    const whole = copyToOwnMemory(Buffer.alloc(40_000, 7));
    const rest = copyToOwnMemory(Buffer.alloc(40_000, 7));
    const writer = new BatchWriter(freeOwn);
    writer.bytes(whole.subarray(10, 20_010));
    writer.bytes(whole.subarray(20_010));
    writer.bytes(rest.subarray(10, 20_010));
    const reader = new BatchReader(writer.take().batch);
    expect([whole.length, rest.length]).toEqual([40_000, 40_000]);
    writer.freeCopied();
    expect([whole.length, rest.length]).toEqual([0, 40_000]);
    expect([reader.bytes(), reader.bytes(), reader.bytes()].map(({ length }) => length)).toEqual([
      20_000, 19_990, 20_000,
    ]);
  });
});
