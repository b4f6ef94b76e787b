import { describe, expect, test } from 'vitest';
import { httpEvents, queueEvent, request } from '../helpers/events.ts';
import { startGolden } from './start-golden.ts';

const RESERVED = '/prepare';
const { answer, app, common, platform } = await startGolden({
  AWS_LWA_INVOKE_MODE: 'response_stream',
  AWS_LWA_SNAPSTART_BEFORE_CHECKPOINT_PATH: RESERVED,
});

const TEXT = [['content-type', 'text/plain']] as const;

/** The head of a streamed answer. Its trailers are announced whether they come or not. */
const STREAM_HEAD = `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/vnd.awslambda.http-integration-response\r
lambda-runtime-function-response-mode: streaming\r
transfer-encoding: chunked\r
trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r
\r
`;

describe('a streamed answer is one chunked POST:', () => {
  test('metadata and eight NUL bytes in the first chunk, then a chunk for each of the app, then the last one', async () => {
    const sent = await answer(request('/'), async (_request, connection) => {
      connection.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n');
      await platform.receivedPart('\0\0\0\0\0\0\0\0\r\n');
      connection.chunk('data: 1\n\n');
      await platform.receivedPart('data: 1\n\n');
      connection.chunk('data: twenty bytes\n\n');
      await platform.receivedPart('data: twenty');
      connection.write('0\r\n\r\n');
    });
    expect(sent.toString()).toBe(
      `${STREAM_HEAD}56\r
{"statusCode":200,"headers":{"content-type":"text/event-stream"},"cookies":[]}\0\0\0\0\0\0\0\0\r
9\r
data: 1

\r
14\r
data: twenty bytes

\r
0\r
\r
`,
    );
  });

  test.each([
    [
      'a request through a function URL',
      httpEvents['function-url']({}),
      '84',
      '"headers":{"content-type":"text/plain","x-a":"1, 2","content-length":"2"},"cookies":["a=1; Path=/","b=2"]}',
    ],
    [
      'an HTTP API',
      httpEvents['http-api']({}),
      '84',
      '"headers":{"content-type":"text/plain","x-a":"1, 2","content-length":"2"},"cookies":["a=1; Path=/","b=2"]}',
    ],
    [
      'a REST API',
      httpEvents.rest({}),
      '9d',
      '"headers":{"content-type":"text/plain","content-length":"2"},"cookies":["a=1; Path=/","b=2"],"multiValueHeaders":{"x-a":["1","2"]}}',
    ],
  ])('repeated headers and cookies, for %s', async (_source, event, size, rest) => {
    const headers = [
      ...TEXT,
      ['x-a', '1'],
      ['set-cookie', 'a=1; Path=/'],
      ['x-a', '2'],
      ['set-cookie', 'b=2'],
    ] as const;
    expect((await answer(event, { headers, body: 'ok' })).toString()).toBe(
      `${STREAM_HEAD}${size}\r
{"statusCode":200,${rest}\0\0\0\0\0\0\0\0\r
2\r
ok\r
0\r
\r
`,
    );
  });

  test.each([
    ['204', 'GET', { status: 204 }, '34', '{"statusCode":204,"headers":{},"cookies":[]}'],
    [
      '304',
      'GET',
      { status: 304, headers: [['etag', '"1"']] } as const,
      '42',
      '{"statusCode":304,"headers":{"etag":"\\"1\\""},"cookies":[]}',
    ],
    [
      'a redirect',
      'GET',
      { status: 302, headers: [['location', '/']] } as const,
      '57',
      '{"statusCode":302,"headers":{"location":"/","content-length":"0"},"cookies":[]}',
    ],
    [
      'HEAD',
      'HEAD',
      { headers: [['content-length', '5']] } as const,
      '48',
      '{"statusCode":200,"headers":{"content-length":"5"},"cookies":[]}',
    ],
  ])(
    'without a body, as for %s, the last chunk follows the metadata',
    async (_what, method, scripted, size, prelude) => {
      expect((await answer(request('/', { method }), scripted)).toString()).toBe(
        `${STREAM_HEAD}${size}\r
${prelude}\0\0\0\0\0\0\0\0\r
0\r
\r
`,
      );
    },
  );

  test('the attempt is named where the platform has named it', async () => {
    const sent = await answer(request('/'), { body: 'x' }, { 'Lambda-Runtime-Invocation-Id': 'n-1' });
    expect(sent.toString()).toBe(
      `${STREAM_HEAD.replace('lambda-runtime-function', 'lambda-runtime-invocation-id: n-1\r\nlambda-runtime-function')}48\r
{"statusCode":200,"headers":{"content-length":"1"},"cookies":[]}\0\0\0\0\0\0\0\0\r
1\r
x\r
0\r
\r
`,
    );
  });

  test.each([
    ['403 for a path that is not for anybody outside', RESERVED, 403, 'Forbidden\n', 60_000],
    ['504 when the deadline passes', '/', 504, 'The application did not answer in time.\n', 300],
  ])('what the adapter answers itself is a stream too: %s', async (_, path, status, body, timeLeftMs) => {
    const deadline = String(Date.now() + timeLeftMs);
    const sent = await answer(request(path), () => {}, { 'Lambda-Runtime-Deadline-Ms': deadline });
    expect(sent.toString()).toBe(
      `${STREAM_HEAD}5e\r
{"statusCode":${status},"headers":{"content-type":"text/plain; charset=utf-8"},"cookies":[]}\0\0\0\0\0\0\0\0\r
${body.length.toString(16)}\r
${body}\r
0\r
\r
`,
    );
  });

  test('a failure in the middle comes in the trailers and adds nothing to the body', async () => {
    const sent = await answer(request('/'), (_request, connection) => {
      connection.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nten bytes.');
      connection.end();
    });
    const report = `{"errorType":"Function.AppConnectionReset","errorMessage":"the app at 127.0.0.1:${app.port} closed the connection in the middle of its response (other side closed): look in its log for a crash or a timeout of its own","stackTrace":[]}`;
    expect(sent.toString()).toBe(
      `${STREAM_HEAD}4a\r
{"statusCode":200,"headers":{"content-length":"100"},"cookies":[]}\0\0\0\0\0\0\0\0\r
a\r
ten bytes.\r
0\r
Lambda-Runtime-Function-Error-Type: Function.AppConnectionReset\r
Lambda-Runtime-Function-Error-Body: ${Buffer.from(report).toString('base64')}\r
\r
`,
    );
  });
});

