import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReservedPaths, type IsReserved } from '../../../../src/workers/request/reserved-paths.ts';
import { pathTarget } from '../../../../src/workers/request/path.ts';

const isReserved = reservedPaths('/snapstart/after-restore');

function reservedPaths(afterRestorePath: string): IsReserved {
  const made = createReservedPaths({ beforeCheckpointPath: null, afterRestorePath });
  if (made === null) throw new Error('there is a path to keep');
  return made;
}

describe('a path that only the adapter may ask for is recognised', () => {
  it.each([
    '/snapstart/after-restore',
    '/snapstart/after-restore?x=1',
    '/snapstart/after-restore/',
    '/snapstart/after-restore//',
    '/SnapStart/After-Restore',
    '//snapstart//after-restore',
    '/%73napstart/after-restore',
    '/snapstart/after%2Drestore',
    '/snapstart/after%2drestore',
    '/snapstart%2Fafter-restore',
    '/snapstart%2fafter-restore%2f',
    '/%2573napstart/after-restore',
    '/%25252573napstart/after-restore',
    '/snapstart/after-restore;x=1',
    '/snapstart;jsessionid=1/after-restore',
    '/snapstart/after-restore%3Bx=1',
    '/snapstart/after-restore;a=%2Fb',
    '/;%2Fsnapstart/after-restore',
    '/;/snapstart/after-restore',
    '/snapstart%5Cafter-restore',
    '/snapstart%5cafter-restore%5c',
    '/%5Csnapstart/after-restore',
    '/./snapstart/./after-restore/.',
    '/x/../snapstart/after-restore',
    '/../../snapstart/after-restore',
    '/snapstart/after-restore/x/..',
    '/x/%2e%2e/snapstart/after-restore',
    '/x/%2E./snapstart/after-restore',
    '/x/..;/snapstart/after-restore',
    '/x/..;a=b/snapstart/after-restore',
    '/x%2F..%2Fsnapstart/after-restore',
    '/a%2Fb/../snapstart/after-restore',
    '/x%5C..%5Csnapstart/after-restore',
    '//evil.example/snapstart/after-restore',
    '/%5Cevil.example/snapstart/after-restore',
    '///evil.example/x/../snapstart/after-restore',
    '/snapstart/after-restore%3Fx=1',
    '/snapstart/after-restore%23x',
    '/snapstart/after-restore%00.png',
    '/snapstart/after-restore%20',
    '/snap%09start/after-%0Arestore',
  ])('when it is spelled %s', (target) => {
    expect(isReserved(target)).toBe(true);
  });

  it('whatever the event says, after the base path was taken away', () => {
    for (const path of ['/base/snapstart/after-restore', '/base/snapstart/x\\..\\after-restore'])
      expect(reservedPaths('/after-restore')(pathTarget(path, '/base/snapstart'))).toBe(true);
  });

  it('under any pile of encodings', () => {
    const piled = array(
      constantFrom(
        (path: string) => path.replace(/[a-z]/, (char) => `%${char.charCodeAt(0).toString(16)}`),
        (path: string) => path.replaceAll('%', '%25'),
        (path: string) => path.replace('/s', '/./s'),
        (path: string) => `/x/..${path}`,
        (path: string) => path.replace(/\/(?=[^/]*$)/, ';a/'),
        (path: string) => `${path};b=1`,
        (path: string) => path.replace('/', '//'),
        (path: string) => path.toUpperCase(),
      ),
      { maxLength: 4 },
    );
    assert(
      property(piled, (spell) => {
        expect(isReserved(spell.reduce((path, step) => step(path), '/snapstart/after-restore'))).toBe(true);
      }),
    );
  });
});

describe('any other path is not', () => {
  it.each([
    '/',
    '/snapstart',
    '/snapstart/after-restore/x',
    '/snapstart/after-restored',
    '/x/snapstart/after-restore',
    '/snapstart/after',
    '/snapstart/x/after-restore',
    '/snapstart/after-restore/..',
    '/%E2%82%AC/a%20b?c=%2Fsnapstart%2Fafter-restore',
    '/a%2Fb;x=1//c/../d%25',
    '/q?/snapstart/after-restore',
    '/q?back=/../../snapstart/after-restore',
  ])('%s', (target) => {
    expect(isReserved(target)).toBe(false);
  });
});

it('no path is looked at when there is none to keep', () => {
  expect(createReservedPaths({ beforeCheckpointPath: null, afterRestorePath: null })).toBeNull();
});

it('both paths are kept', () => {
  const both = createReservedPaths({ beforeCheckpointPath: '/Before', afterRestorePath: '/after' });
  expect(['/before', '/After', '/other'].map((target) => both?.(target))).toEqual([true, true, false]);
});

it('a path that was made to be read in many ways is refused, and takes no long time', () => {
  const startedAt = performance.now();
  for (const piece of ['%25', '/', '/..', ';', '/%2e%2e%2f;', '%5C', '%2525252f..;a/', '//a/']) {
    const path = `/${piece.repeat(2000)}`;
    isReserved(path);
    isReserved(`${path}x`);
  }
  expect(isReserved(`/${'%25'.repeat(1000)}x`)).toBe(false);
  expect(isReserved(`/%${'25'.repeat(1000)}73x`)).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
