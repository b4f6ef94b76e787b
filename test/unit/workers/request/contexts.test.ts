import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../../../src/shared/protocol.ts';
import { functionUrlEvent, latticeV1Event } from '../sources/events.ts';
import { decodeEvent, decodeText, lineOf } from './decoding.ts';

function lambdaContext(fields: Partial<Invocation>): Record<string, unknown> {
  const { request } = decodeEvent({}, { invocation: fields });
  return JSON.parse(lineOf(request, 'x-amzn-lambda-context') ?? '');
}

describe('the request context', () => {
  it('reaches the app with every field, in printable ASCII', () => {
    const requestContext = { http: { method: 'GET' }, unknown: [1, null], name: 'Grün 😀\u007f\u0001\ud800' };
    const { request } = decodeEvent(functionUrlEvent({ requestContext }));
    const line = lineOf(request, 'x-amzn-request-context') ?? '';
    expect(line).toMatch(/^[\x20-\x7e]*$/);
    expect(line).toContain(String.raw`\u007f`);
    expect(JSON.parse(line)).toEqual(requestContext);
  });

  it('is an empty object, not null, for a request whose source has none', () => {
    expect(lineOf(decodeEvent(latticeV1Event()).request, 'x-amzn-request-context')).toBe('{}');
  });

  it('is the original JSON: no digit is lost, no number is spelled otherwise, no name moves', () => {
    const context = String.raw`{"http":{"method":"GET"},"big":12345678901234567890,"float":1.0,"b":1,"2":2,"e":"\u00e9\/"}`;
    const { request } = decodeText(`{"headers":{"requestContext":"{}"},"requestContext":${context},"body":null}`);
    expect(lineOf(request, 'x-amzn-request-context')).toBe(context);
  });

  it('is on one line, however the event is laid out', () => {
    const event = functionUrlEvent({ requestContext: { http: { method: 'GET' }, list: [1, { a: '  \t\n' }] } });
    const line = lineOf(decodeText(JSON.stringify(event, null, '\t ')).request, 'x-amzn-request-context') ?? '';
    expect(line).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(line)).toEqual(event.requestContext);
  });

  it('is the last one, as for everybody who parses the event', () => {
    const { request } = decodeText('{"requestContext":{"http":{},"n":1},"requestContext":{"http":{},"n":2.0}}');
    expect(lineOf(request, 'x-amzn-request-context')).toBe('{"http":{},"n":2.0}');
  });

  it('may be nested deeper than the call stack', () => {
    const context = `{"http":{},"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { request } = decodeText(`{"requestContext":${context}}`);
    expect(lineOf(request, 'x-amzn-request-context')).toBe(context);
  });
});

describe('the Lambda context', () => {
  it('tells about the invocation and the function', () => {
    expect(lambdaContext({ traceId: 'Root=1-2', tenantId: 'blue' })).toEqual({
      request_id: 'request-1',
      deadline: 1_767_323_045_678,
      invoked_function_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:shop',
      xray_trace_id: 'Root=1-2',
      client_context: null,
      identity: null,
      tenant_id: 'blue',
      env_config: {
        function_name: 'shop',
        memory: 512,
        version: '7',
        log_stream: '2026/01/02/[7]abc',
        log_group: '/aws/lambda/shop',
      },
    });
  });

  it('says null for what the platform does not say', () => {
    expect(lambdaContext({})).toMatchObject({ xray_trace_id: null, tenant_id: null });
    expect(lambdaContext({ functionArn: null }).invoked_function_arn).toMatch(/^No header/);
  });

  it('is printable ASCII', () => {
    const fields = { clientContext: '{"custom":{"k":"ü\\u007f"}}', tenantId: 'grün\u007f' };
    const { request } = decodeEvent({}, { invocation: fields });
    expect(lineOf(request, 'x-amzn-lambda-context')).toMatch(/^[\x20-\x7e]*$/);
    expect(lambdaContext(fields)).toMatchObject({ tenant_id: 'grün\u007f' });
  });

  it('completes the client context and spells its client in camel case', () => {
    const client = { installation_id: 'i', app_title: 't', appVersionName: 'n', other: 1 };
    expect(lambdaContext({ clientContext: JSON.stringify({ client, env: { x: 'y' } }) }).client_context).toEqual({
      client: { installationId: 'i', appTitle: 't', appVersionName: 'n', other: 1 },
      custom: {},
      environment: {},
      env: { x: 'y' },
    });
  });

  it.each([
    ['{"custom":{"a":1}}', { client: null, custom: { a: 1 }, environment: {} }],
    ['{"client":5}', { client: null, custom: {}, environment: {} }],
    ['null', null],
    ['[1]', null],
    ['{"custom":', null],
  ])('never fails for the client context %.40s', (clientContext, expected) => {
    expect(lambdaContext({ clientContext }).client_context).toEqual(expected);
  });

  it('does not fail for a client context that is nested deeper than the call stack', () => {
    const clientContext = `{"custom":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const { request } = decodeEvent({}, { invocation: { clientContext } });
    expect(lineOf(request, 'x-amzn-lambda-context')).toMatch(/"client_context":(?:null|\{.*\}),"identity":null/);
  });

  it.each([
    ['{"identityId":"i","identityPoolId":"p"}', { identityId: 'i', identityPoolId: 'p' }],
    ['{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}', { identityId: 'i', identityPoolId: 'p' }],
    ['{"identityId":"i"}', { identityId: 'i', identityPoolId: null }],
    ['nonsense', null],
  ])('never fails for the Cognito identity %j', (cognitoIdentity, expected) => {
    expect(lambdaContext({ cognitoIdentity }).identity).toEqual(expected);
  });
});
