import { expect, test } from 'vitest';
import { isCompressible } from '../../../../src/workers/compression/compressible.ts';
import type { Header } from '../../../../src/workers/types.ts';

const html: Header = ['content-type', 'text/html'];

function withHeaders(...headers: Header[]) {
  return isCompressible({ status: 200, headers }, false);
}

test.each([
  'text/html; charset=utf-8',
  'application/json',
  'application/octet-stream',
  'application/wasm',
  'image/svg+xml',
  'IMAGE/SVG+XML; charset=utf-8',
  'image/bmp',
  'font/ttf',
])('%s gains from compression', (contentType) => {
  expect(withHeaders(['content-type', contentType])).toBe(true);
});

test.each([
  'image/png',
  'Image/JPEG',
  'video/mp4',
  'audio/ogg',
  'font/woff2',
  'application/font-woff',
  'application/zip',
  'application/gzip',
  'application/x-gzip',
  'application/zstd',
  'application/x-bzip2',
  'application/x-xz',
  'application/x-7z-compressed',
  'application/vnd.rar',
  'application/x-rar-compressed',
  'application/java-archive',
  'application/pdf',
  'application/epub+zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.oasis.opendocument.text',
  'text/event-stream',
  'Text/Event-Stream; charset=utf-8',
  'application/grpc+proto',
])('%s is left alone', (contentType) => {
  expect(withHeaders(['content-type', contentType])).toBe(false);
});

test('a stream of events is compressed while it streams', () => {
  const headers: Header[] = [['content-type', 'text/event-stream; charset=utf-8']];
  expect(isCompressible({ status: 200, headers }, true)).toBe(true);
  expect(isCompressible({ status: 200, headers: [['content-type', 'application/grpc']] }, true)).toBe(false);
});

test('content without a type may be compressed', () => {
  expect(withHeaders()).toBe(true);
});

test('what the app has encoded is not encoded again', () => {
  expect(withHeaders(html, ['content-encoding', 'gzip'])).toBe(false);
  expect(withHeaders(html, ['content-encoding', 'identity, br'])).toBe(false);
  expect(withHeaders(html, ['content-encoding', 'Identity'])).toBe(true);
});

test('parts of a representation stay as they are', () => {
  expect(isCompressible({ status: 206, headers: [html] }, false)).toBe(false);
  expect(withHeaders(html, ['content-range', 'bytes 0-9/20'])).toBe(false);
});

test('no-transform is obeyed wherever it stands', () => {
  expect(withHeaders(html, ['cache-control', 'no-transform'])).toBe(false);
  expect(withHeaders(html, ['cache-control', 'public'], ['cache-control', 'max-age=5,No-Transform'])).toBe(false);
  expect(withHeaders(html, ['cache-control', 'x-no-transform'])).toBe(true);
});
