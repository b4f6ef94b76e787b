import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../../src/shared/errors.ts';
import { acceptByClient, decodeBytes, decodeEvent, decodeText, linesOf } from './request/decoding.ts';
import { functionUrlEvent, REQUEST_EVENTS } from './sources/events.ts';

describe('an event', () => {
  it.each([
    ['nothing', '', /it is empty; accepted: one JSON value/],
    ['whitespace', ' \n', /it is empty/],
    ['a byte order mark alone', '\ufeff', /it is empty/],
    ['no JSON', 'secret', /its 6 bytes are not one JSON value/],
    ['half of a value', '{"a":', /are not one JSON value/],
    ['text after the value', '{"a":1} secret', /are not one JSON value/],
    ['two byte order marks', '\ufeff\ufeff{}', /are not one JSON value/],
  ])('of %s is refused', (_what, text, message) => {
    expect(() => decodeText(text)).toThrow(
      expect.objectContaining({ errorType: 'Function.InvalidEvent', message: expect.stringMatching(message) }),
    );
    expect(() => decodeText(text)).not.toThrow(/secret/);
  });

  it('of bytes that are not UTF-8 is refused, and the next one is not', () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    expect(() => decodeBytes(bytes)).toThrow(/its 10 bytes are not valid UTF-8/);
    expect(() => decodeBytes(Buffer.from([0xe2, 0x82]))).toThrow(/not valid UTF-8/);
    expect(decodeText('{}').kind).toBe('event');
  });

  it('is a request behind a byte order mark and between whitespace too', () => {
    expect(decodeText(`\ufeff\n ${JSON.stringify(functionUrlEvent())} \r\n`).request.target).toBe('/items');
  });

  it('is a request when it arrived in pieces that cut a character', () => {
    const bytes = new TextEncoder().encode(JSON.stringify(functionUrlEvent({ rawPath: '/grün' })));
    const cut = bytes.indexOf(0xc3) + 1;
    const event = [bytes.subarray(0, cut), bytes.subarray(cut)];
    expect(decodeEvent(null, { invocation: { event } }).request.target).toBe('/gr%C3%BCn');
  });

  it('may be nested deeper than the call stack', () => {
    expect(decodeText('['.repeat(200_000) + ']'.repeat(200_000)).kind).toBe('event');
  });
});

function decodeOwn(event: object): {
  readonly decoded: ReturnType<typeof decodeText>;
  readonly memory: ArrayBufferLike;
} {
  const bytes = new TextEncoder().encode(JSON.stringify(event));
  return { decoded: decodeBytes(bytes), memory: bytes.buffer };
}

describe('a large event', () => {
  const upload = Buffer.alloc(100_000, 'upload').toString('base64');

  it.each(REQUEST_EVENTS)('of %s is freed when its body is decoded', (_source, event) => {
    const { decoded, memory } = decodeOwn({ ...event, body: upload, isBase64Encoded: true, is_base64_encoded: true });
    expect(decoded.request.body).toEqual(Buffer.from(upload, 'base64'));
    expect(memory.byteLength).toBe(0);
  });

  it.each(REQUEST_EVENTS)('of %s stays when its body is a view of it', (_source, event) => {
    const { decoded, memory } = decodeOwn({ ...event, body: upload, isBase64Encoded: false, is_base64_encoded: false });
    expect(decoded.request.body).toEqual(Buffer.from(upload));
    expect(memory.byteLength).toBeGreaterThan(upload.length);
  });

  it('that is no request stays, as the app gets it', () => {
    const event = { body: upload };
    const { decoded, memory } = decodeOwn(event);
    expect(decoded.kind).toBe('event');
    expect(Buffer.from(decoded.request.body ?? []).toString()).toBe(JSON.stringify(event));
    expect(memory.byteLength).toBeGreaterThan(upload.length);
  });

  it('that is a part of other memory leaves that alone', () => {
    const event = Buffer.from(JSON.stringify(functionUrlEvent({ body: upload, isBase64Encoded: true })));
    const more = Buffer.concat([event, Buffer.from('more')]);
    const { request } = decodeBytes(more.subarray(0, event.length));
    expect(request.body).toEqual(Buffer.from(upload, 'base64'));
    expect(more.subarray(event.length).toString()).toBe('more');
  });
});

