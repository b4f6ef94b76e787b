import { expect, test } from 'vitest';
import { codingChoices } from '../../../../src/main/config/compression.ts';
import { UnacceptableValue } from '../../../../src/main/config/parse.ts';

test('codings come in the order in which they are named, with their level or with ours', () => {
  expect(codingChoices('gzip:1, BR : 11 ,zstd')).toEqual([
    { coding: 'gzip', level: 1 },
    { coding: 'br', level: 11 },
    { coding: 'zstd', level: 3 },
  ]);
});

test('a coding that is not named is not used', () => {
  expect(codingChoices('br').map(({ coding }) => coding)).toEqual(['br']);
});

test.each(['gzip:0', 'gzip:10', 'br:12', 'zstd:0', 'zstd:20', 'br:-1', 'br:4.5', 'br:', 'br:x'])(
  'a level that the coding does not have is refused: %s',
  (text) => {
    expect(() => codingChoices(text)).toThrow(UnacceptableValue);
  },
);

test.each(['deflate', 'brotli', 'gzip,,br', 'gzip br', 'gzip,GZIP', ',', 'true', 'gzip;q=1'])(
  'what is no list of our codings is refused: %s',
  (text) => {
    expect(() => codingChoices(text)).toThrow(UnacceptableValue);
  },
);

test('what is accepted is said with an example and the levels', () => {
  expect(() => codingChoices('deflate')).toThrow(/such as br:5,gzip:6,zstd \(br 0-11, gzip 1-9, zstd 1-19\)$/);
});
