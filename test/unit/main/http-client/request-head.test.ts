import { beforeAll, expect, it, vi } from 'vitest';
import { requestHead } from '../../../../src/main/http-client/request-head.ts';

beforeAll(() => {
  vi.stubGlobal('__ADAPTER_VERSION__', '1.2.3');
});

const LOCAL = { host: '127.0.0.1', port: 9001 };

it('a request head is what HTTP/1.1 asks for, byte by byte', () => {
  expect(requestHead('POST', LOCAL, '/path', { 'content-length': 3, absent: null, 'x-a': 'b' })).toBe(
    'POST /path HTTP/1.1\r\nhost: 127.0.0.1:9001\r\nuser-agent: lambda-web-adapter/1.2.3\r\n' +
      'content-length: 3\r\nx-a: b\r\n\r\n',
  );
});

it('an IPv6 address stands in brackets', () => {
  expect(requestHead('GET', { host: '::1', port: 80 }, '/')).toContain('\r\nhost: [::1]:80\r\n');
});
