import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { headerOf, type HttpResponse } from '../../../../src/main/http-client/http-response.ts';
import { ResponseCollector } from '../../../../src/main/http-client/response-collector.ts';
import { HttpSyntaxError } from '../../../../src/shared/http/response-head.ts';
import { ResponseParser } from '../../../../src/shared/http/response-parser.ts';

interface Sent {
  readonly wire: Buffer;
  readonly expected: { readonly status: number; readonly tag: string; readonly body: string };
}

const bodyBytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const tag = fc.stringMatching(/^[!-~]{0,8}$/);
const interim = fc.array(fc.constantFrom('HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Hints\r\na: b\r\n\r\n'), {
  maxLength: 2,
});

function message(before: readonly string[], status: number, headers: string, body: Buffer, name: string): Buffer {
  const head = `${before.join('')}HTTP/1.1 ${status} Some Reason\r\nTag: ${name}\r\n${headers}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

const withLength: fc.Arbitrary<Sent> = fc
  .tuple(interim, fc.integer({ min: 200, max: 203 }), tag, bodyBytes)
  .map(([before, status, name, body]) => ({
    wire: message(before, status, `Content-Length: ${body.length}\r\n`, body, name),
    expected: { status, tag: name, body: body.toString('latin1') },
  }));

const bodyless: fc.Arbitrary<Sent> = fc
  .tuple(interim, fc.constantFrom(204, 304), tag)
  .map(([before, status, name]) => ({
    wire: message(before, status, 'content-length: 7\r\n', Buffer.alloc(0), name),
    expected: { status, tag: name, body: '' },
  }));

const chunk = fc.record({
  bytes: fc.uint8Array({ minLength: 1, maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
  upper: fc.boolean(),
  zeros: fc.integer({ min: 0, max: 3 }),
  extension: fc.constantFrom('', ';x', ' ;name=value', ';q="a;b"'),
});

const inChunks: fc.Arbitrary<Sent> = fc
  .tuple(
    interim,
    tag,
    fc.array(chunk, { maxLength: 4 }),
    fc.array(fc.constantFrom('T: 1\r\n', 'U: 2\r\n'), { maxLength: 2 }),
  )
  .map(([before, name, chunks, trailers]) => {
    const encoded = chunks.flatMap(({ bytes, upper, zeros, extension }) => {
      const size = '0'.repeat(zeros) + bytes.length.toString(16);
      return [Buffer.from(`${upper ? size.toUpperCase() : size}${extension}\r\n`), bytes, Buffer.from('\r\n')];
    });
    const body = Buffer.concat([...encoded, Buffer.from(`0\r\n${trailers.join('')}\r\n`)]);
    return {
      wire: message(before, 200, 'transfer-encoding: chunked\r\n', body, name),
      expected: { status: 200, tag: name, body: Buffer.concat(chunks.map(({ bytes }) => bytes)).toString('latin1') },
    };
  });

const untilClose: fc.Arbitrary<Sent> = fc.tuple(tag, bodyBytes).map(([name, body]) => ({
  wire: message([], 200, '', body, name),
  expected: { status: 200, tag: name, body: body.toString('latin1') },
}));

const sequence = fc
  .tuple(fc.array(fc.oneof(withLength, bodyless, inChunks), { maxLength: 4 }), fc.option(untilClose))
  .map(([responses, last]) => (last === null ? responses : responses.concat(last)));

/** Cuts, as numbers from 0 to 1, so that they can be made before it is known how long the stream is. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

function split(stream: Buffer, at: readonly number[]): Buffer[] {
  const positions = [0, ...at.map((share) => Math.floor(share * stream.length)), stream.length].toSorted(
    (a, b) => a - b,
  );
  return positions.slice(1).map((end, index) => stream.subarray(positions[index], end));
}

/** Feeds a parser as a socket would, and then closes. */
function feed(pieces: readonly Buffer[]): HttpResponse[] {
  const responses: HttpResponse[] = [];
  const parser = new ResponseParser(new ResponseCollector((response) => responses.push(response)));
  for (const piece of pieces) parser.push(piece);
  parser.end();
  return responses;
}

function summary(response: HttpResponse): Sent['expected'] {
  const { status, body } = response;
  return { status, tag: headerOf(response, 'tag') ?? '', body: Buffer.concat(body).toString('latin1') };
}

it('the same responses come out, however the network cuts the bytes', () => {
  fc.assert(
    fc.property(sequence, cuts, (sent, at) => {
      const stream = Buffer.concat(sent.map(({ wire }) => wire));
      expect(feed(split(stream, at)).map(summary)).toEqual(sent.map(({ expected }) => expected));
    }),
    { numRuns: 500 },
  );
});

it('also one byte at a time', () => {
  fc.assert(
    fc.property(sequence, (sent) => {
      const stream = Buffer.concat(sent.map(({ wire }) => wire));
      const bytes = Array.from(stream, (_, index) => stream.subarray(index, index + 1));
      expect(feed(bytes).map(summary)).toEqual(sent.map(({ expected }) => expected));
    }),
    { numRuns: 100 },
  );
});

/** A stream that was valid until some of its bytes were changed, taken out or put in. */
const damaged = fc
  .tuple(
    sequence,
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        removed: fc.integer({ min: 0, max: 3 }),
        added: fc.oneof(
          fc.uint8Array({ maxLength: 3 }),
          fc.constantFrom(...['\r\n', '\0', ':', '-1', 'f'].map((s) => Buffer.from(s))),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([sent, damages]) => {
    let stream = Buffer.concat(sent.map(({ wire }) => wire));
    for (const { at, removed, added } of damages) {
      const start = Math.floor(at * stream.length);
      stream = Buffer.concat([stream.subarray(0, start), added, stream.subarray(start + removed)]);
    }
    return stream;
  });

it('whatever comes, it is read or refused with a syntax error and nothing else', () => {
  const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(damaged, noise), cuts, (stream, at) => {
      try {
        const taken = feed(split(stream, at)).reduce(
          (bytes, response) => bytes + Buffer.concat(response.body).length,
          0,
        );
        // No body is invented: what is handed on was sent.
        expect(taken).toBeLessThanOrEqual(stream.length);
      } catch (error) {
        expect(error).toBeInstanceOf(HttpSyntaxError);
      }
    }),
    { numRuns: 1000 },
  );
});
