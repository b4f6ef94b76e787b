import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { WholeBody } from '../../../../src/workers/upstream/whole-body.ts';

test('what comes in a single read stays where it is', () => {
  const read = Buffer.from('in front|body').subarray(9);
  const body = new WholeBody(4);
  expect(body.rest).toBeNull();
  expect(body.add(read)).toBe(read);
  expect(body.rest).toBeNull();
});

test('of any other the rest is read into the memory that it is delivered in', () => {
  const body = new WholeBody(10);
  const first = Buffer.from('abc');
  expect(body.add(first)).toBeNull();
  first.fill('!');
  const { rest } = body;
  expect(rest?.byteLength).toBe(7);
  rest?.write('defghij');
  expect(body.add(rest?.subarray(0, 2) ?? Buffer.alloc(0))).toBeNull();
  expect(body.rest?.toString()).toBe('fghij');
  const whole = body.add(body.rest ?? Buffer.alloc(0));
  expect(whole?.toString()).toBe('abcdefghij');
  expect([whole?.buffer, whole?.buffer.byteLength]).toEqual([rest?.buffer, 10]);
});

test('it is the same, however it is cut and wherever the pieces were read to', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 50 }), fc.boolean()), { minLength: 1, maxLength: 20 }),
      (pieces) => {
        const sent = Buffer.concat(pieces.map(([bytes]) => bytes));
        const body = new WholeBody(sent.byteLength);
        const shared = Buffer.alloc(50);
        const results = pieces.map(([bytes, isInPlace]) => {
          const memory = (isInPlace ? body.rest : null) ?? shared;
          memory.set(bytes);
          const result = body.add(memory.subarray(0, bytes.byteLength));
          if (pieces.length > 1) shared.fill('!');
          return result;
        });
        expect(results.slice(0, -1).every((result) => result === null)).toBe(true);
        expect(results.at(-1)?.equals(sent)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
