import { describe, expect, test } from 'vitest';
import { startAdapter } from '../helpers/adapter.ts';
import { httpEvents, HTTP_SOURCES, queueEvent, request } from '../helpers/events.ts';
import { rebuildOutcome } from '../helpers/rebuilt-answer.ts';
import { valueOf, valuesOf } from '../helpers/received-request.ts';
import { echoed } from '../helpers/outcomes.ts';

describe('on standard Lambda the adapter', () => {
  test('parks one poll, never two, and serves invocations one after another', async () => {
    const adapter = await startAdapter();
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`);
    const outcomes = await Promise.all(paths.map((path) => adapter.invoke(request(path))));
    expect(outcomes.map((outcome) => echoed(outcome).target)).toEqual(paths);
    expect(adapter.app.requests.map(({ target }) => target)).toEqual(paths);
    await adapter.emulator.waitForParked(1);
    expect(adapter.emulator.mostParked).toBe(1);
    expect(adapter.steps.filter(({ kind }) => kind === 'violation' || kind === 'refused-call')).toEqual([]);
  });

  test('does so also when a variable asks for more', async () => {
    const adapter = await startAdapter({ env: { AWS_LWA_MAX_CONCURRENCY: '8' } });
    expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
    await adapter.emulator.waitForParked(1);
    expect(adapter.emulator.mostParked).toBe(1);
    expect(adapter.log.text).toContain('AWS_LWA_MAX_CONCURRENCY is 8');
  });

  test('uses one connection to the app for invocation after invocation', async () => {
    const adapter = await startAdapter();
    for (let count = 0; count < 5; count++) await adapter.invoke(request('/'));
    expect(adapter.app.connections).toBe(1);
  });
});

describe('a request from', () => {
  test.each(HTTP_SOURCES)('%s reaches the app and its answer comes back in the form of the source', async (source) => {
    const adapter = await startAdapter();
    adapter.app.script = (_request, connection) =>
      connection.answer({
        status: 201,
        headers: [
          ['content-type', 'application/octet-stream'],
          ['set-cookie', 'a=1; Path=/'],
          ['set-cookie', 'b=2'],
          ['vary', 'origin'],
          ['vary', 'accept'],
        ],
        body: Buffer.from([0, 255, 128, 10]),
      });
    const event = httpEvents[source]({
      method: 'PUT',
      path: '/a/b',
      query: 'x=1&y=2',
      headers: { 'content-type': 'application/json', cookie: 'c=3' },
      body: Buffer.from('{"è":1}').toString('base64'),
      isBase64Encoded: true,
    });
    const outcome = await adapter.invoke(event);
    const received = adapter.app.requestOf(outcome.requestId);
    expect(`${received.method} ${received.target}`).toBe('PUT /a/b?x=1&y=2');
    expect(received.body.toString('utf8')).toBe('{"è":1}');
    expect(valueOf(received, 'content-type')).toBe('application/json');
    expect(valueOf(received, 'cookie')).toBe('c=3');
    expect(valueOf(received, 'host')).toBe('app.example.com');
    expect(rebuildOutcome(source, outcome)).toEqual({
      status: 201,
      headers: { 'content-type': 'application/octet-stream', vary: 'origin, accept', 'content-length': '4' },
      cookies: ['a=1; Path=/', 'b=2'],
      body: Buffer.from([0, 255, 128, 10]),
    });
  });
});

describe('an event that is no request', () => {
  test('goes to its own path byte for byte, and the JSON text of the app is the answer byte for byte', async () => {
    const adapter = await startAdapter({ env: { AWS_LWA_PASS_THROUGH_PATH: '/queue' } });
    const answer = '{ "b":1, "a":2.50 }';
    adapter.app.route('/queue', (_request, connection) =>
      connection.answer({ headers: [['content-type', 'application/json']], body: answer }),
    );
    const event = `{"Records":[{"n":1.0,"n":2e2,"text":"\\u00e8 è"}]}`;
    const outcome = await adapter.invoke(event);
    const received = adapter.app.requestOf(outcome.requestId);
    expect(`${received.method} ${received.target}`).toBe('POST /queue');
    expect(received.body.toString('utf8')).toBe(event);
    expect(valueOf(received, 'content-type')).toBe('application/json');
    expect(valueOf(received, 'x-amzn-request-context')).toBe('null');
    expect(outcome.kind === 'response' && outcome.body.toString('utf8')).toBe(answer);
  });

  test('fails when the app answers with an error status, so that its source tries again', async () => {
    const adapter = await startAdapter();
    adapter.app.script = (_request, connection) => connection.answer({ status: 500, body: 'no' });
    expect(await adapter.invoke(queueEvent('x'))).toMatchObject({
      kind: 'error',
      errorType: 'Function.AppErrorStatus',
    });
  });
});

describe('the app is told about the invocation', () => {
  test('by headers that only the adapter can set', async () => {
    const adapter = await startAdapter();
    const spoofed = {
      'x-amzn-request-context': '{"spoofed":true}',
      'X-Amzn-Lambda-Context': '{"request_id":"spoofed"}',
      x_amzn_lambda_context: '{"request_id":"spoofed"}',
      'x-amz-tenant-id': 'spoofed',
      'x-amzn-trace-id': 'Root=spoofed',
    };
    const event = request('/', { headers: spoofed });
    const outcome = await adapter.invoke(event, {
      requestId: 'an id/of a caller',
      traceId: 'Root=1-2-3;Parent=4;Sampled=1',
      tenantId: 'tenant-1',
      clientContext: '{"custom":{"name":"è"}}',
      cognitoIdentity: '{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}',
    });
    expect(outcome).toMatchObject({ kind: 'response', requestId: 'an id/of a caller' });
    const received = adapter.app.requestOf('an id/of a caller');
    expect(received.raw.toString('latin1')).not.toContain('spoofed');
    expect(JSON.parse(valueOf(received, 'x-amzn-request-context'))).toEqual(event.requestContext);
    expect(JSON.parse(valueOf(received, 'x-amzn-lambda-context'))).toEqual({
      request_id: 'an id/of a caller',
      deadline: expect.any(Number),
      invoked_function_arn: 'arn:aws:lambda:us-east-1:123456789012:function:function',
      xray_trace_id: 'Root=1-2-3;Parent=4;Sampled=1',
      client_context: { client: null, custom: { name: 'è' }, environment: {} },
      identity: { identityId: 'i', identityPoolId: 'p' },
      tenant_id: 'tenant-1',
      env_config: { function_name: 'function', memory: 128, version: '$LATEST', log_stream: '', log_group: '' },
    });
    expect(valueOf(received, 'x-amzn-trace-id')).toBe('Root=1-2-3;Parent=4;Sampled=1');
    expect(valueOf(received, 'x-amz-tenant-id')).toBe('tenant-1');
  });

  test('of one without tenant not by a header that the client made up', async () => {
    const adapter = await startAdapter();
    const { requestId } = await adapter.invoke(request('/', { headers: { 'X-AMZ-Tenant-Id': 'spoofed' } }));
    expect(valuesOf(adapter.app.requestOf(requestId), 'x-amz-tenant-id')).toEqual([]);
  });
});

test('an answer carries the id of the attempt that it is for', async () => {
  const adapter = await startAdapter({ emulator: { invocationIds: true } });
  expect(echoed(await adapter.invoke(request('/'))).target).toBe('/');
});

test('base path and authorization header are rewritten as configured', async () => {
  const adapter = await startAdapter({
    env: { AWS_LWA_REMOVE_BASE_PATH: '/prod/', AWS_LWA_AUTHORIZATION_SOURCE: 'X-App-Authorization' },
  });
  const headers = { authorization: 'for the front door', 'x-app-authorization': 'for the app' };
  const { requestId } = await adapter.invoke(request('/prod/prod/x', { headers }));
  const received = adapter.app.requestOf(requestId);
  expect(received.target).toBe('/prod/x');
  expect(valueOf(received, 'authorization')).toBe('for the app');
  expect(valuesOf(received, 'x-app-authorization')).toEqual([]);
});
