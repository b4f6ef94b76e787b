import { describe, expect, test } from 'vitest';

import { startGateway } from '../../bench/emulator/gateway.ts';

import { requestIdOf, type RawPost } from './helpers/platform-client.ts';
import { answerOf, fetchWhole, send, withGateway, type Gateway } from './helpers/with-gateway.ts';

const BINARY = Buffer.from([0, 1, 0xfe, 0xff]);

/** The values of a header in order. */
function valuesOf(rawHeaders: readonly string[], wanted: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === wanted);
}

describe('a buffered answer of format 2.0', () => {
  test.each(['function-url', 'http-api'] as const)('becomes status, headers, cookies and body (%s)', async (source) => {
    const gateway = await withGateway(source);
    const answer = await answerOf(
      gateway,
      JSON.stringify({
        statusCode: 201,
        headers: { 'content-type': 'text/plain', 'x-city': 'Köln', 'x-count': 3 },
        cookies: ['a=1; Path=/', 'b=2'],
        body: 'höllo',
      }),
    );
    expect([answer.status, answer.body.toString()]).toEqual([201, 'höllo']);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/plain', 'x-count': '3', 'content-length': '6' });
    expect(Buffer.from(String(answer.headers['x-city']), 'latin1').toString()).toBe('Köln');
    expect(valuesOf(answer.rawHeaders, 'set-cookie')).toEqual(['a=1; Path=/', 'b=2']);
  });

  test('may be base64, and its own content-length does not count', async () => {
    const gateway = await withGateway('function-url');
    const body = { statusCode: 200, headers: { 'content-length': '99' }, body: BINARY.toString('base64') };
    const answer = await answerOf(gateway, JSON.stringify({ ...body, isBase64Encoded: true }));
    expect(answer.body).toEqual(BINARY);
    expect(answer.headers['content-length']).toBe('4');
  });

  test('without a status is sent as JSON', async () => {
    const gateway = await withGateway('function-url');
    const answer = await answerOf(gateway, '{"hello":"world"}');
    expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([
      200,
      'application/json',
      '{"hello":"world"}',
    ]);
  });

  test('to HEAD keeps the length of the body that is not sent', async () => {
    const gateway = await withGateway('function-url');
    const text = '{"statusCode":200,"headers":{"content-length":"1234"},"body":""}';
    const answer = await answerOf(gateway, text, { method: 'HEAD' });
    expect([answer.headers['content-length'], answer.body.length]).toEqual(['1234', 0]);
  });

  test.each([
    'not json',
    '{"statusCode":"abc"}',
    '{"statusCode":42}',
    '{"statusCode":200,"headers":{"a":["1"]}}',
    '{"statusCode":200,"headers":{"a b":"1"}}',
    '{"statusCode":200,"headers":{"a":"1\\r\\n2"}}',
    '{"statusCode":200,"cookies":"a=1"}',
    '{"statusCode":200,"body":{"a":1}}',
  ])('that cannot be read is a 502: %s', async (text) => {
    const answer = await answerOf(await withGateway('function-url'), text);
    expect([answer.status, answer.headers['x-amzn-errortype']]).toEqual([502, 'Gateway.MalformedAnswer']);
  });
});

describe('a buffered answer to a REST API', () => {
  test('has single and multi-value headers, merged', async () => {
    const answer = await answerOf(
      await withGateway('rest'),
      JSON.stringify({
        statusCode: 200,
        headers: { 'X-A': '1', 'X-B': '1' },
        multiValueHeaders: { 'x-a': ['1', '2'], 'Set-Cookie': ['a=1', 'b=2'] },
        body: 'x',
      }),
    );
    expect(valuesOf(answer.rawHeaders, 'x-a')).toEqual(['1', '2']);
    expect(valuesOf(answer.rawHeaders, 'x-b')).toEqual(['1']);
    expect(valuesOf(answer.rawHeaders, 'set-cookie')).toEqual(['a=1', 'b=2']);
  });

  test('must not have other fields', async () => {
    const answer = await answerOf(await withGateway('rest'), '{"statusCode":200,"cookies":[],"body":""}');
    expect(answer.status).toBe(502);
    expect(answer.body.toString()).toMatch(/cookies/);
  });
});

