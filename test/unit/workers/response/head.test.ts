import { expect, test } from 'vitest';
import { HttpSyntaxError } from '../../../../src/shared/http/response-head.ts';
import { announcedBytes, readHead } from '../../../../src/workers/response/head.ts';

test('a repeated header keeps each of its values', () => {
  const { headers } = readHead(200, [
    ['set-cookie', 'a=1'],
    ['x-one', '1'],
    ['set-cookie', 'b=2'],
  ]);
  expect(headers).toEqual([
    ['set-cookie', 'a=1'],
    ['x-one', '1'],
    ['set-cookie', 'b=2'],
  ]);
});

test('headers about the connection to the app end here, also those that it names', () => {
  const { headers } = readHead(200, [
    ['connection', 'close, X-Internal'],
    ['keep-alive', 'timeout=5'],
    ['transfer-encoding', 'chunked'],
    ['trailer', 'x-checksum'],
    ['upgrade', 'h2c'],
    ['x-internal', '1'],
    ['x-other', '2'],
    ['connection', 'x-other'],
    ['content-length', '3'],
    ['date', 'now'],
  ]);
  expect(headers).toEqual([
    ['content-length', '3'],
    ['date', 'now'],
  ]);
});

test('header bytes are read as UTF-8 where they are, as ISO-8859-1 where not', () => {
  const utf8 = Buffer.from('zoë €').toString('latin1');
  const latin1 = Buffer.from([0x7a, 0x6f, 0xeb]).toString('latin1');
  expect(
    readHead(200, [
      ['x-a', utf8],
      ['x-b', latin1],
    ]).headers,
  ).toEqual([
    ['x-a', 'zoë €'],
    ['x-b', 'zoë'],
  ]);
});

test.each(['\0', '\x1b', '\x7f', '\n'])('a header with the control %j is refused', (control) => {
  expect(() => readHead(200, [['x-a', `b${control}c`]])).toThrow(HttpSyntaxError);
  expect(readHead(200, [['x-a', 'b\tc']]).headers).toEqual([['x-a', 'b\tc']]);
});

test('the announced length counts only where a body follows', () => {
  const head = { status: 200, headers: [['content-length', '9999999']] } as const;
  expect(announcedBytes(head, 'GET')).toBe(9_999_999);
  expect(announcedBytes(head, 'HEAD')).toBe(0);
  expect(announcedBytes({ ...head, status: 304 }, 'GET')).toBe(0);
  expect(announcedBytes({ status: 200, headers: [] }, 'GET')).toBeNull();
});
