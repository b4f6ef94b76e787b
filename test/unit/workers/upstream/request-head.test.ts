import { expect, test } from 'vitest';
import { requestHead } from '../../../../src/workers/upstream/request-head.ts';
import type { AppRequest } from '../../../../src/workers/types.ts';

const get: AppRequest = { method: 'GET', target: '/a?b=c', headers: ['host', 'app:80', 'x-a', ''], body: null };

test('request line, fields in their order, and an empty line', () => {
  expect(requestHead(get, true)).toBe('GET /a?b=c HTTP/1.1\r\nhost: app:80\r\nx-a: \r\nconnection: keep-alive\r\n\r\n');
});

test('a connection that is not kept is announced', () => {
  expect(requestHead(get, false)).toBe('GET /a?b=c HTTP/1.1\r\nhost: app:80\r\nx-a: \r\nconnection: close\r\n\r\n');
});

function lengthOf(method: string, body: Uint8Array | null): string | undefined {
  return /\r\ncontent-length: (\d+)\r\n/.exec(requestHead({ ...get, method, body }, true))?.[1];
}

test.each(['GET', 'POST', 'DELETE', 'X'])('the length of a body is told, also of an empty one (%s)', (method) => {
  expect(lengthOf(method, Buffer.from('é'))).toBe('2');
  expect(lengthOf(method, new Uint8Array())).toBe('0');
});

test.each(['POST', 'PUT', 'PATCH', 'QUERY', 'PROPFIND', 'PROPPATCH'])('%s without a body says so', (method) => {
  expect(lengthOf(method, null)).toBe('0');
});

test.each(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'post'])('%s without a body says nothing of one', (method) => {
  expect(requestHead({ ...get, method }, true)).not.toContain('content-length');
});
