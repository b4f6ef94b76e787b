import { describe, expect, it } from 'vitest';
import type { Decoded, Header } from '../../../../src/workers/types.ts';
import { decodeEvent } from '../request/decoding.ts';
import {
  albEvent,
  albMultiValueEvent,
  functionUrlEvent,
  httpApiEvent,
  httpApiV1Event,
  latticeV1Event,
  latticeV2Event,
  restEvent,
} from './events.ts';

const HEADERS: readonly Header[] = [
  ['content-type', 'text/plain'],
  ['set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
  ['vary', 'Origin'],
  ['set-cookie', 'b=2'],
  ['vary', 'Accept'],
  ['set-cookie', 'c=3'],
];
const COOKIES = ['a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT', 'b=2', 'c=3'];
const LISTS = { 'content-type': ['text/plain'], 'set-cookie': COOKIES, vary: ['Origin', 'Accept'] };
const JOINED = { 'content-type': 'text/plain', vary: 'Origin, Accept' };

function httpOf(event: unknown): Extract<Decoded, { kind: 'http' }> {
  const decoded = decodeEvent(event);
  if (decoded.kind !== 'http') throw new Error('not an HTTP request');
  return decoded;
}

function answerTo(event: unknown, status = 200, headers = HEADERS): unknown {
  return httpOf(event).envelope(status, headers);
}

describe('the answer to a REST API', () => {
  it.each([
    ['payload of a REST API', restEvent()],
    ['payload 1.0 of an HTTP API', httpApiV1Event()],
  ])('has its headers in the map with lists alone: %s', (_source, event) => {
    expect(answerTo(event)).toEqual({ statusCode: 200, headers: {}, multiValueHeaders: LISTS });
  });

  it('begins a stream with single values and lists in a map of their own', () => {
    expect(httpOf(restEvent()).prelude?.(200, HEADERS)).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain' },
      cookies: COOKIES,
      multiValueHeaders: { vary: ['Origin', 'Accept'] },
    });
  });

  it('begins a stream without that map when no header is repeated', () => {
    expect(httpOf(restEvent()).prelude?.(204, [['etag', '"x"']])).toEqual({
      statusCode: 204,
      headers: { etag: '"x"' },
      cookies: [],
    });
  });
});

describe.each([
  ['HTTP API', httpApiEvent()],
  ['function URL', functionUrlEvent()],
])('the answer to a %s', (_source, event) => {
  it('joins repeated headers and lists the cookies', () => {
    expect(answerTo(event)).toEqual({ statusCode: 200, headers: JOINED, multiValueHeaders: {}, cookies: COOKIES });
    expect(answerTo(event, 204, [])).toEqual({ statusCode: 204, headers: {}, multiValueHeaders: {}, cookies: [] });
  });

  it('begins a stream the same way', () => {
    expect(httpOf(event).prelude?.(200, HEADERS)).toEqual({ statusCode: 200, headers: JOINED, cookies: COOKIES });
  });
});

describe('the answer to a load balancer', () => {
  const spelled = { ...JOINED, 'set-cookie': COOKIES[0], 'Set-cookie': COOKIES[1], 'sEt-cookie': COOKIES[2] };

  it('spells the names of its cookies apart where the target group reads single values', () => {
    expect(answerTo(albEvent())).toEqual({
      statusCode: 200,
      statusDescription: '200 OK',
      headers: spelled,
      multiValueHeaders: LISTS,
    });
  });

  it('has lists where the target group reads lists', () => {
    expect(answerTo(albMultiValueEvent())).toEqual({
      statusCode: 200,
      statusDescription: '200 OK',
      headers: { ...JOINED, 'set-cookie': COOKIES[0] },
      multiValueHeaders: LISTS,
    });
  });

  it.each([
    [404, '404 Not Found'],
    [299, '299'],
  ])('describes status %i as %j', (status, statusDescription) => {
    expect(answerTo(albEvent(), status, [])).toEqual({
      statusCode: status,
      statusDescription,
      headers: {},
      multiValueHeaders: {},
    });
  });

  it('has no stream', () => {
    expect(httpOf(albEvent()).prelude).toBeNull();
    expect(httpOf(albMultiValueEvent()).prelude).toBeNull();
  });
});

describe.each([
  ['1', latticeV1Event()],
  ['2', latticeV2Event()],
])('the answer to VPC Lattice %s', (_version, event) => {
  it('has single values and no stream', () => {
    expect(answerTo(event)).toEqual({
      statusCode: 200,
      headers: { ...JOINED, 'set-cookie': COOKIES[0], 'Set-cookie': COOKIES[1], 'sEt-cookie': COOKIES[2] },
    });
    expect(httpOf(event).prelude).toBeNull();
  });
});

describe('a response header with a name that means something to the language', () => {
  it.each([restEvent(), httpApiEvent(), albEvent(), latticeV2Event()])('is answered like any other (%#)', (event) => {
    const headers: readonly Header[] = [
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ];
    const json = JSON.stringify(answerTo(event, 200, headers));
    expect(json).toMatch(/"__proto__":\[?"x"/);
    expect(json).toMatch(/"constructor":\[?"y"/);
    const prelude = JSON.stringify(httpOf(restEvent()).prelude?.(200, headers));
    expect(prelude).toContain('"__proto__":"x"');
  });
});

describe('each of 512 cookies', () => {
  it('gets a spelling of its own, of the same name', () => {
    const headers = Array.from({ length: 512 }, (_, index): Header => ['set-cookie', `c${index}=1`]);
    const answer = JSON.stringify(answerTo(latticeV1Event(), 200, headers));
    const names = Object.keys(JSON.parse(answer).headers);
    expect(names).toHaveLength(512);
    expect(new Set(names.map((name) => name.toLowerCase()))).toEqual(new Set(['set-cookie']));
  });
});
