import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InvokeOutcome } from '../../bench/emulator/types.ts';
import { AnswerCheck } from '../../bench/load/answer-check.ts';
import { findScenario, SCENARIOS } from '../../bench/scenarios/index.ts';
import type { Exchange } from '../../bench/scenarios/scenario.ts';

const COMPRESS = { gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync };

function exchangeOf(name: string): Exchange {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  return scenario.measured;
}

function response(envelope: unknown): InvokeOutcome {
  const body = Buffer.from(typeof envelope === 'string' ? envelope : JSON.stringify(envelope));
  return { kind: 'response', requestId: 'r', streamed: false, contentType: null, body, trailers: null };
}

function rightEnvelope({ contentCoding, answer }: Exchange) {
  const bytes = contentCoding === null ? answer.body : COMPRESS[contentCoding](answer.body);
  const headers = { ...(contentCoding !== null && { 'Content-Encoding': contentCoding }) };
  return { statusCode: 200, headers, body: bytes.toString('base64'), isBase64Encoded: true };
}

const BUFFERED = SCENARIOS.filter(({ measured }) => !measured.isStreamed);

describe('the check of answers', () => {
  it.each(BUFFERED)('accepts the right answer of $name again and again', ({ measured: exchange }) => {
    const check = new AnswerCheck(exchange);
    const right = response(rightEnvelope(exchange));
    expect([1, 2, 3].map(() => check.problemOf(right))).toEqual([null, null, null]);
  });

  it('accepts text that is not base64, and an envelope that is written another way', () => {
    const exchange = exchangeOf('small-json');
    const check = new AnswerCheck(exchange);
    const body = exchange.answer.body.toString();
    expect(check.problemOf(response({ body, statusCode: 200 }))).toBe(null);
    expect(check.problemOf(response(JSON.stringify({ statusCode: 200, body }, null, 2)))).toBe(null);
  });

  it('notices a wrong status in an answer as long as a right one', () => {
    const exchange = exchangeOf('small-json');
    const check = new AnswerCheck(exchange);
    const right = rightEnvelope(exchange);
    expect(check.problemOf(response(right))).toBe(null);
    expect(check.problemOf(response({ ...right, statusCode: 502 }))).toMatch(/^status 502/);
  });

  it('notices a body that is shorter, or of the same length and different', () => {
    const exchange = exchangeOf('small-json');
    const changed = Buffer.from(exchange.answer.body);
    changed.write('!', 40);
    for (const body of [exchange.answer.body.subarray(1), changed]) {
      const envelope = { statusCode: 200, body: body.toString() };
      expect(new AnswerCheck(exchange).problemOf(response(envelope))).toMatch(/not the one the app sent/);
    }
  });

  describe('of pages of which no two are the same', () => {
    const exchange = exchangeOf('html-100k-gzip-varied');
    const page = exchange.answer.body;
    const numberAt = exchange.answer.numberAt ?? NaN;
    /** Compressed to the same length whatever it is, as if the compressor did nothing. */
    const withText = (text: string, at = numberAt): InvokeOutcome => {
      const body = Buffer.from(page);
      body.write(text, at);
      const compressed = gzipSync(body, { level: 0 }).toString('base64');
      const headers = { 'content-encoding': 'gzip' };
      return response({ statusCode: 200, headers, body: compressed, isBase64Encoded: true });
    };
    const numbered = (number: number) => withText(String(number).padStart(9, '0'));

    it('accepts each number, once', () => {
      const check = new AnswerCheck(exchange);
      const problems = Array.from({ length: 100 }, (_, number) => check.problemOf(numbered(number)));
      expect(new Set(problems)).toEqual(new Set([null]));
    });

    it('notices numbers that come again, and pages that differ in more, also later on', () => {
      const wrong = [numbered(1), withText('!', 20), withText('!', page.length - 1), withText('00000000x')];
      const problems = wrong.map((outcome) => {
        const check = new AnswerCheck(exchange);
        check.problemOf(numbered(1));
        return Array.from({ length: 40 }, () => check.problemOf(outcome)).find((problem) => problem !== null);
      });
      const another = expect.stringMatching(/not the one the app sent/);
      expect(problems).toEqual(['the page with number 1 for the second time', another, another, another]);
    });
  });

  it('notices an answer that should have been compressed, or should not', () => {
    const plain = exchangeOf('html-100k');
    const gzip = exchangeOf('html-100k-gzip');
    expect(new AnswerCheck(gzip).problemOf(response(rightEnvelope(plain)))).toBe('content-encoding null, not gzip');
    expect(new AnswerCheck(plain).problemOf(response(rightEnvelope(gzip)))).toBe('content-encoding gzip, not null');
  });

  it('calls an answer that is not JSON, and an outcome that is no answer, by its name', () => {
    const check = new AnswerCheck(exchangeOf('small-json'));
    expect(check.problemOf(response('oops'))).toMatch(/cannot be read .*oops/);
    expect(check.problemOf({ kind: 'timeout', requestId: 'r' })).toBe('timeout');
    expect(check.problemOf({ kind: 'refused', requestId: 'r' })).toBe('refused');
    const error = { kind: 'error', requestId: 'r', errorType: 'Function.X', body: '{}', headers: {} } as const;
    expect(check.problemOf(error)).toBe('error Function.X: {}');
  });
});
