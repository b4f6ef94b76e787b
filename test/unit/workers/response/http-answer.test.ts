import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { htmlPage } from '../../../../bench/scenarios/html-page.ts';
import type { Config } from '../../../../src/shared/config.ts';
import { copyToOwnMemory } from '../../../../src/workers/own-memory.ts';
import type { Answer, Outlet } from '../../../../src/workers/response/answer.ts';
import { createHttpAnswer } from '../../../../src/workers/response/http-answer.ts';
import type { Header, HttpDecoded } from '../../../../src/workers/types.ts';
import { testConfig } from '../../../helpers/config.ts';
import { decompress, decompressBeginning } from '../compression/decompress.ts';
import { RecordingOutlet } from './recording-outlet.ts';

const GZIP = [{ coding: 'gzip', level: 4 }] as const;
const STREAM = { invokeMode: 'response_stream', compression: GZIP } as const;
const BUFFER = { invokeMode: 'buffered', compression: GZIP } as const;
const html: Header = ['content-type', 'text/html'];

const envelope = (statusCode: number, lines: readonly Header[]) => ({ statusCode, headers: lines });

function start(
  outlet: Outlet,
  config: Partial<Config>,
  response: { status?: number; headers?: readonly Header[]; method?: string; acceptEncoding?: string | null },
): Answer {
  const { status = 200, headers = [], method = 'GET', acceptEncoding = 'gzip' } = response;
  const request = { method, target: '/', headers: [], body: null };
  const decoded: HttpDecoded = { kind: 'http', request, envelope, prelude: envelope, acceptEncoding };
  return createHttpAnswer({ status, headers }, decoded, testConfig(config), outlet);
}

/** Keeps the bytes of a stream. */
class StreamOutlet extends RecordingOutlet {
  head: { statusCode: number; headers: Header[] } | null = null;
  readonly chunks: Buffer[] = [];
  hasEnded = false;

  override startStream(contentType: string, chunk: Uint8Array): void {
    super.startStream(contentType, chunk);
    this.head = JSON.parse(Buffer.from(chunk).toString('utf8', 0, chunk.byteLength - 8));
  }