describe('a buffered answer to a load balancer', () => {
  const text = JSON.stringify({
    statusCode: 200,
    statusDescription: '200 OK',
    headers: { 'x-a': 'single' },
    multiValueHeaders: { 'x-a': ['1', '2'] },
    body: 'x',
  });

  test.each([
    ['alb', ['single']],
    ['alb-multi-value', ['1', '2']],
  ] as const)('is read by the setting of its target group (%s)', async (source, values) => {
    const answer = await answerOf(await withGateway(source), text);
    expect(valuesOf(answer.rawHeaders, 'x-a')).toEqual(values);
  });

  test('may not be over 1 MiB', async () => {
    const large = JSON.stringify({ statusCode: 200, body: 'x'.repeat(1024 * 1024) });
    expect((await answerOf(await withGateway('alb'), large)).status).toBe(502);
  });
});

describe('an invocation that fails', () => {
  test('with an error report is a 502 that says why', async () => {
    const { gateway, client } = await withGateway('function-url');
    const answer = fetchWhole(gateway.url, '/');
    const report = '{"errorType":"Function.AppConnectionRefused","errorMessage":"nothing listens"}';
    const headers = { 'Lambda-Runtime-Function-Error-Type': 'Function.AppConnectionRefused' };
    await client.fail(requestIdOf(await client.next()), report, headers);
    expect((await answer).status).toBe(502);
    expect((await answer).headers['x-amzn-errortype']).toBe('Function.AppConnectionRefused');
    expect(JSON.parse((await answer).body.toString())).toEqual({
      message: 'Internal Server Error',
      errorType: 'Function.AppConnectionRefused',
      errorMessage: 'nothing listens',
    });
  });

  test('by timeout is a 504, without a free poll a 429', async () => {
    const { gateway, client, emulator } = await withGateway('rest', { waitForPollMs: 0 }, { timeoutMs: 20 });
    expect((await fetchWhole(gateway.url, '/')).status).toBe(429);
    client.next().catch(() => {});
    await emulator.waitForParked(1);
    expect((await fetchWhole(gateway.url, '/')).status).toBe(504);
  });
});

/** A gateway in stream mode with one request whose event has been handed out. */
async function withStream(source: 'function-url' | 'rest', method = 'GET') {
  const gateway = await withGateway(source, { invokeMode: 'response_stream' }, { timeoutMs: 10_000 });
  const answer = send(gateway.gateway.url, '/', { method });
  answer.catch(() => {});
  const requestId = requestIdOf(await gateway.client.next());
  const post = (type: string) =>
    gateway.client.post(requestId, [
      'Lambda-Runtime-Function-Response-Mode: streaming',
      'Transfer-Encoding: chunked',
      `Content-Type: ${type}`,
    ]);
  return { ...gateway, requestId, answer, post };
}

const INTEGRATION = 'application/vnd.awslambda.http-integration-response';
const NULS = '\0'.repeat(8);

function sendPrelude(post: RawPost, metadata: object): void {
  post.chunk(JSON.stringify(metadata));
  post.chunk(NULS);
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const part of body) text += part.toString();
  return text;
}

