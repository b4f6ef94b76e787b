import { describe, expect, it } from 'vitest';
import type { AppRequest } from '../../../../src/workers/types.ts';
import { albEvent, functionUrlEvent, httpApiEvent, latticeV2Event, restEvent } from '../sources/events.ts';
import { decodeEvent, lineOf, linesOf } from './decoding.ts';

function requestOf(headers: unknown, fields: Record<string, unknown> = {}): AppRequest {
  return decodeEvent(functionUrlEvent({ headers, ...fields })).request;
}

describe('the headers of a request', () => {
  it('have lower-case names, each of them once per spelling, the later spelling winning', () => {
    const request = requestOf({ 'X-Custom': 'first', 'x-cUSTOM': 'second', Accept: '*/*' });
    expect(linesOf(request, 'x-custom')).toEqual(['second']);
    expect(lineOf(request, 'accept')).toBe('*/*');
  });

  it('come from the map with all values, name by name', () => {
    const headers = { 'X-A': '2', 'X-Only-Single': 's', 'x-empty': 'kept' };
    const multiValueHeaders = { 'x-a': ['1', '2'], 'x-only-multi': ['m'], 'x-empty': [] };
    for (const event of [restEvent({ headers, multiValueHeaders }), albEvent({ headers, multiValueHeaders })]) {
      const { request } = decodeEvent(event);
      expect(linesOf(request, 'x-a')).toEqual(['1', '2']);
      expect(linesOf(request, 'x-only-single')).toEqual(['s']);
      expect(linesOf(request, 'x-only-multi')).toEqual(['m']);
      expect(linesOf(request, 'x-empty')).toEqual(['kept']);
    }
  });

  it('keep the values of both spellings of a name in that map', () => {
    const { request } = decodeEvent(restEvent({ multiValueHeaders: { 'X-A': ['1'], 'x-a': ['2'] } }));
    expect(linesOf(request, 'x-a')).toEqual(['1', '2']);
  });

  it('keep every value of a list', () => {
    const { request } = decodeEvent(latticeV2Event({ headers: { multi: ['x', 'y'] } }));
    expect(linesOf(request, 'multi')).toEqual(['x', 'y']);
  });

  it.each(['', 'a b', 'a:b', 'a\r\nb', 'ü', '\u212aeep-alive', 'a\u0000'])('never have the name %j', (name) => {
    const request = requestOf({ [name]: 'x', 'x-good': 'y' });
    expect(request.headers.filter((line) => line === 'x')).toEqual([]);
    expect(lineOf(request, 'x-good')).toBe('y');
  });

  it('carry text beyond ASCII as its UTF-8 bytes', () => {
    const request = requestOf({ 'x-name': 'Grün 😀\ud800' });
    expect(request.headers).toContain(Buffer.from('Grün 😀\ufffd').toString('latin1'));
    expect(lineOf(request, 'x-name')).toBe('Grün 😀\ufffd');
  });

  it('cannot smuggle a line: controls but tab become spaces', () => {
    const request = requestOf({ 'x-a': '1\r\nx-evil: 1\u0000\u007f\t2', 'x-b': ' \u0001ü ' });
    expect(lineOf(request, 'x-a')).toBe('1  x-evil: 1  \t2');
    expect(lineOf(request, 'x-b')).toBe('  ü ');
  });

  it('leave behind what described the connection and the framing of the client', () => {
    const request = requestOf({
      'Content-Length': '999',
      'transfer-encoding': 'chunked',
      expect: '100-continue',
      upgrade: 'h2c',
      te: 'trailers',
      trailer: 'x-sum',
      'keep-alive': 'timeout=5',
      'proxy-connection': 'keep-alive',
      connection: 'close, X-Hop',
      'x-hop': '1',
      'x-end': '2',
    });
    const names = request.headers.filter((_, index) => index % 2 === 0);
    expect(names).toEqual(['x-end', 'host', 'x-amzn-request-context', 'x-amzn-lambda-context']);
  });

  it('keep what a client names as its own but what every recipient must see', () => {
    const request = requestOf({
      connection: 'host, x-forwarded-for, authorization, cookie, content-type, x-amzn-trace-id',
      host: 'shop.example.com',
      'x-forwarded-for': '192.0.2.7',
      authorization: 'Basic eA==',
      cookie: 'a=1',
      'content-type': 'text/plain',
    });
    for (const name of ['x-forwarded-for', 'authorization', 'cookie', 'content-type']) {
      expect(linesOf(request, name)).toHaveLength(1);
    }
    expect(lineOf(request, 'host')).toBe('shop.example.com');
  });

  it.each(['x-amzn-request-context', 'X-Amzn-Lambda-Context', 'x-amz-tenant-id', 'x_amz_tenant_id', 'Content_Length'])(
    'never hold a copy of %s from the client',
    (name) => {
      const forged = { [name]: 'forged' };
      expect(requestOf(forged).headers).not.toContain('forged');
      const { request } = decodeEvent(restEvent({ headers: forged, multiValueHeaders: { [name]: ['forged'] } }));
      expect(request.headers).not.toContain('forged');
    },
  );

  it('hold the tenant of the invocation', () => {
    const event = functionUrlEvent({ headers: { 'x-amz-tenant-id': 'forged' } });
    const { request } = decodeEvent(event, { invocation: { tenantId: 'blue' } });
    expect(lineOf(request, 'x-amz-tenant-id')).toBe('blue');
  });

  it("hold the trace of the invocation, or the client's when there is none", () => {
    const event = functionUrlEvent({ headers: { 'X-Amzn-Trace-Id': 'Root=client' } });
    expect(lineOf(decodeEvent(event).request, 'x-amzn-trace-id')).toBe('Root=client');
    const { request } = decodeEvent(event, { invocation: { traceId: 'Root=invocation' } });
    expect(lineOf(request, 'x-amzn-trace-id')).toBe('Root=invocation');
  });
});