  override streamChunk(chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  override endStream(): void {
    this.hasEnded = true;
  }
}

describe('a streamed answer', () => {
  test('is compressed and says so before any byte of the body', () => {
    const outlet = new StreamOutlet();
    start(outlet, STREAM, { headers: [html, ['content-length', '1000'], ['etag', '"1"'], ['vary', 'origin']] });
    expect(outlet.head).toEqual({
      statusCode: 200,
      headers: [html, ['etag', 'W/"1"'], ['vary', 'origin'], ['vary', 'accept-encoding'], ['content-encoding', 'gzip']],
    });
    expect(outlet.chunks).toEqual([]);
  });

  test('comes back whole', async () => {
    const outlet = new StreamOutlet();
    const answer = start(outlet, STREAM, { headers: [html] });
    for (let count = 0; count < 20; count++) answer.data(htmlPage());
    answer.end();
    await expect.poll(() => outlet.hasEnded).toBe(true);
    const body = decompress('gzip', Buffer.concat(outlet.chunks));
    expect(body.equals(Buffer.concat(Array.from({ length: 20 }, htmlPage)))).toBe(true);
    expect(outlet.holds).toBe(0);
  });

  test('that turns out to be empty is one that a client can decode', () => {
    const outlet = new StreamOutlet();
    start(outlet, STREAM, { headers: [html] }).end();
    expect(outlet.hasEnded).toBe(true);
    expect(decompress('gzip', Buffer.concat(outlet.chunks))).toHaveLength(0);
  });

  test.each([
    { what: 'to HEAD', method: 'HEAD', headers: [html, ['content-length', '5000']] as const },
    { what: 'with 204', status: 204 },
    { what: 'with 205', status: 205 },
    { what: 'with 304', status: 304, headers: [html, ['etag', '"1"']] as const },
    { what: 'of announced emptiness', headers: [html, ['content-length', '0']] as const },
    { what: 'of a few bytes', headers: [html, ['content-length', '31']] as const },
    { what: 'that is encoded', headers: [html, ['content-encoding', 'br']] as const },
    { what: 'of an image', headers: [['content-type', 'image/png']] as const },
  ])('$what stays as the app made it', ({ status = 200, headers = [], method = 'GET' }) => {
    const outlet = new StreamOutlet();
    const answer = start(outlet, STREAM, { status, headers, method });
    answer.end();
    expect(outlet.head).toEqual({ statusCode: status, headers });
    expect([outlet.chunks, outlet.hasEnded]).toEqual([[], true]);
  });

  test('to a client that does not want it compressed tells caches that others may', () => {
    const outlet = new StreamOutlet();
    const answer = start(outlet, STREAM, { headers: [html], acceptEncoding: null });
    answer.data(Buffer.from('plain'));
    expect(outlet.head).toEqual({ statusCode: 200, headers: [html, ['vary', 'accept-encoding']] });
    expect(Buffer.concat(outlet.chunks).toString()).toBe('plain');
  });

  test('whose metadata grow too large fails before it has begun', () => {
    const outlet = new StreamOutlet();
    const headers = [['x-large', 'x'.repeat(17_000)]] as const;
    expect(() => start(outlet, STREAM, { headers })).toThrow(/17\d{3} bytes.*16384/);
    expect(outlet.stream).toEqual([]);
  });

  test('that is broken off passes on what the app wrote', async () => {
    const outlet = new StreamOutlet();
    const answer = start(outlet, STREAM, { headers: [html] });
    answer.data(Buffer.from('written'));
    await new Promise<void>((resolve) => answer.breakOff?.(resolve));
    const bytes = Buffer.concat(outlet.chunks);
    expect(decompressBeginning('gzip', bytes).toString()).toBe('written');
    expect(() => decompress('gzip', bytes)).toThrow(/unexpected end/);
    expect(outlet.hasEnded).toBe(false);
  });
});

describe('a buffered answer', () => {
  test('of several megabytes is compressed while it arrives, and the app waits for that', async () => {
    const outlet = new RecordingOutlet();
    const answer = start(outlet, BUFFER, { headers: [html] });
    const page = htmlPage();
    let sent = 0;
    for (; sent < 80; sent++) {
      answer.data(page);
      if (outlet.holds > 0) await expect.poll(() => outlet.holds, { interval: 1 }).toBe(0);
      else await Promise.resolve();
    }
    answer.end();
    await expect.poll(() => outlet.responses, { timeout: 5000 }).toHaveLength(1);
    const { headers, body } = JSON.parse(outlet.responses[0] ?? '');
    expect(headers).toContainEqual(['content-encoding', 'gzip']);
    expect(decompress('gzip', Buffer.from(body, 'base64'))).toHaveLength(sent * page.length);
  });

  test('that would be too large if it were not compressed has every byte, also of memory that is freed', async () => {
    const outlet = new RecordingOutlet();
    const answer = start(outlet, BUFFER, { headers: [html] });
    const pages = Buffer.concat(Array.from({ length: 80 }, htmlPage));
    for (let at = 0; at < pages.length; at += 64 * 1024) {
      answer.data(copyToOwnMemory(pages.subarray(at, at + 64 * 1024)));
      await new Promise(setImmediate);
    }
    answer.end();
    await expect.poll(() => outlet.responses, { timeout: 5000 }).toHaveLength(1);
    const { body } = JSON.parse(outlet.responses[0] ?? '');
    expect(decompress('gzip', Buffer.from(body, 'base64')).equals(pages)).toBe(true);
  });

  test.each([1000, 20_000, 500_000])('of %i bytes that comes again and again is the same each time', async (length) => {
    const page = htmlPage(length);
    const headers = [html, ['content-length', String(length)]] as const;
    const other = Buffer.from(page).fill('!', length - 1);
    for (const plain of [page, page, page, other, page, other, other]) {
      const outlet = new RecordingOutlet();
      const answer = start(outlet, BUFFER, { headers });
      for (let at = 0; at < length; at += 64 * 1024) answer.data(copyToOwnMemory(plain.subarray(at, at + 64 * 1024)));
      answer.end();
      await expect.poll(() => outlet.responses, { interval: 1 }).toHaveLength(1);
      await new Promise(setImmediate);
      const sent = JSON.parse(outlet.responses[0] ?? '');
      expect(sent.headers).toEqual([html, ['vary', 'accept-encoding'], ['content-encoding', 'gzip']]);
      expect(decompress('gzip', Buffer.from(sent.body, 'base64')).equals(plain)).toBe(true);
    }
  });

  test('of a body that has come twice does not wait for the codec', async () => {
    const page = htmlPage(300_000);
    const answers: RecordingOutlet[] = [];
    const answerIt = (): number => {
      const outlet = new RecordingOutlet();
      answers.push(outlet);
      const answer = start(outlet, BUFFER, { headers: [html, ['content-length', String(page.length)]] });
      answer.data(page);
      answer.end();
      return outlet.responses.length;
    };
    for (let count = 0; count < 2; count++) {
      expect(answerIt()).toBe(0);
      await expect.poll(() => answers[count]?.responses).toHaveLength(1);
    }
    expect(answerIt()).toBe(1);
    expect(answers[2]?.responses).toEqual(answers[0]?.responses);
  });

  test('that does not shrink is plain each time that it comes', () => {
    const bytes = randomBytes(1000);
    for (let count = 0; count < 4; count++) {
      const outlet = new RecordingOutlet();
      const answer = start(outlet, BUFFER, { headers: [['content-type', 'application/x-unknown']] });
      answer.data(Buffer.from(bytes));
      answer.end();
      const { headers, body } = JSON.parse(outlet.responses[0] ?? '');
      expect(headers).not.toContainEqual(['content-encoding', 'gzip']);
      expect(Buffer.from(body, 'base64').equals(bytes)).toBe(true);
    }
  });

  test('that does not shrink is sent plain, whatever its size', async () => {
    const outlet = new RecordingOutlet();
    const bytes = randomBytes(1_000_000);
    const answer = start(outlet, BUFFER, { headers: [['content-type', 'application/x-unknown']] });
    answer.data(bytes);
    answer.end();
    await expect.poll(() => outlet.responses).toHaveLength(1);
    const { headers, body } = JSON.parse(outlet.responses[0] ?? '');
    expect(headers).toEqual([
      ['content-type', 'application/x-unknown'],
      ['vary', 'accept-encoding'],
    ]);
    expect(Buffer.from(body, 'base64').equals(bytes)).toBe(true);
  });

  test('fails as soon as what is left of it is too large', async () => {
    const outlet = new RecordingOutlet();
    const answer = start(outlet, BUFFER, { headers: [html] });
    for (let count = 0; count < 6 && outlet.failures.length === 0; count++) {
      answer.data(randomBytes(1_000_000));
      await expect.poll(() => outlet.holds + outlet.failures.length, { interval: 1 }).toBeLessThan(2);
      if (outlet.holds > 0) await expect.poll(() => outlet.holds === 0 || outlet.failures.length > 0).toBe(true);
    }
    answer.end();
    await expect.poll(() => outlet.failures.length).toBeGreaterThan(0);
    expect(outlet.failures[0]).toMatchObject({
      errorType: 'Function.ResponseTooLarge',
      message: expect.stringContaining('its compressed body has more than 4718667 bytes'),
    });
    expect(outlet.responses).toEqual([]);
  });

  test('that announces more than can be compressed far enough fails at once', () => {
    const headers = [html, ['content-length', '40000000']] as const;
    expect(() => start(new RecordingOutlet(), BUFFER, { headers })).toThrow(/40000000 bytes/);
  });
});
