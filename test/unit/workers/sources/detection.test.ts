import { describe, expect, it } from 'vitest';
import { decodeEvent, lineOf, bodyText } from '../request/decoding.ts';
import { httpApiEvent, httpApiEventWithMethod, latticeV1Event, REQUEST_EVENTS, restEvent } from './events.ts';

describe.each(REQUEST_EVENTS)('an event of a %s', (_source, event) => {
  it('is an HTTP request', () => {
    const decoded = decodeEvent(event);
    expect(decoded.kind).toBe('http');
    expect(decoded.request.method).toBe('GET');
    expect(decoded.request.target).toBe('/items');
    expect(lineOf(decoded.request, 'host')).toBe('shop.example.com');
    expect(decoded.request.body).toBeNull();
  });

  it('stays one when optional fields are null, missing or of another type', () => {
    const odd = {
      ...event,
      body: null,
      isBase64Encoded: null,
      is_base64_encoded: null,
      cookies: null,
      stageVariables: 5,
      pathParameters: [],
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      query_string_parameters: null,
      headers: { 'x-null': null, 'x-number': 5, 'x-list': ['a', null, true] },
    };
    const { kind, request } = decodeEvent(odd);
    expect(kind).toBe('http');
    expect(lineOf(request, 'x-null')).toBeUndefined();
    expect(lineOf(request, 'x-number')).toBe('5');
  });

  it('stays one when the headers are missing', () => {
    const { headers: _headers, multiValueHeaders: _multiValueHeaders, ...bare } = event;
    const { kind, request } = decodeEvent(bare);
    expect(kind).toBe('http');
    expect(lineOf(request, 'host')).toBe('127.0.0.1:8080');
  });

  it.each([
    ['a path that is an object', { path: {}, rawPath: {}, raw_path: {} }, /path is an object/i],
    ['headers that are a list', { headers: [], multiValueHeaders: [] }, /headers is a list; accepted: an object/i],
    ['a header value that is an object', { headers: { 'x-a': {} } }, /headers\["x-a"\] is an object/],
    ['a body that is an object', { body: { a: 1 } }, /body is an object; accepted: text or null/],
  ])('is refused, not taken for something else, with %s', (_what, fields, message) => {
    expect(() => decodeEvent({ ...event, ...fields })).toThrow(
      expect.objectContaining({ errorType: 'Function.InvalidEvent', message: expect.stringMatching(message) }),
    );
  });
});

describe('an HTTP request event', () => {
  it.each([5, 'GE T', 'GET\r\n', {}, ['GET'], 'GÉT'])('is refused with the method %j', (method) => {
    const refusal = expect.objectContaining({ errorType: 'Function.InvalidEvent' });
    expect(() => decodeEvent(httpApiEventWithMethod(method))).toThrow(refusal);
    expect(() => decodeEvent(restEvent({ httpMethod: method }))).toThrow(refusal);
    expect(() => decodeEvent(latticeV1Event({ method }))).toThrow(refusal);
  });

  it('is refused with the method CONNECT, which no connection to the app can carry', () => {
    expect(() => decodeEvent(httpApiEventWithMethod('CONNECT'))).toThrow(/http\.method is CONNECT/);
  });

  it('keeps the spelling of its method and of extension methods', () => {
    expect(decodeEvent(restEvent({ httpMethod: 'post' })).request.method).toBe('post');
    expect(decodeEvent(restEvent({ httpMethod: 'M-SEARCH' })).request.method).toBe('M-SEARCH');
  });

  it('is a GET when its method is empty or missing', () => {
    expect(decodeEvent(httpApiEventWithMethod('')).request.method).toBe('GET');
    expect(decodeEvent(httpApiEventWithMethod(undefined)).request.method).toBe('GET');
  });

  it('may have numbers among its claims, a null identity and no method in its context', () => {
    const context = { identity: null, authorizer: { jwt: { claims: { exp: 5 } } }, requestTimeEpoch: '1' };
    const { kind, request } = decodeEvent(restEvent({ requestContext: context }));
    expect(kind).toBe('http');
    expect(JSON.parse(lineOf(request, 'x-amzn-request-context') ?? '')).toEqual(context);
  });
});

describe('an event that is no HTTP request', () => {
  const wsContext = { connectionId: 'c=', eventType: 'MESSAGE', routeKey: '$default', domainName: 'ws.example.com' };
  it.each<[string, unknown]>([
    ['an SQS batch', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }],
    ['a schedule', { 'detail-type': 'Scheduled Event', source: 'aws.events' }],
    ['a Bedrock agent call', { messageVersion: '1.0', agent: {}, httpMethod: 'GET', apiPath: '/x' }],
    ['a WebSocket message', { requestContext: wsContext, body: 'hi', isBase64Encoded: false }],
    ['a WebSocket message with a null method', { httpMethod: null, requestContext: wsContext }],
    ['a REST authorizer call', restEvent({ type: 'REQUEST', methodArn: 'arn:x' })],
    ['an HTTP API authorizer call', httpApiEvent({ type: 'REQUEST', routeArn: 'arn:x', identitySource: ['a'] })],
    ['a token authorizer call', { type: 'TOKEN', methodArn: 'arn:x', authorizationToken: 't' }],
    ['an AppSync call', { arguments: {}, requestContext: { apiId: 'a' }, request: { headers: {} } }],
    ['a list', [1, 2]],
    ['text', 'hello'],
    ['null', null],
    ['an object with a method alone', { httpMethod: 'GET', path: '/x' }],
  ])('like %s goes to the path for events', (_what, event) => {
    const { kind, request } = decodeEvent(event);
    expect(kind).toBe('event');
    expect(request.method).toBe('POST');
    expect(request.target).toBe('/events');
    expect(bodyText(request)).toBe(JSON.stringify(event));
  });

  it('is not what a WebSocket event with a method is', () => {
    expect(decodeEvent({ httpMethod: 'POST', path: '/x', requestContext: wsContext }).kind).toBe('http');
  });

  it('is not what a request with the type of an authorizer call but no ARN is', () => {
    expect(decodeEvent(restEvent({ type: 'REQUEST' })).kind).toBe('http');
  });
});
