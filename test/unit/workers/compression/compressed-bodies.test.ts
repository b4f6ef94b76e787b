import { expect, test } from 'vitest';
import type { CodingChoice } from '../../../../src/shared/config.ts';
import { CompressedBodies } from '../../../../src/workers/compression/compressed-bodies.ts';

const GZIP: CodingChoice = { coding: 'gzip', level: 4 };
const KIB = 1024;
const body = (byteLength: number, fill = 'a') => Buffer.alloc(byteLength, fill);
const compressed = Buffer.from('compressed');

/** As an answer does it: what is known of the body, or else it becomes known. */
function answer(bodies: CompressedBodies, plain: Buffer, result: Buffer | null = compressed, choice = GZIP) {
  const key = bodies.keyOf(choice, [plain]);
  const found = bodies.find(key, [plain]);
  if (found === null) bodies.add(key, plain, result);
  return found?.compressed;
}

test('a body is known when it comes for the third time', () => {
  const bodies = new CompressedBodies();
  const answers = [1, 2, 3, 4].map(() => answer(bodies, body(1000)));
  expect(answers).toEqual([undefined, undefined, compressed, compressed]);
});

test('it is the same in whichever chunks it comes', () => {
  const bodies = new CompressedBodies();
  const chunks = [Buffer.from('ab'), Buffer.alloc(0), Buffer.from('c')];
  const key = bodies.keyOf(GZIP, [Buffer.from('abc')]);
  expect(bodies.keyOf(GZIP, chunks)).toBe(key);
  for (let count = 0; count < 2; count++) bodies.add(key, Buffer.from('abc'), compressed);
  expect(bodies.find(key, chunks)?.compressed).toEqual(compressed);
});

test('another coding or another level of it is another thing', () => {
  const bodies = new CompressedBodies();
  for (let count = 0; count < 3; count++) answer(bodies, body(1000));
  expect(answer(bodies, body(1000), compressed, { coding: 'br', level: 4 })).toBeUndefined();
  expect(answer(bodies, body(1000), compressed, { coding: 'gzip', level: 5 })).toBeUndefined();
});

test('one that does not become smaller is known as that', () => {
  const bodies = new CompressedBodies();
  const answers = [1, 2, 3].map(() => answer(bodies, body(1000), null));
  expect(answers).toEqual([undefined, undefined, null]);
});

test('the bytes decide, and not the checksum', () => {
  const bodies = new CompressedBodies();
  const key = bodies.keyOf(GZIP, [body(1000)]);
  for (let count = 0; count < 2; count++) bodies.add(key, body(1000), compressed);
  expect(bodies.find(key, [body(1000)])).not.toBeNull();
  expect(bodies.find(key, [body(999), body(1, 'b')])).toBeNull();
  expect(bodies.find(key, [body(999)])).toBeNull();
  expect(bodies.find(key, [body(1000), body(1)])).toBeNull();
});

test('what an answer does with its bytes afterwards does not matter', () => {
  const bodies = new CompressedBodies();
  const plain = body(20 * KIB);
  const result = body(10 * KIB, 'r');
  for (let count = 0; count < 2; count++) answer(bodies, plain, result);
  plain.buffer.transfer(0);
  result.fill('x');
  expect(answer(bodies, body(20 * KIB))?.equals(body(10 * KIB, 'r'))).toBe(true);
});

test('the one that has not been used for the longest time goes when there is no room', () => {
  const bodies = new CompressedBodies(100 * KIB);
  const [first, second, third] = [body(40 * KIB, '1'), body(40 * KIB, '2'), body(40 * KIB, '3')];
  for (const plain of [first, first, second, second]) answer(bodies, plain);
  expect(answer(bodies, first)).toEqual(compressed);
  for (const plain of [third, third]) answer(bodies, plain);
  expect([first, third].map((plain) => answer(bodies, plain))).toEqual([compressed, compressed]);
  expect(answer(bodies, second)).toBeUndefined();
});

test('what goes frees its memory, except what an answer may still be at work on', () => {
  const bodies = new CompressedBodies(100 * KIB);
  const [first, second] = [body(40 * KIB, '1'), body(40 * KIB, '2')];
  for (let count = 0; count < 2; count++) answer(bodies, first, body(30 * KIB, 'r'));
  const kept = bodies.find(bodies.keyOf(GZIP, [first]), [first]);
  for (let count = 0; count < 2; count++) answer(bodies, second);
  expect(kept?.plain).toHaveLength(0);
  expect(kept?.compressed?.equals(body(30 * KIB, 'r'))).toBe(true);
});

test('both forms count, and what small ones take beside their bytes', () => {
  const bodies = new CompressedBodies(100 * KIB);
  const large = body(40 * KIB, '1');
  for (let count = 0; count < 2; count++) answer(bodies, large, body(39 * KIB));
  expect(answer(bodies, large)).toHaveLength(39 * KIB);
  const small = Array.from({ length: 20 }, (_, index) => body(32, String.fromCharCode(65 + index)));
  for (const plain of [...small, ...small]) answer(bodies, plain);
  expect(answer(bodies, large)).toBeUndefined();
  expect(small.every((plain) => answer(bodies, plain) !== undefined)).toBe(true);
});

test('a body that comes again after a thousand others is new', () => {
  const bodies = new CompressedBodies();
  const others = (count: number) => {
    for (let index = 0; index < count; index++) answer(bodies, Buffer.from(`another ${index} of ${count}`));
  };
  answer(bodies, body(100, 'x'));
  others(1000);
  answer(bodies, body(100, 'x'));
  expect(answer(bodies, body(100, 'x'))).toEqual(compressed);
  answer(bodies, body(100, 'y'));
  others(1100);
  answer(bodies, body(100, 'y'));
  expect(answer(bodies, body(100, 'y'))).toBeUndefined();
});
