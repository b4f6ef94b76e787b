import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Config } from '../../../../src/shared/config.ts';
import { createAnswer, type Answer } from '../../../../src/workers/response/answer.ts';
import type { Decoded, Header } from '../../../../src/workers/types.ts';
import { testConfig } from '../../../helpers/config.ts';
import { RecordingOutlet } from './recording-outlet.ts';

const envelope = (statusCode: number, headers: readonly Header[]) => ({ statusCode, headers });
const request = { method: 'GET', target: '/', headers: [], body: null };
const http: Decoded = { kind: 'http', request, envelope, prelude: envelope, acceptEncoding: 'gzip' };
const event: Decoded = { kind: 'event', request: { ...request, method: 'POST' } };

const GZIP = [{ coding: 'gzip', level: 4 }] as const;

interface Response {
  readonly decoded: Decoded;
  readonly config?: Partial<Config>;
  readonly status?: number;
  readonly headers?: readonly Header[];
  readonly body?: readonly (string | Buffer)[];
}

function answer({ decoded, config, status = 200, headers = [], body = [] }: Response): RecordingOutlet {
  const outlet = new RecordingOutlet();
  const made = createAnswer({ status, headers }, decoded, testConfig(config), outlet);
  for (const chunk of body) made.data(Buffer.from(chunk));
  made.end();
  return outlet;
}

const json: Header = ['content-type', 'application/json'];

test('a text body is joined from its chunks, even inside a character', () => {
  const [euro0, ...rest] = Buffer.from('€');
  const { responses } = answer({ decoded: http, body: [Buffer.from([euro0 ?? 0]), Buffer.from(rest), '!'] });
  expect(responses).toEqual(['{"statusCode":200,"headers":[],"body":"€!","isBase64Encoded":false}']);
});

test('bytes under a textual type that are not UTF-8 travel as base64', () => {
  const { responses } = answer({ decoded: http, headers: [json], body: [Buffer.from([0xff])] });
  expect(responses[0]).toContain('"body":"/w==","isBase64Encoded":true');
});

test("an event gets the app's JSON text byte for byte", () => {
  const text = ' {"b":1,"a":2.50,"a":1e2} ';
  expect(answer({ decoded: event, headers: [json], body: [text] }).responses).toEqual([text]);
});

test.each([
  ['no body', json, ''],
  ['text that is not JSON', json, 'hello'],
  ['JSON and more', json, '{}x'],
  ['JSON with a byte order mark', json, '\uFEFF{}'],
  ['a binary type', ['content-type', 'image/png'] as const, '{}'],
  ['a type that does not show JSON', ['content-type', 'application/x-amz-json-1.1'] as const, '{}'],
])('an event is answered with null for %s', (_name, header, body) => {
  expect(answer({ decoded: event, headers: [header], body: [body] }).responses).toEqual(['null']);
});

test('an event whose answer is not UTF-8 is answered with null', () => {
  const body = Buffer.from([0x22, 0xff, 0x22]);
  expect(answer({ decoded: event, headers: [json], body: [body] }).responses).toEqual(['null']);
});

test.each([
  ['an event by default', event, {}, 404, true],
  ['an event when the list is empty', event, { eventErrorStatuses: [] }, 500, false],
  ['an HTTP request by default', http, {}, 500, false],
  ['an HTTP request when configured', http, { errorStatuses: [[500, 504]] } as const, 503, true],
  [
    'an event when configured for all',
    event,
    { eventErrorStatuses: [], errorStatuses: [[500, 504]] } as const,
    503,
    true,
  ],
])('whether an error status fails %s', (_name, decoded, config, status, fails) => {
  const { failures } = answer({ decoded, config, status, body: ['ñ"\n'] });
  const failure = { errorType: 'Function.AppErrorStatus', message: `{"statusCode":${status},"body":"ñ\\"\\n"}` };
  expect(failures).toEqual(fails ? [expect.objectContaining(failure)] : []);
});

