import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeEvent, decodeText, lineOf } from '../request/decoding.ts';

describe('an event that is no HTTP request', () => {
  it('reaches the app byte for byte, in the memory that it arrived in', () => {
    const bytes = new TextEncoder().encode('{ "n": 1.50, "n": 1e2, "z": "ü" }');
    const { request } = decodeBytes(bytes);
    expect(request.body).toEqual(bytes);
    expect(request.body?.buffer).toBe(bytes.buffer);
  });

  it('loses the whitespace and the byte order mark around it', () => {
    const { request } = decodeText('\ufeff \r\n\t{ "a": [ ] }\n\n');
    expect(request.body).toEqual(new TextEncoder().encode('{ "a": [ ] }'));
  });

  it('is put together when it arrived in pieces', () => {
    const pieces = ['{"text":"', 'g', 'rün"}'].map((text) => new TextEncoder().encode(text));
    const { request } = decodeEvent(null, { invocation: { event: pieces } });
    expect(Buffer.from(request.body ?? []).toString()).toBe('{"text":"grün"}');
  });

  it('says that it is JSON, that it has no request context, and where it goes', () => {
    const { request } = decodeEvent({ Records: [] });
    expect(lineOf(request, 'content-type')).toBe('application/json');
    expect(lineOf(request, 'x-amzn-request-context')).toBe('null');
    expect(lineOf(request, 'host')).toBe('127.0.0.1:8080');
    expect(request.headers).toHaveLength(2 * 4);
  });

  it('carries trace and tenant of the invocation', () => {
    const { request } = decodeEvent({}, { invocation: { traceId: 'Root=1-2', tenantId: 'blue' } });
    expect(lineOf(request, 'x-amzn-trace-id')).toBe('Root=1-2');
    expect(lineOf(request, 'x-amz-tenant-id')).toBe('blue');
  });

  it.each([
    ['/sqs', '/sqs'],
    ['sqs', '/sqs'],
    ['', '/'],
    ['/a b?c#d', '/a%20b%3Fc%23d'],
  ])('goes to the configured path %j as %j', (passThroughPath, target) => {
    expect(decodeEvent({}, { config: { passThroughPath } }).request.target).toBe(target);
  });

  it('never loses the base path of requests', () => {
    const paths = { basePath: '/api', passThroughPath: '/api/events' };
    expect(decodeEvent({}, { config: paths }).request.target).toBe('/api/events');
  });
});