/** Text with what breaks parsers: controls, quotes, escapes, halves of characters. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '%', '2', 'F', ' ', '\r', '\n', '\0', '\x7f', '"', '#', '?', ',', '=', ':') }),
  fc.constantFrom('\ud800', '\udfffx', '[', 'a.example, b.example', '__proto__', 'CONNECT', '\u212a', ''),
);
const oddName = fc.oneof(
  oddText,
  fc.constantFrom('Host', 'host', 'connection', 'Content-Length', 'expect', 'Transfer-Encoding', 'upgrade', 'cookie'),
  fc.constantFrom('x-amzn-request-context', 'x-amz-tenant-id', 'accept-encoding', 'authorization', '__proto__'),
);
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { depthSize: 'small', withCrossShrink: true },
  oddText,
  fc.constantFrom(null, true, false, 0, -1.5, 1e300, [], {}),
  fc.array(oddText, { maxLength: 3 }),
  fc.dictionary(oddName, fc.oneof(oddText, fc.array(oddText, { maxLength: 3 }), fc.jsonValue()), { maxKeys: 5 }),
  fc.jsonValue(),
);

type Fields = Readonly<Record<string, unknown>>;
type Changes = readonly (readonly [name: string, value: unknown])[];

function mutate(event: Fields, fields: Changes, contextFields: Changes): Fields {
  const context = typeof event.requestContext === 'object' ? event.requestContext : {};
  const requestContext = { ...context, ...Object.fromEntries(contextFields) };
  return { ...event, requestContext, ...Object.fromEntries(fields) };
}

/** Field names that some source reads. */
const knownField = fc.constantFrom(
  ...new Set(REQUEST_EVENTS.flatMap(([, event]) => Object.keys(event))),
  'cookies',
  'type',
  'methodArn',
  'multiValueHeaders',
);

/** Methods that would take the connection out of HTTP, or begin a request of their own. */
const oddMethod = fc.tuple(
  fc.constantFrom('httpMethod', 'method'),
  fc.constantFrom('CONNECT', 'GET / HTTP/1.1\r\nhost: a\r\n\r\nGET', 'GET /a', 'M\u00c9THODE', ''),
);

const mutatedEvent = fc
  .tuple(
    fc.constantFrom(...REQUEST_EVENTS.map(([, event]) => event)),
    fc.array(fc.oneof({ weight: 9, arbitrary: fc.tuple(knownField, oddValue) }, { weight: 1, arbitrary: oddMethod }), {
      maxLength: 4,
    }),
    fc.array(fc.tuple(fc.constantFrom('http', 'elb', 'domainName', 'serviceArn', 'x'), oddValue), { maxLength: 2 }),
  )
  .map(([event, fields, contextFields]) => mutate(event, fields, contextFields));

const oddInvocation = fc.record({
  requestId: oddText,
  functionArn: fc.option(oddText),
  traceId: fc.option(oddText),
  clientContext: fc.option(fc.oneof(oddText, fc.json())),
  cognitoIdentity: fc.option(fc.oneof(oddText, fc.json())),
  tenantId: fc.option(oddText),
});

const oddConfig = fc.record({
  basePath: fc.constantFrom(null, '/items', '/a'),
  passThroughPath: oddText,
  authorizationSource: fc.constantFrom(null, 'x-auth', 'host', 'connection', 'x-amzn-request-context'),
});

/** Decodes it and checks the request, unless the event is refused as it may be. */
function checkRequest(decode: () => ReturnType<typeof decodeText>): boolean {
  let request;
  try {
    ({ request } = decode());
  } catch (error) {
    if (error instanceof AdapterError && error.errorType === 'Function.InvalidEvent') return false;
    throw error;
  }
  expect(request.target).toMatch(/^\/[\x21-\x7e]*$/);
  expect(request.method).not.toBe('CONNECT');
  expect(request.body?.length).not.toBe(0);
  expect(request.headers.filter((_, index) => index % 2 === 0).every((name) => /^[!-~]+$/.test(name))).toBe(true);
  expect(request.headers.every((line) => /^[\t\x20-\x7e\x80-\xff]*$/.test(line))).toBe(true);
  expect(linesOf(request, 'content-length')).toEqual([]);
  expect(linesOf(request, 'x-amz-tenant-id').length).toBeLessThanOrEqual(1);
  acceptByClient(request);
  return true;
}

describe('whatever the event holds', () => {
  it('any JSON value becomes a request that the client sends, or is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          oddValue.map((value) => JSON.stringify(value)),
        ),
        oddInvocation,
        (text, fields) => {
          checkRequest(() => decodeText(text, { invocation: fields }));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a request event with odd fields becomes a request that the client sends, or is refused', () => {
    let accepted = 0;
    fc.assert(
      fc.property(mutatedEvent, oddInvocation, oddConfig, (event, fields, config) => {
        if (checkRequest(() => decodeEvent(event, { invocation: fields, config }))) accepted++;
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it('any bytes become a request or are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        checkRequest(() => decodeBytes(bytes));
      }),
      { numRuns: 300 },
    );
  });
});
