import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InvokeOutcome } from '../../bench/emulator/types.ts';
import { judge } from '../../bench/soak/judge.ts';
import { markedBytes } from '../../bench/soak/marked-bytes.ts';
import type { Expected, Shot } from '../../bench/soak/shot.ts';

const OWN = 'soak-000000001';
const OTHER = 'soak-000000002';

function shot(expected: Expected, source: Shot['source'] = 'function-url'): Shot {
  return { id: OWN, kind: 'test', isFault: false, event: '{}', source, timeoutMs: 1000, readDelayMs: 0, expected };
}

function answer(body: string | Buffer, id = OWN, headers: object = {}): InvokeOutcome {
  const isBase64Encoded = typeof body !== 'string';
  const text = typeof body === 'string' ? body : body.toString('base64');
  const envelope = { statusCode: 200, headers: { 'x-soak-id': id, ...headers }, body: text, isBase64Encoded };
  return response(Buffer.from(JSON.stringify(envelope)));
}

function response(body: Buffer, trailers: { errorType: string; errorBody: string } | null = null): InvokeOutcome {
  const streamed = trailers !== null;
  return { kind: 'response', requestId: OWN, streamed, contentType: null, body, trailers };
}

function stream(body: Buffer, errorType: string): InvokeOutcome {
  const prelude = JSON.stringify({ statusCode: 200, headers: { 'x-soak-id': OWN } });
  return response(Buffer.concat([Buffer.from(`${prelude}${'\0'.repeat(8)}`), body]), { errorType, errorBody: '{}' });
}

function failed(errorType: string): Extract<InvokeOutcome, { kind: 'error' }> {
  return { kind: 'error', requestId: OWN, errorType, body: '{}', headers: {} };
}

const GREETING = shot({ kind: 'http', status: 200, body: `hello ${OWN}`, bearsId: true });
const NOT_FOUND = shot({ kind: 'http', status: 404, body: `hello ${OWN}`, bearsId: true });
const RESET = shot({ kind: 'failure', errorType: 'Function.AppConnectionReset' });

describe('the judge of a soak', () => {
  it('finds an answer right that is its own, byte for byte', () => {
    expect(judge(GREETING, answer(`hello ${OWN}`))).toEqual({ kind: 'right' });
  });

  it('takes a compressed answer apart', () => {
    const compressed = answer(gzipSync(`hello ${OWN}`), OWN, { 'content-encoding': 'gzip' });
    expect(judge(GREETING, compressed)).toEqual({ kind: 'right' });
  });

  it('finds an answer crossed that bears the id of another invocation', () => {
    expect(judge(GREETING, answer(`hello ${OWN}`, OTHER)).kind).toBe('crossed');
  });

  it('finds an answer crossed whose body is of another invocation', () => {
    const large = shot({ kind: 'http', status: 200, body: markedBytes(OWN, 5000), bearsId: true });
    expect(judge(large, answer(markedBytes(OTHER, 5000))).kind).toBe('crossed');
  });

  it('finds an answer crossed that came to an invocation of another kind', () => {
    expect(judge(RESET, answer(`{"id":"${OTHER}"}`)).kind).toBe('crossed');
  });

  it('finds an answer unexpected that is cut, has another status, or no id', () => {
    expect(judge(GREETING, answer('hello')).kind).toBe('unexpected');
    expect(judge(NOT_FOUND, answer(`hello ${OWN}`)).kind).toBe('unexpected');
    expect(judge(GREETING, response(Buffer.from(`{"statusCode":200,"body":"hello ${OWN}"}`))).kind).toBe('unexpected');
  });

  it('finds an error right only when it has the type that the fault has to lead to', () => {
    expect(judge(RESET, failed('Function.AppConnectionReset')).kind).toBe('right');
    expect(judge(RESET, failed('Function.AppTimeout')).kind).toBe('unexpected');
    expect(judge(GREETING, failed('Function.AppConnectionReset')).kind).toBe('unexpected');
  });

  it('finds a broken stream right when it has the error trailers and its own beginning', () => {
    const body = markedBytes(OWN, 300);
    const broken = shot({ kind: 'broken-stream', errorType: 'Function.AppConnectionReset', body });
    expect(judge(broken, stream(body, 'Function.AppConnectionReset')).kind).toBe('right');
    expect(judge(broken, stream(body, 'Function.AppTimeout')).kind).toBe('unexpected');
    expect(judge(broken, stream(body.subarray(10), 'Function.AppConnectionReset')).kind).toBe('unexpected');
  });

  it('finds an invocation lost that nobody answered', () => {
    for (const kind of ['timeout', 'refused', 'truncated'] as const) {
      expect(judge(RESET, { kind, requestId: OWN }).kind).toBe('lost');
    }
  });

  it('finds an invocation lost whose adapter has ended, whatever its last lines of log say', () => {
    expect(judge(RESET, { ...failed('Extension.Crash'), body: OTHER }).kind).toBe('lost');
  });
});
