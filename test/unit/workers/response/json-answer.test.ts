import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdapterError } from '../../../../src/shared/errors.ts';
import { jsonAnswer } from '../../../../src/workers/response/json-answer.ts';
import { MAX_ANSWER_BYTES } from '../../../../src/workers/response/limits.ts';

test('the envelope comes first, then the body and how to read it', () => {
  const answer = jsonAnswer({ statusCode: 200, headers: { 'x-name': 'zoë' } }, Buffer.from('"hé"\n'), true);
  expect(answer.toString()).toBe(
    '{"statusCode":200,"headers":{"x-name":"zoë"},"body":"\\"hé\\"\\n","isBase64Encoded":false}',
  );
});

test('any bytes come back exactly from base64', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const { body, isBase64Encoded } = JSON.parse(jsonAnswer({}, Buffer.from(bytes), false).toString());
      expect(isBase64Encoded).toBe(true);
      expect(Buffer.from(body, 'base64').equals(bytes)).toBe(true);
    }),
  );
});

test('any text comes back exactly from the JSON string', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { body, isBase64Encoded } = JSON.parse(jsonAnswer({}, Buffer.from(text), true).toString());
      expect(isBase64Encoded).toBe(false);
      expect(body).toBe(Buffer.from(text).toString());
    }),
  );
});

test('an answer of exactly the limit passes, one byte more fails and names size, limit and the way out', () => {
  const overhead = jsonAnswer({ statusCode: 200 }, Buffer.alloc(0), true).byteLength;
  const largest = Buffer.alloc(MAX_ANSWER_BYTES - overhead, 'a');
  expect(jsonAnswer({ statusCode: 200 }, largest, true).byteLength).toBe(6_291_556);

  const tooLarge = () => jsonAnswer({ statusCode: 200 }, Buffer.concat([largest, Buffer.from('a')]), true);
  expect(tooLarge).toThrow(AdapterError);
  expect(tooLarge).toThrow(/6291557 bytes.*6291556 bytes.*AWS_LWA_INVOKE_MODE=response_stream/);
});
