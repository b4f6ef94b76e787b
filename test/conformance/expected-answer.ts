import type { HttpSource } from '../helpers/events.ts';
import type { ResponseFixture } from './fixtures.ts';

export type AnswerObject = Readonly<Record<string, unknown>>;

/** What is posted to Lambda. */
export type ExpectedResult =
  | { readonly kind: 'answer'; readonly answer: AnswerObject }
  | { readonly kind: 'stream'; readonly prelude: AnswerObject }
  /** The answer to an event that is no request: a JSON value, byte for byte. */
  | { readonly kind: 'event'; readonly text: string }
  | { readonly kind: 'failure'; readonly errorType: string; readonly errorMessage: string };

interface Improvement {
  /** Why what was recorded is not what Lambda should get. */
  readonly reason: string;
  readonly ids: readonly string[];
  readonly apply: (expected: ExpectedResult, fixture: ResponseFixture, source: HttpSource | 'event') => ExpectedResult;
}

const TEXT = 'text-or-binary | api-gateway-v2 |';
const COMPRESSED = 'compression | api-gateway-v1 |';

/** Everything in which an answer differs from the recorded one. */
export const ANSWER_IMPROVEMENTS: readonly Improvement[] = [
  {
    reason: 'fields about the connection to the app end at the adapter (RFC 9110, 7.6.1)',
    ids: [
      'buffered-by-source | api-gateway-v1 | chunked',
      'buffered-by-source | alb | chunked',
      'streaming | api-gateway-v2 | chunked',
    ],
    apply: (expected) => withoutHeader(expected, 'connection'),
  },
  {
    reason: 'repeated fields are joined where the source reads one value (RFC 9110, 5.3), none is lost',
    ids: [
      'buffered-by-source | api-gateway-v2 | cookies-and-duplicates',
      'buffered-by-source | alb | cookies-and-duplicates',
      'streaming | api-gateway-v2 | cookies-and-duplicates',
    ],
    apply: (expected) => withTexts(expected, { vary: 'Origin, Accept', 'x-d': '1, 2' }),
  },
  {
    reason: 'a target group that reads one value per name gets each cookie under another spelling of the name',
    ids: ['buffered-by-source | alb | cookies-and-duplicates'],
    apply: (expected, { app }, source) => {
      const [first, second] = app.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
      return source === 'alb' ? withTexts(expected, { 'set-cookie': first, 'Set-cookie': second }) : expected;
    },
  },
  {
    reason: 'a status without a phrase is described without a space behind it',
    ids: ['buffered-by-source | alb | odd-status'],
    apply: (expected) => withFields(expected, { statusDescription: '299' }),
  },
  {
    reason: 'media types are case-insensitive and may have a space before their parameters (RFC 9110, 8.3.1)',
    ids: [
      `${TEXT} type 'TEXT/HTML'`,
      `${TEXT} type 'Application/JSON'`,
      `${TEXT} type 'application/ld+JSON'`,
      `${TEXT} type 'image/svg+xml ; charset=utf-8'`,
    ],
    apply: asText,
  },
  {
    reason: '"identity" says that the content is not encoded',
    ids: [`${TEXT} content-encoding identity`],
    apply: asText,
  },
  {
    reason: 'bytes that are not UTF-8, or not declared as it, are delivered as they are',
    ids: [
      `${TEXT} no type, invalid utf-8`,
      `${TEXT} latin1`,
      `${TEXT} shift_jis`,
      `${TEXT} unknown charset`,
      `${TEXT} invalid utf-8`,
      `${TEXT} utf-16 BOM`,
    ],
    apply: (expected, { app }) => withFields(expected, { body: app.bodyBase64, isBase64Encoded: true }),
  },
  {
    reason: 'header bytes that are not UTF-8 are read as ISO-8859-1 instead of ending the process',
    ids: ['invalid-header-bytes | api-gateway-v1 | latin1 header value'],
    apply: (_, fixture) =>
      plainAnswer(fixture, {}, { 'content-type': ['text/plain'], 'x-u': ['ñ'], 'content-length': ['1'] }),
  },
  {
    reason: 'header bytes that are not UTF-8 are read as ISO-8859-1 instead of ending the process',
    ids: ['invalid-header-bytes | api-gateway-v2 | latin1 header value'],
    apply: (_, fixture) =>
      withFields(plainAnswer(fixture, { 'content-type': 'text/plain', 'x-u': 'ñ', 'content-length': '1' }, {}), {
        cookies: [],
      }),
  },
  {
    reason: 'cookie bytes that are not UTF-8 are read as ISO-8859-1 instead of ending the process',
    ids: ['invalid-header-bytes | api-gateway-v1 | latin1 set-cookie'],
    apply: (_, fixture) =>
      plainAnswer(fixture, {}, { 'content-type': ['text/plain'], 'set-cookie': ['a=ñ'], 'content-length': ['1'] }),
  },
  {
    reason: 'cookie bytes that are not UTF-8 are read as ISO-8859-1 instead of being lost',
    ids: ['invalid-header-bytes | api-gateway-v2 | latin1 set-cookie'],
    apply: (expected) => withFields(expected, { cookies: ['a=ñ'] }),
  },
  {
    reason: 'cookie bytes that are not UTF-8 are read as ISO-8859-1 instead of ending the process',
    ids: ['invalid-header-bytes | alb | latin1 set-cookie'],
    apply: (_, fixture) => {
      const headers = { 'content-type': 'text/plain', 'set-cookie': 'a=ñ', 'content-length': '1' };
      const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
      return withFields(plainAnswer(fixture, headers, lists), { statusDescription: '200 OK' });
    },
  },
  {
    reason: 'header values beyond ASCII are kept, as text and not as a list',
    ids: ['streaming | api-gateway-v2 | header-utf8', 'streaming | api-gateway-v2 | latin1 header value'],
    apply: (expected) => withTexts(expected, { 'x-u': 'ñ' }),
  },
  {
    reason: 'no content type is made up',
    ids: [
      'streaming | api-gateway-v2 | no type',
      'streaming | api-gateway-v2 | no-content',
      'streaming | api-gateway-v2 | not-modified',
      'streaming | api-gateway-v2 | redirect',
    ],
    apply: (expected) => withoutHeader(expected, 'content-type'),
  },
  {
    reason: 'who sends an event that is no request cannot read the metadata of a stream',
    ids: ['streaming-other-sources | pass-through | json'],
    apply: asJsonText,
  },
  {
    reason: 'the JSON text of the app is the answer as it is',
    ids: ['pass-through | pass-through | json reordered and renumbered'],
    apply: asJsonText,
  },
  {
    reason: 'an event whose answer has an error status is not done: it fails, and its source may try again',
    ids: ['pass-through | pass-through | 500 json', 'error-status-codes | pass-through | 404 not listed'],
    apply: (_, { app }) => ({
      kind: 'failure',
      errorType: 'Function.AppErrorStatus',
      errorMessage: JSON.stringify({ statusCode: app.status, body: textOf(app) }),
    }),
  },
  {
    reason: 'zstd is spoken',
    ids: [`${COMPRESSED} 100 bytes text | zstd`],
    apply: (expected) => compressed(expected, 'zstd'),
  },
  {
    reason: 'an SVG is text whatever parameters its type has',
    ids: [`${COMPRESSED} svg with charset | gzip`],
    apply: (expected) => withLists(compressed(expected, 'gzip'), { vary: ['accept-encoding'] }),
  },
  {
    reason: 'compressing what is compressed already costs time and gains nothing',
    ids: [`${COMPRESSED} video | gzip`],
    apply: (expected, fixture) =>
      withFields(plain(expected, fixture), { body: fixture.app.bodyBase64, isBase64Encoded: true }),
  },
  {
    reason: 'no-transform is obeyed (RFC 9111, 5.2.2.6)',
    ids: [`${COMPRESSED} no-transform | gzip`],
    apply: (expected, fixture) => asText(plain(expected, fixture), fixture),
  },
  {
    reason: 'a strong entity tag is of the plain bytes (RFC 9110, 8.8.1)',
    ids: [`${COMPRESSED} strong etag | gzip`],
    apply: (expected) => withLists(expected, { etag: ['W/"abc"'] }),
  },
  {
    reason: 'what is too small to gain is not compressed, whether or not its length was announced',
    ids: [`${COMPRESSED} small chunked | gzip`],
    apply: (expected, fixture) => asText(plain(expected, fixture), fixture),
  },
];

