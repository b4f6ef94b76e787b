import { describe, expect, it } from 'vitest';
import type { InvokeOutcome } from '../../bench/emulator/types.ts';
import { StreamCheck } from '../../bench/load/stream-check.ts';

const answer = { contentType: 'text/plain', body: Buffer.from('abc'), times: 3, numberAt: null, delayMs: 0, gapMs: 0 };
const PRELUDE = '{"statusCode":200}\0\0\0\0\0\0\0\0';
const ENDED: InvokeOutcome = {
  kind: 'response',
  requestId: 'r',
  streamed: true,
  contentType: null,
  body: Buffer.alloc(0),
  trailers: null,
};

function problem(wire: string, pieceBytes: number, outcome = ENDED): string | null {
  const check = new StreamCheck(answer);
  const bytes = Buffer.from(wire);
  for (let at = 0; at < bytes.length; at += pieceBytes) check.add(bytes.subarray(at, at + pieceBytes));
  return check.problemOf(outcome);
}

describe('the check of streams', () => {
  it.each([1, 2, 5, 100])('accepts the right stream in pieces of %i bytes', (bytes) => {
    expect(problem(`${PRELUDE}abcabcabc`, bytes)).toBe(null);
  });

  it.each([
    ['a wrong byte', `${PRELUDE}abcabxabc`, 'a body that is not the one the app sent from byte'],
    ['a byte too few', `${PRELUDE}abcabcab`, 'a body of 8 bytes'],
    ['a byte too many', `${PRELUDE}abcabcabca`, 'a body of 10 bytes'],
    ['another status', '{"statusCode":502}\0\0\0\0\0\0\0\0abcabcabc', 'status 502'],
    ['no delimiter', '{"statusCode":200}', 'an answer that is not streamed'],
    ['other metadata', 'oops\0\0\0\0\0\0\0\0abcabcabc', 'metadata that is not JSON'],
  ])('finds %s', (_what, wire, message) => {
    expect(problem(wire, 100)).toContain(message);
    expect(problem(wire, 1)).toContain(message);
  });

  it('finds a stream that broke off, and what is no answer', () => {
    const trailers = { errorType: 'Function.AppConnectionReset', errorBody: '' };
    expect(problem(`${PRELUDE}abcabcabc`, 4, { ...ENDED, trailers })).toMatch(/broke off: Function.AppConnectionReset/);
    expect(problem('', 1, { kind: 'truncated', requestId: 'r' })).toBe('truncated');
    expect(problem(`${PRELUDE}abcabcabc`, 4, { ...ENDED, streamed: false })).toMatch(/not streamed/);
  });
});