test('a reported error body is cut where the platform would refuse it, and what is not UTF-8 replaced', () => {
  const outlet = new RecordingOutlet();
  const made = createAnswer({ status: 500, headers: [] }, event, testConfig(), outlet);
  made.data(Buffer.alloc(100_000, 1));
  expect(() => made.data(Buffer.alloc(100_000, 1))).toThrow(/^\{"statusCode":500,"body":"(\\u0001){131072}"\}$/);

  const { failures } = answer({ decoded: event, status: 500, body: [Buffer.from([0xff, 0x00])] });
  expect(failures).toEqual([expect.objectContaining({ message: '{"statusCode":500,"body":"�\\u0000"}' })]);
});

test('a stream begins with the head, before any byte of the body', () => {
  const outlet = new RecordingOutlet();
  createAnswer({ status: 200, headers: [] }, http, testConfig({ invokeMode: 'response_stream' }), outlet);
  expect(outlet.stream).toEqual([
    'start application/vnd.awslambda.http-integration-response {"statusCode":200,"headers":[]}\0\0\0\0\0\0\0\0',
  ]);
});

test('sources that cannot read a stream get a plain answer in streaming mode', () => {
  const config = { invokeMode: 'response_stream' } as const;
  expect(answer({ decoded: { ...http, prelude: null }, config, body: ['x'] }).responses).toHaveLength(1);
  expect(answer({ decoded: event, config, headers: [json], body: ['1'] }).responses).toEqual(['1']);
});

function start(decoded: Decoded, headers: readonly Header[], config: Partial<Config> = {}): Answer {
  return createAnswer({ status: 200, headers }, decoded, testConfig(config), new RecordingOutlet());
}

test('a body is too large as soon as that is certain', () => {
  const tooLarge = expect.objectContaining({ errorType: 'Function.ResponseTooLarge' });
  const binary: Header = ['content-type', 'image/png'];

  expect(() => start(http, [json, ['content-length', '6291557']])).toThrow(tooLarge);
  expect(() => start(event, [json, ['content-length', '6291557']])).toThrow(tooLarge);
  expect(() => start(http, [binary, ['content-length', '4718668']])).toThrow(tooLarge);
  expect(() => start(http, [json]).data(Buffer.alloc(6_291_557))).toThrow(tooLarge);
  expect(() => start(http, [json, ['content-length', '9000000']], { compression: GZIP })).not.toThrow();
});

test('a compressible body is compressed and described as such', () => {
  const { responses } = answer({
    decoded: http,
    config: { compression: GZIP },
    headers: [json, ['content-length', '1000'], ['etag', '"1"']],
    body: ['x'.repeat(1000)],
  });
  const { headers, body, isBase64Encoded } = JSON.parse(responses[0] ?? '');
  expect(headers).toEqual([
    ['content-type', 'application/json'],
    ['etag', 'W/"1"'],
    ['vary', 'accept-encoding'],
    ['content-encoding', 'gzip'],
  ]);
  expect(isBase64Encoded).toBe(true);
  expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe('x'.repeat(1000));
});

test('a body that compression does not shrink is sent plain', () => {
  const body = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const { responses } = answer({ decoded: http, config: { compression: GZIP }, body: [body] });
  expect(JSON.parse(responses[0] ?? '')).toMatchObject({ headers: [['vary', 'accept-encoding']], body });
});

test('a body below 32 bytes is not touched', () => {
  const { responses } = answer({ decoded: http, config: { compression: GZIP }, body: ['a'.repeat(31)] });
  expect(JSON.parse(responses[0] ?? '')).toMatchObject({ headers: [], body: 'a'.repeat(31) });
  const longer = answer({ decoded: http, config: { compression: GZIP }, body: ['a'.repeat(32)] });
  expect(JSON.parse(longer.responses[0] ?? '')).toMatchObject({ isBase64Encoded: true });
});

test('a response with more than 6 MiB of text passes when it compresses well enough', async () => {
  const outlet = new RecordingOutlet();
  const made = createAnswer({ status: 200, headers: [json] }, http, testConfig({ compression: GZIP }), outlet);
  made.data(Buffer.alloc(9_000_000, 'a'));
  made.end();
  await expect.poll(() => outlet.responses).toHaveLength(1);
  expect(outlet.failures).toEqual([]);
});
