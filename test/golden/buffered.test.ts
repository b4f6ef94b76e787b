import { describe, expect, test } from 'vitest';
import { httpEvents, request, type HttpSource } from '../helpers/events.ts';
import { startGolden } from './start-golden.ts';

const { answer, common } = await startGolden();

/** Repeated headers and cookies, which each source reads in another way. */
const FULL_ANSWER = {
  status: 201,
  headers: [
    ['content-type', 'text/plain'],
    ['x-a', '1'],
    ['set-cookie', 'a=1; Path=/'],
    ['x-a', '2'],
    ['set-cookie', 'b=2'],
  ],
  body: 'ok',
} as const;

describe('a buffered answer is one POST with this head and one JSON text:', () => {
  test('text as a JSON string, with its characters and line ends', async () => {
    const sent = await answer(request('/'), { headers: [['content-type', 'text/plain']], body: 'hé "x"\r\n\0' });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 169\r
\r
{"statusCode":200,"headers":{"content-type":"text/plain","content-length":"10"},"cookies":[],"multiValueHeaders":{},"body":"hé \\"x\\"\\r\\n\\u0000","isBase64Encoded":false}`,
    );
  });

  test('other bytes as base64', async () => {
    const body = Buffer.from([0x89, 0x50, 0x00, 0xff]);
    const sent = await answer(request('/'), { headers: [['content-type', 'image/png']], body });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 155\r
\r
{"statusCode":200,"headers":{"content-type":"image/png","content-length":"4"},"cookies":[],"multiValueHeaders":{},"body":"iVAA/w==","isBase64Encoded":true}`,
    );
  });

  test.each([
    ['204', { status: 204 }, 101, '{"statusCode":204,"headers":{},'],
    [
      'a redirect',
      { status: 302, headers: [['location', '/login']] } as const,
      141,
      '{"statusCode":302,"headers":{"location":"/login","content-length":"0"},',
    ],
  ])('no body, as for %s', async (_what, scripted, bytes, start) => {
    expect((await answer(request('/'), scripted)).toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: ${bytes}\r
\r
${start}"cookies":[],"multiValueHeaders":{},"body":"","isBase64Encoded":false}`,
    );
  });

  test('the length of a body that HEAD does not have', async () => {
    const sent = await answer(request('/', { method: 'HEAD' }), { headers: [['content-length', '5']] });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 121\r
\r
{"statusCode":200,"headers":{"content-length":"5"},"cookies":[],"multiValueHeaders":{},"body":"","isBase64Encoded":false}`,
    );
  });

  test('text and bytes that are too long to become JSON at a stretch', async () => {
    const page = 'a line, "quoted", of é and 😀\r\n'.repeat(15_000);
    const picture = Buffer.alloc(400_000, 'not a multiple of 3');
    const answers = [
      ['text/html', page, JSON.stringify(page), false],
      ['image/png', picture, `"${picture.toString('base64')}"`, true],
    ] as const;
    for (const [contentType, body, value, isBase64] of answers) {
      const sent = await answer(request('/'), { headers: [['content-type', contentType]], body });
      const json = `{"statusCode":200,"headers":{"content-type":"${contentType}","content-length":"${Buffer.byteLength(body)}"},"cookies":[],"multiValueHeaders":{},"body":${value},"isBase64Encoded":${isBase64}}`;
      const expected = `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: ${Buffer.byteLength(json)}\r
\r
${json}`;
      expect(sent.equals(Buffer.from(expected))).toBe(true);
    }
  });

  test('the attempt is named where the platform has named it', async () => {
    const sent = await answer(request('/'), { body: 'x' }, { 'Lambda-Runtime-Invocation-Id': 'n-1' });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
lambda-runtime-invocation-id: n-1\r
content-length: 122\r
\r
{"statusCode":200,"headers":{"content-length":"1"},"cookies":[],"multiValueHeaders":{},"body":"x","isBase64Encoded":false}`,
    );
  });
});

const PAYLOAD_2 =
  '{"statusCode":201,"headers":{"content-type":"text/plain","x-a":"1, 2","content-length":"2"},"cookies":["a=1; Path=/","b=2"],"multiValueHeaders":{},"body":"ok","isBase64Encoded":false}';
const REST =
  '{"statusCode":201,"headers":{},"multiValueHeaders":{"content-type":["text/plain"],"x-a":["1","2"],"set-cookie":["a=1; Path=/","b=2"],"content-length":["2"]},"body":"ok","isBase64Encoded":false}';
const LATTICE =
  '{"statusCode":201,"headers":{"content-type":"text/plain","x-a":"1, 2","content-length":"2","set-cookie":"a=1; Path=/","Set-cookie":"b=2"},"body":"ok","isBase64Encoded":false}';

const ENVELOPES: readonly (readonly [HttpSource, number, string])[] = [
  ['function-url', 183, PAYLOAD_2],
  ['http-api', 183, PAYLOAD_2],
  ['http-api-v1', 193, REST],
  ['rest', 193, REST],
  [
    'alb',
    334,
    '{"statusCode":201,"statusDescription":"201 Created","headers":{"content-type":"text/plain","x-a":"1, 2","content-length":"2","set-cookie":"a=1; Path=/","Set-cookie":"b=2"},"multiValueHeaders":{"content-type":["text/plain"],"x-a":["1","2"],"set-cookie":["a=1; Path=/","b=2"],"content-length":["2"]},"body":"ok","isBase64Encoded":false}',
  ],
  [
    'alb-multi-value',
    315,
    '{"statusCode":201,"statusDescription":"201 Created","headers":{"content-type":"text/plain","x-a":"1, 2","content-length":"2","set-cookie":"a=1; Path=/"},"multiValueHeaders":{"content-type":["text/plain"],"x-a":["1","2"],"set-cookie":["a=1; Path=/","b=2"],"content-length":["2"]},"body":"ok","isBase64Encoded":false}',
  ],
  ['vpc-lattice-v1', 174, LATTICE],
  ['vpc-lattice-v2', 174, LATTICE],
];

test.each(ENVELOPES)('%s gets status, headers and cookies as it reads them', async (source, bytes, envelope) => {
  expect((await answer(httpEvents[source]({}), FULL_ANSWER)).toString()).toBe(
    `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: ${bytes}\r
\r
${envelope}`,
  );
});
