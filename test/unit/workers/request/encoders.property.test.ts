import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../../src/workers/request/body.ts';
import { headerValue } from '../../../../src/workers/request/header-value.ts';
import { pathTarget } from '../../../../src/workers/request/path.ts';
import { escapeBarePercent, escapePath, escapeQuery } from '../../../../src/workers/request/percent-encoding.ts';
import { decodedQuery, encodedQuery } from '../../../../src/workers/request/query.ts';
import { headersFromBothMaps, headersFromMap } from '../../../../src/workers/request/request-headers.ts';
import { acceptByClient } from './decoding.ts';

/** Any text, and text of what parsers stumble over; both with halves of characters. */
const text = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.string({
    unit: fc.constantFrom('a', '%', '4', 'F', ' ', '+', '&', '=', '\r', '\n', '\0', '\t', '\x7f', '"', '#'),
  }),
  fc.string({ unit: fc.constantFrom('/', '.', '?', '\\', '<', '>', '`', '{', '}', ';', ':', ',', 'é', '日', '😀') }),
);
/** `__proto__` among them: as a computed key it is a name like any other. */
const name = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'a', 'b'));
const lists = fc
  .array(fc.tuple(name, fc.array(text, { minLength: 1, maxLength: 3 })), { maxLength: 5 })
  .map((entries): Record<string, string[]> => Object.fromEntries(entries));
const runs = { numRuns: 500 };

function sendTo(target: string): void {
  acceptByClient({ method: 'GET', target, headers: ['host', 'app'], body: null });
}

/**
 * What a form decoder reads. Node's `URLSearchParams` reads characters beyond ASCII wrongly where they stand beside escapes that
 * are not UTF-8.
 *
 * @see https://url.spec.whatwg.org/#concept-urlencoded-parser
 */
function pairsOf(query: string): string[][] {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const [key = '', ...rest] = pair.split('=');
    return [formDecode(key), formDecode(rest.join('='))];
  });
}

function formDecode(part: string): string {
  const bytes = Buffer.from(part.toWellFormed().replaceAll('+', ' ')).toString('latin1');
  const decoded = bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
  return Buffer.from(decoded, 'latin1').toString('utf8');
}

describe('a path', () => {
  it('is one request target, with no character that ends it or begins a query', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(null, '/a', '/api'), (path, basePath) => {
        const target = pathTarget(path, basePath);
        expect(target).toMatch(/^\/[!-~]*$/);
        expect(target).not.toMatch(/["#<>?`{}\\]/);
        sendTo(target);
      }),
      runs,
    );
  });

  it('that the source had decoded comes back exactly when the app decodes it', () => {
    fc.assert(
      fc.property(text, (path) => {
        // An escape that is left in a decoded path was encoded twice: the app decodes it as one.
        const plain = path.replaceAll('%', '').toWellFormed();
        expect(decodeURIComponent(escapePath(plain))).toBe(plain);
        expect(decodeURIComponent(escapePath(escapeBarePercent(`${plain}%`)))).toBe(`${plain}%`);
      }),
      runs,
    );
  });

  it('is not escaped a second time', () => {
    fc.assert(
      fc.property(text, (path) => {
        expect(escapePath(escapePath(path))).toBe(escapePath(path));
      }),
      runs,
    );
  });
});

describe('a query', () => {
  it('that came as text has no character that ends it or the request line, and decodes to what it did', () => {
    fc.assert(
      fc.property(text, (query) => {
        const escaped = escapeQuery(query);
        expect(escaped).toMatch(/^[!-~]*$/);
        expect(escaped).not.toMatch(/["#<>]/);
        expect(pairsOf(escaped)).toEqual(pairsOf(query));
        expect(escapeQuery(escaped)).toBe(escaped);
        sendTo(`/?${escaped}`);
      }),
      runs,
    );
  });

  it('of decoded names and values comes back exactly when the app decodes it', () => {
    fc.assert(
      fc.property(lists, (parameters) => {
        const query = decodedQuery({ parameters }, JSON.stringify({ parameters }), 'parameters');
        const pairs = Object.entries(parameters).flatMap(([key, values]) =>
          values.map((value) => [key.toWellFormed(), value.toWellFormed()]),
        );
        expect([...new URLSearchParams(`?${query}`)]).toEqual(pairs);
        sendTo(`/?${query}`);
      }),
      runs,
    );
  });

  it('of names and values as they stood in the URL keeps their number and their text', () => {
    fc.assert(
      fc.property(lists, (parameters) => {
        const query = encodedQuery({ parameters }, JSON.stringify({ parameters }), 'parameters');
        const pairs = Object.entries(parameters).flatMap(([key, values]) => values.map((value) => `${key}=${value}`));
        expect(pairsOf(query)).toEqual(pairsOf(pairs.join('&')));
        expect(query).toMatch(/^[!-~]*$/);
        sendTo(`/?${query}`);
      }),
      runs,
    );
  });
});

describe('the headers of an event', () => {
  it('become lines of their own and no others, which the client accepts', () => {
    fc.assert(
      fc.property(lists, fc.boolean(), (multiValueHeaders, hasBoth) => {
        const headers = hasBoth
          ? headersFromBothMaps({ multiValueHeaders, headers: { 'x-one': 'a\r\nx-two: b' } })
          : headersFromMap({ headers: multiValueHeaders }, 'headers');
        const lines = [...headers].flatMap(([key, values]) => values.flatMap((value) => [key, value]));
        for (const line of lines) expect(line).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
        for (const key of headers.keys()) expect(key).toMatch(/^[!#$%&'*+\-.^_`|~0-9a-z]+$/);
        expect(headers.has('x-two')).toBe(false);
        // The decoder itself replaces these two: the client takes one host and no upgrade.
        const sent = lines.filter((_, index) => !['host', 'connection'].includes(lines[index - (index % 2)] ?? ''));
        acceptByClient({ method: 'GET', target: '/', headers: sent, body: null });
      }),
      runs,
    );
  });

  it('have values that come back exactly, but for controls, when the app reads the bytes as UTF-8', () => {
    fc.assert(
      fc.property(text, (value) => {
        const onTheWire = headerValue(value);
        expect(onTheWire).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
        // Written with other means than the encoder has: code by code.
        const expected = Array.from(value.toWellFormed(), (character) => {
          const code = character.codePointAt(0) ?? 0;
          return (code < 32 && code !== 9) || code === 127 ? ' ' : character;
        });
        expect(Buffer.from(onTheWire, 'latin1').toString('utf8')).toBe(expected.join(''));
      }),
      runs,
    );
  });
});

describe('the body of an event', () => {
  it('comes back exactly from base64, in both alphabets, with padding or without', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 200, size: 'max' }),
        fc.constantFrom('base64', 'base64url'),
        (bytes, alphabet) => {
          expect(bodyOf(Buffer.from(bytes).toString(alphabet), 'body', true)).toEqual(Buffer.from(bytes));
        },
      ),
      runs,
    );
  });

  it('comes back exactly from text', () => {
    fc.assert(
      fc.property(text, (body) => {
        const bytes = bodyOf(body, 'body', false);
        expect(bytes === null ? '' : Buffer.from(bytes).toString('utf8')).toBe(body.toWellFormed());
      }),
      runs,
    );
  });
});
