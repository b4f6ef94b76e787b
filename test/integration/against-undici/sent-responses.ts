import * as fc from 'fast-check';
import type { Method } from './clients.ts';

/** What the app sends in answer to one request. */
export interface Sent {
  readonly method: Method;
  /** In as many writes. */
  readonly pieces: readonly Buffer[];
  /** Whether it closes the connection then. */
  readonly closes: boolean;
}

/** Common ones would be all that is tried. */
function seldom<T>(rare: T, common: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant(rare) }, { weight: 9, arbitrary: fc.constant(common) });
}

const NAMES = ['X-A', 'x-a', 'Set-Cookie', 'Content-Type', 'Keep-Alive', 'Upgrade', 'Trailer', '__proto__'];
const VALUES = [
  '',
  'a',
  ' \t padded \t ',
  'a:b',
  'caf\xc3\xa9',
  '\xff\xa0',
  'timeout=5, max=9',
  'h2c',
  'x'.repeat(300),
];

const fieldLine = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(':', ': '), fc.constantFrom(...VALUES))
  .map((parts) => parts.join(''));
const connectionLine = fc.constantFrom(
  'Connection: close',
  'Connection: keep-alive',
  'Connection: Keep-Alive, Upgrade',
  'connection: x, CLOSE',
  'Connection: upgrade',
);

const bodyBytes = fc
  .oneof(
    { weight: 4, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    { weight: 1, arbitrary: fc.constant(new Uint8Array(70_000).fill(97)) },
  )
  .map((bytes) => Buffer.from(bytes).toString('latin1'));

interface Content {
  readonly lines: readonly string[];
  readonly bytes: string;
}

const withLength: fc.Arbitrary<Content> = fc
  .tuple(bodyBytes, fc.constantFrom(': ', ':', ': 0'), seldom(['content-length: 1'], []))
  .map(([bytes, colon, more]) => ({ lines: [`Content-Length${colon}${bytes.length}`, ...more], bytes }));

const chunk = fc
  .tuple(bodyBytes, fc.constantFrom('', '0', '00'), fc.constantFrom('', ';x', ';a=b', ';a="b c;"'), seldom(' ', ''))
  .filter(([bytes]) => bytes !== '')
  .map(
    ([bytes, zeros, extension, blank]) => `${zeros}${bytes.length.toString(16)}${blank}${extension}\r\n${bytes}\r\n`,
  );
const trailer = fc.oneof(fc.constantFrom('T: 1\r\n', 'x-checksum: \xff\r\n'), seldom('Content-Length: 5\r\n', ''));

const inChunks: fc.Arbitrary<Content> = fc
  .tuple(
    fc.oneof(fc.constantFrom('chunked', 'CHUNKED'), seldom('gzip, chunked', 'chunked')),
    fc.array(chunk, { maxLength: 3 }),
    fc.array(trailer, { maxLength: 2 }),
    seldom(['Content-Length: 3'], []),
  )
  .map(([coding, chunks, trailers, length]) => ({
    lines: [`Transfer-Encoding: ${coding}`, ...length],
    bytes: `${chunks.join('')}0\r\n${trailers.join('')}\r\n`,
  }));

const untilClose: fc.Arbitrary<Content> = bodyBytes.map((bytes) => ({ lines: [], bytes }));

const interim = fc.constantFrom('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n', 'HTTP/1.1 102 Processing\r\n\r\n');
const status = fc.constantFrom(200, 200, 200, 201, 204, 205, 206, 226, 304, 404, 500, 599, 600, 999);

const whole: fc.Arbitrary<string> = fc
  .record({
    before: fc.array(interim, { maxLength: 2 }),
    version: fc.constantFrom('1.1', '1.1', '1.1', '1.0'),
    status,
    reason: fc.constantFrom(' OK', '', ' ', ' Some  Reason', ' \xe9'),
    content: fc.oneof(withLength, withLength, inChunks, untilClose),
    lines: fc.array(fc.oneof({ weight: 3, arbitrary: fieldLine }, { weight: 1, arbitrary: connectionLine }), {
      maxLength: 4,
    }),
    surplus: fc.oneof(seldom('\r\n', ''), seldom('x', ''), seldom('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', '')),
  })
  .map(({ before, version, status: code, reason, content, lines, surplus }) => {
    const fields = [...lines, ...content.lines].map((line) => `${line}\r\n`).join('');
    return `${before.join('')}HTTP/${version} ${code}${reason}\r\n${fields}\r\n${content.bytes}${surplus}`;
  });

/** A place in a text whose length is not known yet. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

const damage = fc.record({
  at: place,
  removed: fc.integer({ min: 0, max: 3 }),
  added: fc.oneof(
    fc.uint8Array({ maxLength: 2 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom('\r\n', '\n', '\r', '\0', ':', ' ', '\t', '-1', 'f', ';', '\x7f', '\x80'),
  ),
});

const bytes = fc
  .tuple(
    whole,
    fc.oneof(
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(damage, { minLength: 1, maxLength: 2 }) },
    ),
  )
  .map(([text, damages]) =>
    damages.reduce((damaged, { at, removed, added }) => {
      // Most of them in the head, where most can go wrong.
      const start = Math.floor(at * Math.min(damaged.length, 400));
      return damaged.slice(0, start) + added + damaged.slice(start + removed);
    }, text),
  );

export const sentResponse: fc.Arbitrary<Sent> = fc
  .record({
    method: fc.constantFrom<Method>('GET', 'GET', 'GET', 'POST', 'HEAD'),
    text: bytes,
    cuts: fc.array(place, { maxLength: 5 }),
    closes: fc.boolean(),
  })
  .map(({ method, text, cuts, closes }) => ({ method, pieces: split(Buffer.from(text, 'latin1'), cuts), closes }));

function split(stream: Buffer, cuts: readonly number[]): Buffer[] {
  const positions = [0, ...cuts.map((cut) => Math.floor(cut * stream.length)), stream.length].toSorted((a, b) => a - b);
  return positions.slice(1).map((end, index) => stream.subarray(positions[index], end));
}
