import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdapterError } from '../../../../src/shared/errors.ts';
import { answerAsJson } from '../../../../src/workers/response/json-answer.ts';
import { MAX_ANSWER_BYTES } from '../../../../src/workers/response/limits.ts';
import { RecordingOutlet } from './recording-outlet.ts';

/** The JSON text that is answered, whether at once or later. */
async function answered(envelope: object, body: Buffer, isText: boolean): Promise<string> {
  const outlet = new RecordingOutlet();
  answerAsJson(envelope, body, isText, outlet);
  await expect.poll(() => outlet.responses.length + outlet.failures.length, { interval: 1 }).toBe(1);
  const [failure] = outlet.failures;
  if (failure !== undefined) throw failure;
  return outlet.responses[0] ?? '';
}

function answeredAtOnce(body: Buffer, isText: boolean): { body: string; isBase64Encoded: boolean } {
  const outlet = new RecordingOutlet();
  answerAsJson({ statusCode: 200 }, body, isText, outlet);
  return JSON.parse(outlet.responses[0] ?? '');
}

test('the envelope comes first, then the body and how to read it', async () => {
  const envelope = { statusCode: 200, headers: { 'x-name': 'zoë' } };
  expect(await answered(envelope, Buffer.from('"hé"\n'), true)).toBe(
    '{"statusCode":200,"headers":{"x-name":"zoë"},"body":"\\"hé\\"\\n","isBase64Encoded":false}',
  );
});

test('any bytes come back exactly from base64', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const { body, isBase64Encoded } = answeredAtOnce(Buffer.from(bytes), false);
      expect(isBase64Encoded).toBe(true);
      expect(Buffer.from(body, 'base64').equals(bytes)).toBe(true);
    }),
  );
});

test('any text comes back exactly from the JSON string', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const { body, isBase64Encoded } = answeredAtOnce(Buffer.from(text), true);
      expect(isBase64Encoded).toBe(false);
      expect(body).toBe(Buffer.from(text).toString());
    }),
  );
});

test('a large body becomes the same JSON text as it would in one go', async () => {
  const envelope = { statusCode: 200, headers: { a: '","body":"' } };
  for (const unit of ['<p>"plain"</p>\n', 'a\u0001b', 'zoë ', '日本', '😀', 'x😀\\']) {
    // Each length shifts the places at which it is cut against the characters.
    for (const shift of [0, 1, 2, 3]) {
      const text = 'x'.repeat(shift) + unit.repeat(700_000 / Buffer.byteLength(unit));
      const whole = JSON.stringify({ ...envelope, body: text, isBase64Encoded: false });
      expect((await answered(envelope, Buffer.from(text), true)) === whole).toBe(true);
    }
  }
});

test('large base64 has no padding but at its end', async () => {
  for (const size of [600_000, 600_001, 600_002]) {
    const bytes = Buffer.from(Array.from({ length: size }, (_, index) => (index * 7919) % 256));
    const whole = JSON.stringify({ statusCode: 200, body: bytes.toString('base64'), isBase64Encoded: true });
    expect((await answered({ statusCode: 200 }, bytes, false)) === whole).toBe(true);
  }
});

test('a large body does not hold up the thread', async () => {
  const outlet = new RecordingOutlet();
  answerAsJson({ statusCode: 200 }, Buffer.alloc(4_000_000, 'ä'), true, outlet);
  expect(outlet.responses).toHaveLength(0);
  let turns = 0;
  while (outlet.responses.length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  expect(turns).toBeGreaterThan(15);
});

test('an answer of exactly the limit passes, one byte more fails and names size, limit and the way out', async () => {
  const overhead = (await answered({ statusCode: 200 }, Buffer.alloc(0), true)).length;
  const largest = Buffer.alloc(MAX_ANSWER_BYTES - overhead, 'a');
  expect(await answered({ statusCode: 200 }, largest, true)).toHaveLength(6_291_556);

  const tooLarge = answered({ statusCode: 200 }, Buffer.concat([largest, Buffer.from('a')]), true);
  await expect(tooLarge).rejects.toThrow(AdapterError);
  await expect(tooLarge).rejects.toThrow(/6291557 bytes.*6291556 bytes.*AWS_LWA_INVOKE_MODE=response_stream/);
});