export function expectedResultOf(
  id: string,
  fixture: ResponseFixture,
  source: HttpSource | 'event' = 'alb',
): ExpectedResult {
  let expected = recorded(fixture);
  for (const { ids, apply } of ANSWER_IMPROVEMENTS) {
    if (ids.includes(id)) expected = apply(expected, fixture, source);
  }
  return expected;
}

function recorded({ source, result }: ResponseFixture): ExpectedResult {
  // The type of a failure is a name of ours in every case, its message is the recorded one.
  if (result.error !== undefined) {
    return { kind: 'failure', errorType: 'Function.AppErrorStatus', errorMessage: result.error.errorMessage };
  }
  if (result.prelude !== undefined) return { kind: 'stream', prelude: asObject(result.prelude) };
  if (source === 'pass-through') return { kind: 'event', text: JSON.stringify(result.response) };
  // Where the process ended there is nothing, and an improvement says all.
  return { kind: 'answer', answer: asObject(result.response ?? {}) };
}

function plainAnswer(fixture: ResponseFixture, headers: object, multiValueHeaders: object): ExpectedResult {
  const { status } = fixture.app;
  const answer = { statusCode: status, headers, multiValueHeaders, body: textOf(fixture.app), isBase64Encoded: false };
  return { kind: 'answer', answer };
}

