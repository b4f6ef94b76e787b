import { describe, expect, test } from 'vitest';

import { eventOf, fetchWhole, withGateway } from './helpers/with-gateway.ts';

const TARGET = '/caf%C3%A9/a%2Fb%3Fc?x=1&y=a%20b+c&x=%C3%BC&flag';
const HEADERS = ['Accept', 'a/b', 'X-Many', '1', 'x-many', '2', 'Cookie', 'a=1; b=2', 'User-Agent', 'test'];

describe('a Function URL', () => {
  test('keeps path and query as sent, joins headers and lists cookies', async () => {
    const gateway = await withGateway('function-url');
    const { event, invocation } = await eventOf(gateway, TARGET, { headers: HEADERS });
    const port = new URL(gateway.gateway.url).port;
    expect(event).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/caf%C3%A9/a%2Fb%3Fc',
      rawQueryString: 'x=1&y=a%20b+c&x=%C3%BC&flag',
      cookies: ['a=1', 'b=2'],
      headers: {
        host: 'app.example.com',
        accept: 'a/b',
        'x-many': '1,2',
        cookie: 'a=1; b=2',
        'user-agent': 'test',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': port,
        'x-forwarded-proto': 'http',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      },
      queryStringParameters: { x: '1,ü', y: 'a b c', flag: '' },
      requestContext: {
        accountId: 'anonymous',
        apiId: 'localhost',
        domainName: 'app.example.com',
        domainPrefix: 'app',
        http: {
          method: 'GET',
          path: '/caf%C3%A9/a%2Fb%3Fc',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        requestId: invocation.headers['lambda-runtime-aws-request-id'],
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      isBase64Encoded: false,
    });
    const root = event.headers['x-amzn-trace-id'];
    expect(invocation.headers['lambda-runtime-trace-id']).toMatch(
      new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0$`),
    );
  });

  test('leaves out what is absent, keeps the trace of the client, extends the forwarded addresses', async () => {
    const gateway = await withGateway('function-url');
    const headers = [
      'X-Amzn-Trace-Id',
      'Self=1;Root=1-2-3',
      'X-Forwarded-For',
      '1.2.3.4',
      'Connection',
      'close',
      'TE',
      'trailers',
    ];
    const { event } = await eventOf(gateway, '/', { headers });
    for (const field of ['cookies', 'queryStringParameters', 'body']) expect(event).not.toHaveProperty(field);
    expect(event.headers).toMatchObject({ 'x-amzn-trace-id': 'Root=1-2-3', 'x-forwarded-for': '1.2.3.4, 127.0.0.1' });
    expect(event.headers).not.toHaveProperty('connection');
    expect(event.headers).not.toHaveProperty('te');
  });

  test.each([
    ['application/json', '{"ä":1}', '{"ä":1}', false],
    ['text/plain; charset=utf-8', 'plain', 'plain', false],
    ['application/problem+json', '{}', '{}', false],
    ['application/x-www-form-urlencoded', 'a=1', 'YT0x', true],
    ['application/octet-stream', 'abc', 'YWJj', true],
    ['text/plain', Buffer.from([0xff, 0xfe]), '//4=', true],
  ])('sends a body of type %s as %j', async (type, body, text, isBase64Encoded) => {
    const gateway = await withGateway('function-url');
    const { event } = await eventOf(gateway, '/', { method: 'POST', headers: ['Content-Type', type], body });
    expect(event).toMatchObject({ body: text, isBase64Encoded });
    expect(event.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  test('sends a compressed body as base64 and header bytes as UTF-8', async () => {
    const gateway = await withGateway('function-url');
    const city = Buffer.from('Köln').toString('latin1');
    const headers = ['Content-Type', 'text/plain', 'Content-Encoding', 'gzip', 'City', city];
    const { event } = await eventOf(gateway, '/', { method: 'POST', headers, body: 'x' });
    expect(event).toMatchObject({ body: 'eA==', isBase64Encoded: true });
    expect(event.headers.city).toBe('Köln');
  });
});

describe('an HTTP API', () => {
  test('decodes the path up to an escaped question mark and takes cookies out of the headers', async () => {
    const gateway = await withGateway('http-api');
    const { event } = await eventOf(gateway, TARGET, { headers: HEADERS });
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/café/a/b',
      rawQueryString: 'x=1&y=a%20b+c&x=%C3%BC&flag',
      cookies: ['a=1', 'b=2'],
      requestContext: { accountId: '123456789012', stage: '$default', http: { path: '/café/a/b' } },
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  test('leaves escapes that are none alone', async () => {
    const gateway = await withGateway('http-api');
    expect((await eventOf(gateway, '/100%/%zz%20')).event.rawPath).toBe('/100%/%zz ');
  });
});

describe('a REST API', () => {
  test('sends both forms of headers and query, decoded, the path as it came, and its request context', async () => {
    const gateway = await withGateway('rest');
    const { event } = await eventOf(gateway, TARGET, { headers: HEADERS });
    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/caf%C3%A9/a%2Fb%3Fc',
      httpMethod: 'GET',
      headers: { Host: 'app.example.com', Accept: 'a/b', Cookie: 'a=1; b=2', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { Accept: ['a/b'], 'X-Many': ['1'], 'x-many': ['2'] },
      queryStringParameters: { x: 'ü', y: 'a b c', flag: '' },
      multiValueQueryStringParameters: { x: ['1', 'ü'], y: ['a b c'], flag: [''] },
      pathParameters: { proxy: 'caf%C3%A9/a%2Fb%3Fc' },
      stageVariables: null,
      requestContext: {
        accountId: '123456789012',
        resourcePath: '/{proxy+}',
        httpMethod: 'GET',
        protocol: 'HTTP/1.1',
        stage: 'prod',
        domainName: 'app.example.com',
        domainPrefix: 'app',
        requestTimeEpoch: expect.any(Number),
        identity: { sourceIp: '127.0.0.1', userAgent: 'test', user: null },
      },
      body: null,
      isBase64Encoded: false,
    });
  });

  test('has null where there is no query, and its root resource', async () => {
    const gateway = await withGateway('rest');
    const { event } = await eventOf(gateway, '/');
    expect(event).toMatchObject({
      resource: '/',
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
    });
  });

  test.each([
    ['a=1', 'a=1', false],
    [Buffer.from([0x89, 0x50, 0x00]), 'iVAA', true],
  ])('sends the body as text unless it is binary', async (body, text, isBase64Encoded) => {
    const gateway = await withGateway('rest');
    const headers = ['Content-Type', 'application/x-www-form-urlencoded'];
    const { event } = await eventOf(gateway, '/', { method: 'POST', headers, body });
    expect(event).toMatchObject({ body: text, isBase64Encoded });
  });
});

describe('a load balancer', () => {
  test('leaves the query encoded and keeps the last value of a name', async () => {
    const gateway = await withGateway('alb');
    const { event } = await eventOf(gateway, TARGET, { headers: HEADERS });
    expect(event).toEqual({
      requestContext: { elb: { targetGroupArn: expect.stringMatching(/^arn:aws:elasticloadbalancing:/) } },
      httpMethod: 'GET',
      path: '/caf%C3%A9/a%2Fb%3Fc',
      queryStringParameters: { x: '%C3%BC', y: 'a%20b+c', flag: '' },
      headers: expect.objectContaining({ 'x-many': '2', cookie: 'a=1; b=2', host: 'app.example.com' }),
      body: '',
      isBase64Encoded: false,
    });
  });

  test('with multi-value headers keeps all of them, in their own fields', async () => {
    const gateway = await withGateway('alb-multi-value');
    const { event } = await eventOf(gateway, TARGET, { headers: HEADERS });
    expect(event).toMatchObject({
      multiValueQueryStringParameters: { x: ['1', '%C3%BC'], y: ['a%20b+c'], flag: [''] },
      multiValueHeaders: { 'x-many': ['1', '2'], accept: ['a/b'] },
    });
    expect(event).not.toHaveProperty('headers');
    expect(event).not.toHaveProperty('queryStringParameters');
  });

  test('refuses a body over 1 MiB', async () => {
    const { gateway } = await withGateway('alb');
    const body = Buffer.alloc(1024 * 1024 + 1);
    expect((await fetchWhole(gateway.url, '/', { method: 'POST', body })).status).toBe(413);
  });
});
