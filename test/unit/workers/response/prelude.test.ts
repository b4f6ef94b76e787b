import { expect, test } from 'vitest';
import { encodePrelude } from '../../../../src/workers/response/prelude.ts';

test('eight NUL bytes end the metadata', () => {
  expect(encodePrelude({ statusCode: 204, headers: {} }).toString('latin1')).toBe(
    '{"statusCode":204,"headers":{}}\0\0\0\0\0\0\0\0',
  );
});

test('metadata and delimiter have to fit into 16 KiB, counted in bytes', () => {
  const overhead = encodePrelude({ x: '' }).byteLength;
  expect(encodePrelude({ x: 'a'.repeat(16_384 - overhead) }).byteLength).toBe(16_384);
  expect(() => encodePrelude({ x: 'a'.repeat(16_385 - overhead) })).toThrow(/16385 bytes.*16384/);
  expect(() => encodePrelude({ x: 'é'.repeat(10_000) })).toThrow(
    expect.objectContaining({ errorType: 'Function.ResponseHeadTooLarge' }),
  );
});