describe('where answers are streamed, one plain POST is', () => {
  test('a failure before the head of the response', async () => {
    const sent = await answer(request('/'), { headers: [['x-large', 'x'.repeat(16_400)]] });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/error HTTP/1.1\r
${common}\r
content-type: application/json\r
lambda-runtime-function-error-type: Function.ResponseHeadTooLarge\r
content-length: 244\r
\r
{"errorType":"Function.ResponseHeadTooLarge","errorMessage":"status, headers and cookies of the response are 16485 bytes as JSON, where Lambda reads 16384 in front of a streamed body: make the app send fewer or smaller headers","stackTrace":[]}`,
    );
  });

  test('the answer to a source that reads no stream', async () => {
    expect((await answer(httpEvents.alb({}), { status: 204 })).toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 125\r
\r
{"statusCode":204,"statusDescription":"204 No Content","headers":{},"multiValueHeaders":{},"body":"","isBase64Encoded":false}`,
    );
  });

  test('the answer to an event that is not a request', async () => {
    const sent = await answer(queueEvent('a'), { headers: [['content-type', 'application/json']], body: '[1]' });
    expect(sent.toString()).toBe(
      `POST /2018-06-01/runtime/invocation/r-1/response HTTP/1.1\r
${common}\r
content-type: application/json\r
content-length: 3\r
\r
[1]`,
    );
  });
});
