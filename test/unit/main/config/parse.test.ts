import { describe, expect, it } from 'vitest';
import * as parse from '../../../../src/main/config/parse.ts';

describe('an address', () => {
  it.each([
    ['127.0.0.1:9001', '127.0.0.1', 9001],
    ['localhost:80', 'localhost', 80],
    ['http://localhost:8080', 'localhost', 8080],
    ['HTTP://localhost:8080/', 'localhost', 8080],
    ['[::1]:9001', '::1', 9001],
    ['http://[fe80::1%eth0]:9001/', 'fe80::1%eth0', 9001],
  ])('may be %s', (text, host, port) => {
    expect(parse.address(text)).toEqual({ host, port });
  });

  it.each([
    '',
    'localhost',
    'localhost:',
    ':9001',
    '::1:9001',
    'localhost:70000',
    'localhost:0',
    'localhost:80/path',
    'https://localhost:443',
    'a b:80',
    'user@host:80',
  ])('may not be "%s"', (text) => {
    expect(() => parse.address(text)).toThrow(parse.UnacceptableValue);
  });
});

describe('a host', () => {
  it.each([
    ['app', 'app'],
    ['my-app.internal', 'my-app.internal'],
    ['10.0.0.1', '10.0.0.1'],
    ['::1', '::1'],
    ['[::1]', '::1'],
  ])('may be %s', (text, host) => {
    expect(parse.host(text)).toBe(host);
  });

  it.each(['http://app', 'app/path', 'a b', 'app\r\nx: y', 'user@app'])('may not be %j', (text) => {
    expect(() => parse.host(text)).toThrow(parse.UnacceptableValue);
  });
});

describe('a base path', () => {
  it.each([
    ['api', '/api'],
    ['/api', '/api'],
    ['/api/', '/api'],
    ['//api//v1//', '/api//v1'],
    ['/', null],
    ['//', null],
  ])('%s becomes %s', (text, path) => {
    expect(parse.basePath(text)).toBe(path);
  });
});

describe('status codes', () => {
  it.each([
    ['', []],
    ['500', [[500, 500]]],
    [
      '500, 502 - 504 ,',
      [
        [500, 500],
        [502, 504],
      ],
    ],
    ['100-999', [[100, 999]]],
  ])('may be "%s"', (text, ranges) => {
    expect(parse.statusRanges(text)).toEqual(ranges);
  });

  it.each(['5xx', '50', '1000', '504-502', '500-', '-500', '500;501', '099'])('may not be "%s"', (text) => {
    expect(() => parse.statusRanges(text)).toThrow(parse.UnacceptableValue);
  });
});

describe('a number', () => {
  it.each(['', '+1', '1e3', '0x10', '1.0', ' 1', '١'])('may not be written "%s"', (text) => {
    expect(() => parse.integer(0, 10_000)(text)).toThrow(parse.UnacceptableValue);
  });

  it('of seconds becomes whole milliseconds', () => {
    expect(parse.seconds(900)('1.001')).toBe(1001);
    expect(parse.seconds(900)('900')).toBe(900_000);
  });
});

describe('the name of a header', () => {
  it('becomes lower case', () => {
    expect(parse.headerName('X-Forwarded-Authorization')).toBe('x-forwarded-authorization');
  });

  it.each(['x auth', 'x:auth', 'x\r\nauth', 'naïve'])('may not be %j', (text) => {
    expect(() => parse.headerName(text)).toThrow(parse.UnacceptableValue);
  });
});
