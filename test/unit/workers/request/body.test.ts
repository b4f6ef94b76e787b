import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../../src/workers/request/body.ts';

function textOfBody(value: unknown, isBase64: unknown): string | null {
  const body = bodyOf(value, 'body', isBase64);
  return body === null ? null : Buffer.from(body).toString('utf8');
}

describe('the body of a request', () => {
  it.each([
    ['text', 'text'],
    ['Grün 😀', 'Grün 😀'],
    ['a\ud800b', 'a\ufffdb'],
    [' \r\n', ' \r\n'],
    [12.5, '12.5'],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j is sent as the UTF-8 bytes of %j', (value, text) => {
    expect(textOfBody(value, false)).toBe(text);
    expect(textOfBody(value, undefined)).toBe(text);
    expect(textOfBody(value, null)).toBe(text);
  });

  it.each([
    ['c3ViamVjdHM/Pj4=', 'subjects?>>'],
    ['c3ViamVjdHM_Pj4=', 'subjects?>>'],
    ['c3ViamVjdHM_Pj4', 'subjects?>>'],
    [' c3Viam\r\nVjdHM/\tPj4=\n', 'subjects?>>'],
    ['YQ==', 'a'],
    ['YQ', 'a'],
    ['YR==', 'a'],
    ['YWI=', 'ab'],
    ['', null],
    ['\n', null],
    [null, null],
  ])('%j decodes to %j', (value, text) => {
    expect(textOfBody(value, true)).toBe(text);
    expect(textOfBody(value, 'true')).toBe(text);
  });

  it('keeps bytes that are no text', () => {
    expect(bodyOf('/wD+', 'body', true)).toEqual(Buffer.from([0xff, 0x00, 0xfe]));
  });

  it.each(['not really base64', 'Hello from Lambda', '{"a":1}', 'YWJ\u00fc', 'YWJjZ', 'YQ==YQ==', '====a', '%%%%'])(
    '%j is refused as base64, and not quoted',
    (value) => {
      expect(() => bodyOf(value, 'body', true)).toThrow(
        expect.objectContaining({
          errorType: 'Function.InvalidEvent',
          message: expect.stringMatching(/body is text; accepted: base64/),
        }),
      );
      expect(() => bodyOf(value, 'body', true)).not.toThrow(value);
    },
  );

  it('of line breaks alone takes time in proportion to its length', () => {
    const started = performance.now();
    expect(() => bodyOf(`${'\n'.repeat(2_000_000)}!`, 'body', true)).toThrow();
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([{}, [], ['a']])('is refused as %j', (value) => {
    expect(() => bodyOf(value, 'body', false)).toThrow(expect.objectContaining({ errorType: 'Function.InvalidEvent' }));
  });
});
