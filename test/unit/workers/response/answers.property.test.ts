import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdapterError } from '../../../../src/shared/errors.ts';
import { respondPlain } from '../../../../src/workers/response/buffered-answer.ts';
import { readHead } from '../../../../src/workers/response/head.ts';
import { encodePrelude } from '../../../../src/workers/response/prelude.ts';
import type { Decoded, HttpDecoded } from '../../../../src/workers/types.ts';
import { decodeEvent } from '../request/decoding.ts';
import { REQUEST_EVENTS } from '../sources/events.ts';
import { RecordingOutlet } from './recording-outlet.ts';

function characters(min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((code) => String.fromCharCode(code));
}

/** What can stand in the head of a response: one character per byte. */
const headerName = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_.-]{0,12}$/),
  fc.constantFrom('set-cookie', 'content-type', 'x-a', '__proto__', 'constructor'),
);
const headerText = fc.oneof(
  fc.string({ unit: characters(32, 126) }),
  fc.string({ unit: fc.oneof(characters(32, 126), characters(128, 255)) }),
  fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text.replaceAll(/\p{Cc}/gu, '')).toString('latin1')),
  fc.constantFrom('a, b', '"\\', '', 'text/plain', 'application/json; charset=utf-8', 'image/png', 'gzip'),
  // Three of them are more than is read in front of a stream.
  fc.constant('x'.repeat(6000)),
);
const received = fc.array(fc.tuple(headerName, headerText), { maxLength: 12 });
const status = fc.integer({ min: 200, max: 599 });
const decoded = fc.constantFrom(...REQUEST_EVENTS.map(([, event]) => asHttp(decodeEvent(event))));

function asHttp(value: Decoded): HttpDecoded {
  if (value.kind !== 'http') throw new Error('not a request');
  return value;
}

function expectTexts(map: unknown): void {
  for (const value of Object.values(map ?? {})) expect(typeof value).toBe('string');
}

test('the metadata of a stream is JSON of texts with one run of eight NUL bytes, at its end, or too large', () => {
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(decoded, status, received, ({ prelude }, code, headers) => {
      if (prelude === null) return;
      let bytes;
      try {
        bytes = encodePrelude(prelude(code, readHead(code, headers).headers));
      } catch (error) {
        expect(error).toBeInstanceOf(AdapterError);
        expect(error).toHaveProperty('errorType', 'Function.ResponseHeadTooLarge');
        expect(JSON.stringify(headers).length).toBeGreaterThan(8 * 1024);
        refused++;
        return;
      }
      accepted++;
      expect(bytes.byteLength).toBeLessThanOrEqual(16 * 1024);
      expect(bytes.indexOf(0)).toBe(bytes.byteLength - 8);
      expect(bytes.subarray(-8).equals(Buffer.alloc(8))).toBe(true);
      const metadata: Record<string, unknown> = JSON.parse(bytes.toString('utf8', 0, bytes.byteLength - 8));
      expect(metadata.statusCode).toBe(code);
      expectTexts(metadata.headers);
      expectTexts(metadata.cookies);
      for (const values of Object.values(metadata.multiValueHeaders ?? {})) expectTexts(values);
      const cookies = headers.filter(([name]) => name === 'set-cookie');
      expect(Object.values(metadata.cookies ?? {})).toHaveLength(cookies.length);
    }),
    { numRuns: 1000 },
  );
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(5);
});

test('a buffered answer is JSON that gives back any body under any headers, for each source', () => {
  const text = fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)) });
  const body = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    text.map((content) => Buffer.from(content)),
  );
  fc.assert(
    fc.property(decoded, status, received, body, fc.boolean(), (request, code, headers, bytes, isOffered) => {
      const outlet = new RecordingOutlet();
      respondPlain(readHead(code, headers), bytes, isOffered, request, outlet);
      expect(outlet.failures).toEqual([]);
      expect(outlet.responses).toHaveLength(1);
      const answer: Record<string, unknown> = JSON.parse(outlet.responses[0] ?? '');
      expect(answer.statusCode).toBe(code);
      const encoding = answer.isBase64Encoded === true ? 'base64' : 'utf8';
      expect(Buffer.from(String(answer.body), encoding).equals(bytes)).toBe(true);
      expectTexts(answer.headers);
    }),
    { numRuns: 1000 },
  );
});
