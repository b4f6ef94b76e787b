import { expect, test } from 'vitest';
import { isDeclaredText, isPlainUtf8 } from '../../../../src/workers/response/text-or-base64.ts';
import type { Header } from '../../../../src/workers/types.ts';

function isTextType(contentType: string): boolean {
  return isDeclaredText([['content-type', contentType]]);
}

test.each([
  'text/plain',
  'TEXT/HTML',
  'text/html; charset=utf-8',
  'text/html;charset="UTF-8"',
  'text/csv; header=present; charset=us-ascii',
  'application/json',
  'Application/JSON',
  'application/json-seq',
  'application/javascript',
  'application/xml',
  'application/yaml',
  'application/ld+JSON',
  'application/xhtml+xml',
  'image/svg+xml ; charset=utf-8',
])('%s is text', (contentType) => {
  expect(isTextType(contentType)).toBe(true);
});

test.each([
  '',
  'image/png',
  'application/octet-stream',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'application/pdf; x=+json',
  'text/plain; charset=iso-8859-1',
  'text/html; charset=utf-16',
  'text/html; charset="Shift_JIS"',
])('%j is not', (contentType) => {
  expect(isTextType(contentType)).toBe(false);
});

test('content without a type is text', () => {
  expect(isDeclaredText([])).toBe(true);
});

test('the first of two types counts', () => {
  expect(
    isDeclaredText([
      ['content-type', 'image/png'],
      ['content-type', 'text/plain'],
    ]),
  ).toBe(false);
});

test('encoded content is not text, unless the coding is identity', () => {
  const type: Header = ['content-type', 'text/plain'];
  expect(isDeclaredText([type, ['content-encoding', 'gzip']])).toBe(false);
  expect(isDeclaredText([type, ['content-encoding', 'identity, gzip']])).toBe(false);
  expect(isDeclaredText([type, ['content-encoding', 'Identity']])).toBe(true);
});

test('an app can declare text by a header of its own', () => {
  const type: Header = ['content-type', 'application/graphql'];
  expect(isDeclaredText([type, ['x-lambda-http-content-encoding', 'text']])).toBe(true);
  expect(isDeclaredText([type, ['x-lambda-http-content-encoding', 'Text']])).toBe(false);
  expect(isDeclaredText([type, ['x-lambda-http-content-encoding', 'text'], ['content-encoding', 'br']])).toBe(false);
});

test('bytes that JSON text cannot carry exactly are not plain UTF-8', () => {
  expect(isPlainUtf8(Buffer.from('zoë €'))).toBe(true);
  expect(isPlainUtf8(Buffer.from([]))).toBe(true);
  expect(isPlainUtf8(Buffer.from([0x61, 0xe9]))).toBe(false);
  expect(isPlainUtf8(Buffer.from([0xef, 0xbb, 0xbf, 0x61]))).toBe(false);
});