describe('a streamed answer', () => {
  test('begins with its head and goes on part by part as it arrives', async () => {
    const { answer, post } = await withStream('function-url');
    const stream = post(INTEGRATION);
    sendPrelude(stream, { statusCode: 201, headers: { 'content-type': 'text/event-stream' }, cookies: ['a=1'] });
    const response = await answer;
    expect(response.statusCode).toBe(201);
    expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'set-cookie': ['a=1'] });
    const parts = response[Symbol.asyncIterator]();
    stream.chunk('one');
    expect(String((await parts.next()).value)).toBe('one');
    stream.chunk('two');
    expect(String((await parts.next()).value)).toBe('two');
    stream.end();
    expect((await parts.next()).done).toBe(true);
  });

  test('may have its metadata and first bytes in any division', async () => {
    const { answer, post } = await withStream('rest');
    const stream = post(INTEGRATION);
    const text = `{"statusCode":200,"headers":{"x-a":"1"},"multiValueHeaders":{"x-b":["1","2"]}}${NULS}body`;
    for (const character of text) stream.chunk(character);
    stream.end();
    const response = await answer;
    expect(valuesOf(response.rawHeaders, 'x-b')).toEqual(['1', '2']);
    expect(await textOf(response)).toBe('body');
  });

  test('that ends with error trailers is cut, so that the client knows', async () => {
    const { answer, post } = await withStream('function-url');
    const stream = post(INTEGRATION);
    sendPrelude(stream, { statusCode: 200 });
    stream.chunk('half');
    stream.end(['Lambda-Runtime-Function-Error-Type: Function.AppConnectionReset']);
    const response = await answer;
    expect(response.statusCode).toBe(200);
    await expect(textOf(response)).rejects.toThrow(/aborted/);
  });

  test('that breaks off within its metadata, or has bad metadata, is a 502', async () => {
    const cut = await withStream('function-url');
    const first = cut.post(INTEGRATION);
    first.chunk('{"statusCode":');
    first.halfClose();
    expect((await cut.answer).statusCode).toBe(502);

    const lists = await withStream('rest');
    const second = lists.post(INTEGRATION);
    sendPrelude(second, { statusCode: 200, headers: { 'x-a': ['1', '2'] } });
    second.end();
    const response = await lists.answer;
    expect(response.statusCode).toBe(502);
    expect(await textOf(response)).toMatch(/headers\.x-a is not a string/);

    const long = await withStream('rest');
    const third = long.post(INTEGRATION);
    third.chunk('x'.repeat(16 * 1024));
    third.end();
    expect(await textOf(await long.answer)).toMatch(/no delimiter/);
  });

  test.each([204, 304])('with status %i ends without a body', async (statusCode) => {
    const { answer, post } = await withStream('function-url');
    const stream = post(INTEGRATION);
    sendPrelude(stream, { statusCode });
    stream.end();
    const response = await answer;
    expect(response.statusCode).toBe(statusCode);
    expect(await textOf(response)).toBe('');
  });

  test('without metadata is the body of a Function URL, and unreadable to a REST API', async () => {
    const url = await withStream('function-url');
    const raw = url.post('text/plain');
    raw.chunk('as it is');
    raw.end();
    const response = await url.answer;
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/plain']);
    expect(await textOf(response)).toBe('as it is');

    const rest = await withStream('rest');
    const other = rest.post('text/plain');
    other.chunk('as it is');
    other.end();
    expect((await rest.answer).statusCode).toBe(502);
  });

  test('is not held up by a client that hangs up, nor is the next request', async () => {
    const { gateway, client, answer, post } = await withStream('function-url');
    const stream = post(INTEGRATION);
    sendPrelude(stream, { statusCode: 200 });
    const response = await answer;
    const part = 'x'.repeat(1024 * 1024);
    for (let count = 0; count < 24; count++) stream.chunk(part);
    stream.end();
    expect(await stream.stalledBytes()).toBeGreaterThan(0);
    response.destroy();
    expect(await stream.answer).toMatch(/^HTTP\/1.1 202 /);
    const next = send(gateway.url, '/');
    await client.respond(requestIdOf(await client.next()), 'buffered');
    expect(await textOf(await next)).toBe('buffered');
  });

  test('waits for a client that reads slowly', async () => {
    const { answer, post } = await withStream('function-url');
    const stream = post(INTEGRATION);
    sendPrelude(stream, { statusCode: 200 });
    const response = await answer;
    const part = 'x'.repeat(1024 * 1024);
    for (let count = 0; count < 24; count++) stream.chunk(part);
    stream.end();
    expect(await stream.stalledBytes()).toBeGreaterThan(0);
    expect((await textOf(response)).length).toBe(24 * 1024 * 1024);
    expect(await stream.answer).toMatch(/^HTTP\/1.1 202 /);
  });
});

async function streamTo(gateway: Gateway): Promise<{ status: number; body: string }> {
  const answer = fetchWhole(gateway.gateway.url, '/');
  const stream = gateway.client.post(requestIdOf(await gateway.client.next()), [
    'Lambda-Runtime-Function-Response-Mode: streaming',
    'Transfer-Encoding: chunked',
    `Content-Type: ${INTEGRATION}`,
  ]);
  sendPrelude(stream, { statusCode: 202 });
  stream.chunk('body');
  stream.end();
  return { status: (await answer).status, body: (await answer).body.toString() };
}

describe('in buffered mode a streamed answer', () => {
  test.each([
    ['function-url', 202, /^body$/],
    ['rest', 202, /^$/],
    ['http-api', 502, /not JSON/],
    ['alb', 502, /not JSON/],
  ] as const)('is what %s makes of it', async (source, status, body) => {
    const result = await streamTo(await withGateway(source));
    expect(result.status).toBe(status);
    expect(result.body).toMatch(body);
  });
});

test('sources that cannot stream say so at the start', async () => {
  const { emulator } = await withGateway('alb');
  const started = startGateway({ emulator, eventSource: 'alb', invokeMode: 'response_stream' });
  await expect(started).rejects.toThrow(/alb cannot stream/);
});
