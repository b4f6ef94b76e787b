import { describe, expect, it } from 'vitest';
import { excerptOf, headerOf, textHeaderOf } from '../../../../src/main/http-client/http-response.ts';
import { response } from '../responses.ts';

describe('a header', () => {
  it('that is empty is absent', () => {
    expect(headerOf(response(200, { a: '' }), 'a')).toBeNull();
    expect(headerOf(response(200), 'a')).toBeNull();
    expect(textHeaderOf(response(200, { a: '' }), 'a')).toBeNull();
  });

  it('as text is UTF-8', () => {
    const bytes = Buffer.from('{"name":"Zoë 日本"}').toString('latin1');
    expect(textHeaderOf(response(200, { a: bytes }), 'a')).toBe('{"name":"Zoë 日本"}');
    expect(headerOf(response(200, { a: bytes }), 'a')).toBe(bytes);
  });
});

it('an excerpt is one line of limited length', () => {
  expect(excerptOf(response(500, {}, ' first\r\n\tsecond \n'))).toBe('first second');
  expect(excerptOf(response(500, {}, 'x'.repeat(1000)), 10)).toBe('x'.repeat(10));
});