describe('the host of a request', () => {
  it.each([
    ['shop.example.com', 'shop.example.com'],
    ['shop.example.com:8443', 'shop.example.com:8443'],
    ['[2001:db8::1]:80', '[2001:db8::1]:80'],
    ['*.example.com', '*.example.com'],
    ['a.example, b.example', 'a.example'],
    ['<id>.example, b.example', 'b.example'],
    [['a.example', 'b.example'], 'a.example'],
    ['<url-id>.lambda-url.on.aws', '127.0.0.1:8080'],
    ['{host}', '127.0.0.1:8080'],
    ['[2001', '127.0.0.1:8080'],
    ['a b', '127.0.0.1:8080'],
    ['user@example.com', '127.0.0.1:8080'],
    ['example.com:port', '127.0.0.1:8080'],
    ['', '127.0.0.1:8080'],
    [null, '127.0.0.1:8080'],
  ])('%j becomes the one line %j', (host, line) => {
    expect(linesOf(requestOf({ host }), 'host')).toEqual([line]);
  });

  it.each([
    [{ host: '127.0.0.1', port: 80 }, '127.0.0.1'],
    [{ host: '::1', port: 3000 }, '[::1]:3000'],
  ])('is the address of the app %j as %j without one in the event', (app, line) => {
    expect(lineOf(decodeEvent({}, { config: { app } }).request, 'host')).toBe(line);
  });

  it('is not changed by odd forwarding headers', () => {
    const request = requestOf({ host: 'shop.example.com', 'x-forwarded-proto': 'https,http' });
    expect(lineOf(request, 'host')).toBe('shop.example.com');
    expect(lineOf(request, 'x-forwarded-proto')).toBe('https,http');
  });
});

describe('the cookies of a request', () => {
  it('of an HTTP API are one line that replaces the header', () => {
    const request = requestOf({ cookie: 'a=1' }, { cookies: ['a=1', 'b=ü', null, 5] });
    expect(linesOf(request, 'cookie')).toEqual(['a=1; b=ü; 5']);
  });

  it.each([[[]], [null], [undefined]])('stay the header when the list is %j', (cookies) => {
    expect(linesOf(requestOf({ cookie: 'a=1' }, { cookies }), 'cookie')).toEqual(['a=1']);
    expect(linesOf(requestOf({}, { cookies }), 'cookie')).toEqual([]);
  });

  it('of other sources are one line too', () => {
    const cookies = ['a=1', 'b=2'];
    expect(linesOf(decodeEvent(restEvent({ multiValueHeaders: { Cookie: cookies } })).request, 'cookie')).toEqual([
      'a=1; b=2',
    ]);
    expect(linesOf(decodeEvent(latticeV2Event({ headers: { cookie: cookies } })).request, 'cookie')).toEqual([
      'a=1; b=2',
    ]);
  });

  it('are refused as an object', () => {
    expect(() => decodeEvent(httpApiEvent({ cookies: { a: 1 } }))).toThrow('cookies is an object');
  });
});

describe('the authorization source', () => {
  const options = { config: { authorizationSource: 'x-user-authorization' } };

  it('replaces authorization and is gone', () => {
    const headers = { authorization: 'AWS4', 'X-User-Authorization': ['Bearer one', 'Bearer two'] };
    const { request } = decodeEvent(functionUrlEvent({ headers }), options);
    expect(linesOf(request, 'authorization')).toEqual(['Bearer one']);
    expect(linesOf(request, 'x-user-authorization')).toEqual([]);
  });

  it('leaves authorization alone when it is absent', () => {
    const { request } = decodeEvent(functionUrlEvent({ headers: { authorization: 'AWS4' } }), options);
    expect(linesOf(request, 'authorization')).toEqual(['AWS4']);
  });

  it('may be authorization itself', () => {
    const event = functionUrlEvent({ headers: { authorization: 'Basic eA==' } });
    const { request } = decodeEvent(event, { config: { authorizationSource: 'authorization' } });
    expect(linesOf(request, 'authorization')).toEqual(['Basic eA==']);
  });
});

describe('what the client accepts', () => {
  it('is told beside the request, all lines of it', () => {
    const gzip = decodeEvent(restEvent({ multiValueHeaders: { 'Accept-Encoding': ['gzip', 'br;q=1'] } }));
    expect(gzip).toMatchObject({ acceptEncoding: 'gzip, br;q=1' });
    expect(linesOf(gzip.request, 'accept-encoding')).toEqual(['gzip', 'br;q=1']);
    expect(decodeEvent(restEvent())).toMatchObject({ acceptEncoding: null });
  });
});
