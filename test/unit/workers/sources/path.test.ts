import { describe, expect, it } from 'vitest';
import { decodeEvent } from '../request/decoding.ts';
import { albEvent, functionUrlEvent, httpApiEvent, httpApiV1Event, latticeV1Event, restEvent } from './events.ts';

function targetOf(event: unknown, basePath: string | null = null): string {
  return decodeEvent(event, { config: { basePath } }).request.target;
}

describe('the path of a request', () => {
  it.each([
    ['/a/../b/./%2e%2E/c', '/a/../b/./%2e%2E/c'],
    ['//a//b/', '//a//b/'],
    ['/a%2Fb%252F%zz%', '/a%2Fb%252F%zz%'],
    ["/^|[]';:@!$&()*+,=~", "/^|[]';:@!$&()*+,=~"],
    ['/a b"c#d<e>f?g`h{i}j\\k', '/a%20b%22c%23d%3Ce%3Ef%3Fg%60h%7Bi%7Dj%5Ck'],
    ['/a\tb\nc\u0000\u007f', '/a%09b%0Ac%00%7F'],
    ['/grün/😀/\ud800', '/gr%C3%BCn/%F0%9F%98%80/%EF%BF%BD'],
    ['items', '/items'],
    ['http://evil.example/', '/http://evil.example/'],
    ['', '/'],
    [null, '/'],
    [undefined, '/'],
    [5, '/5'],
  ])('%j becomes %j', (path, target) => {
    expect(targetOf(restEvent({ path }))).toBe(target);
    expect(targetOf(albEvent({ path }))).toBe(target);
    expect(targetOf(functionUrlEvent({ rawPath: path }))).toBe(target);
    if (path !== null && path !== undefined) expect(targetOf(latticeV1Event({ raw_path: path }))).toBe(target);
  });

  it('of an HTTP API, which arrives decoded, has its bare percent signs encoded', () => {
    expect(targetOf(httpApiEvent({ rawPath: '/100%/%zz/%2F/%' }))).toBe('/100%25/%25zz/%2F/%25');
    expect(targetOf(httpApiV1Event({ path: '/100%/%2F' }))).toBe('/100%25/%2F');
  });

  it('keeps a decoded ? and # apart from the query', () => {
    expect(targetOf(httpApiEvent({ rawPath: '/a?b=c#d', rawQueryString: 'x=1' }))).toBe('/a%3Fb=c%23d?x=1');
  });

  it('may stand under its older name in an HTTP API event', () => {
    expect(targetOf(httpApiEvent({ rawPath: undefined, path: '/old' }))).toBe('/old');
    expect(targetOf(httpApiEvent({ rawPath: '/new', path: '/old' }))).toBe('/new');
  });

  it.each([
    ['/api', '/'],
    ['/api/', '/'],
    ['/api/x', '/x'],
    ['/api/api/x', '/api/x'],
    ['/apix', '/apix'],
    ['/x/api', '/x/api'],
    ['//api/x', '//api/x'],
    ['/API/x', '/API/x'],
    ['api/x', '/x'],
  ])('%j becomes %j without the base path /api', (path, target) => {
    expect(targetOf(restEvent({ path }), '/api')).toBe(target);
  });
});
