import { expect, test } from 'vitest';
import { describeCompressed, varyByEncoding } from '../../../../src/workers/compression/headers.ts';

test('headers about the plain bytes go, the rest stays in order', () => {
  const headers = describeCompressed(
    [
      ['content-type', 'text/plain'],
      ['content-length', '100'],
      ['accept-ranges', 'bytes'],
      ['content-md5', 'x'],
      ['digest', 'x'],
      ['content-digest', 'x'],
      ['repr-digest', 'x'],
      ['content-encoding', 'identity'],
      ['x-app', '1'],
    ],
    'br',
  );
  expect(headers).toEqual([
    ['content-type', 'text/plain'],
    ['x-app', '1'],
    ['content-encoding', 'br'],
  ]);
});

test('a strong entity tag becomes weak, a weak one stays', () => {
  expect(describeCompressed([['etag', '"abc"']], 'gzip')).toContainEqual(['etag', 'W/"abc"']);
  expect(describeCompressed([['etag', 'W/"abc"']], 'gzip')).toContainEqual(['etag', 'W/"abc"']);
});

test('vary gets a line of its own beside those of the app', () => {
  expect(varyByEncoding([['vary', 'Origin']])).toEqual([
    ['vary', 'Origin'],
    ['vary', 'accept-encoding'],
  ]);
});

test.each(['Accept-Encoding', 'Origin, accept-encoding', 'Origin,Accept-Encoding ,X', '*'])(
  'vary stays when it says so already: %j',
  (value) => {
    expect(varyByEncoding([['vary', value]])).toEqual([['vary', value]]);
  },
);

test('a header whose name only looks like it does not count', () => {
  expect(varyByEncoding([['vary', 'x-accept-encoding-x']])).toHaveLength(2);
});