function asText(expected: ExpectedResult, { app }: ResponseFixture): ExpectedResult {
  return withFields(expected, { body: textOf(app), isBase64Encoded: false });
}

function asJsonText(_expected: ExpectedResult, { app }: ResponseFixture): ExpectedResult {
  return { kind: 'event', text: textOf(app) };
}

function compressed(expected: ExpectedResult, coding: string): ExpectedResult {
  const headers = withLists(withoutHeader(expected, 'content-length'), { 'content-encoding': [coding] });
  return withFields(headers, { isBase64Encoded: true });
}

function plain(expected: ExpectedResult, { app }: ResponseFixture): ExpectedResult {
  const length = app.contentLengthHeader;
  const headers = withoutHeader(withoutHeader(expected, 'vary'), 'content-encoding');
  return withLists(headers, length === undefined ? {} : { 'content-length': [String(length)] });
}

function withFields(expected: ExpectedResult, fields: object): ExpectedResult {
  switch (expected.kind) {
    case 'answer':
      return { ...expected, answer: { ...expected.answer, ...fields } };
    case 'stream':
      return { ...expected, prelude: { ...expected.prelude, ...fields } };
    case 'event':
    case 'failure':
      throw new Error(`a result of kind ${expected.kind} has no fields`);
  }
}

function mapIn(expected: ExpectedResult, name: string): Record<string, unknown> {
  const fields = expected.kind === 'answer' ? expected.answer : expected.kind === 'stream' ? expected.prelude : {};
  return asObject(fields[name] ?? {});
}

function withTexts(expected: ExpectedResult, headers: object): ExpectedResult {
  return withFields(expected, { headers: { ...mapIn(expected, 'headers'), ...headers } });
}

function withLists(expected: ExpectedResult, headers: object): ExpectedResult {
  return withFields(expected, { multiValueHeaders: { ...mapIn(expected, 'multiValueHeaders'), ...headers } });
}

function withoutHeader(expected: ExpectedResult, name: string): ExpectedResult {
  const { [name]: _text, ...headers } = mapIn(expected, 'headers');
  const { [name]: _list, ...multiValueHeaders } = mapIn(expected, 'multiValueHeaders');
  return withFields(expected, expected.kind === 'stream' ? { headers } : { headers, multiValueHeaders });
}

function textOf({ bodyBase64 }: ResponseFixture['app']): string {
  return Buffer.from(bodyBase64, 'base64').toString('utf8');
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error(`${JSON.stringify(value)} is not an object`);
  return { ...value };
}
