import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import type { EmulatorOptions, InvokeOptions } from '../../bench/emulator/index.ts';

import { errorTypeOf } from './helpers/platform-client.ts';
import { withEmulator } from './helpers/with-emulator.ts';

const STREAM_HEADERS = [
  'Lambda-Runtime-Function-Response-Mode: streaming',
  'Transfer-Encoding: chunked',
  'Content-Type: text/plain',
  'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
];

async function withStream(options: EmulatorOptions, invokeOptions: InvokeOptions = {}) {
  const platform = await withEmulator(options);
  platform.client.next().catch(() => {});
  await platform.emulator.waitForParked(1);
  const outcome = platform.emulator.invoke('{}', { requestId: 'a', ...invokeOptions });
  return { ...platform, outcome, post: platform.client.post('a', STREAM_HEADERS) };
}

describe('a streamed response', () => {
  test('is passed on as it arrives, and accepted when it has ended', async () => {
    const seen: string[] = [];
    const { post, outcome } = await withStream(
      { mode: 'managed-instances' },
      {
        onStreamStart: (contentType) => seen.push(`<${contentType}>`),
        onChunk: (chunk) => void seen.push(chunk.toString()),
      },
    );
    post.chunk('one');
    await expect.poll(() => seen).toEqual(['<text/plain>', 'one']);
    post.chunk('two');
    await expect.poll(() => seen).toEqual(['<text/plain>', 'one', 'two']);
    post.end();
    expect(await post.answer).toMatch(/^HTTP\/1.1 202 /);
    expect(await outcome).toEqual({
      kind: 'response',
      requestId: 'a',
      streamed: true,
      contentType: 'text/plain',
      body: Buffer.from('onetwo'),
      trailers: null,
    });
  });

  test('may be larger than a buffered one, and its body need not be kept', async () => {
    let bytes = 0;
    const { post, outcome } = await withStream(
      { mode: 'managed-instances', timeoutMs: 20_000 },
      { keepBody: false, onChunk: (chunk) => void (bytes += chunk.length) },
    );
    const part = 'x'.repeat(1024 * 1024);
    for (let count = 0; count < 8; count++) post.chunk(part);
    post.end();
    expect(await outcome).toMatchObject({ kind: 'response', body: Buffer.alloc(0) });
    expect(bytes).toBe(8 * 1024 * 1024);
  });

  test('is held back by a slow reader', async () => {
    const reader = Promise.withResolvers<void>();
    let calls = 0;
    const { client, emulator } = await withEmulator({ mode: 'managed-instances', timeoutMs: 20_000 });
    client.next().catch(() => {});
    await emulator.waitForParked(1);
    const outcome = emulator.invoke('{}', {
      requestId: 'a',
      onChunk: () => {
        calls++;
        return calls > 1 ? undefined : reader.promise;
      },
    });
    const post = client.post('a', STREAM_HEADERS);
    post.chunk('first');
    await expect.poll(() => calls).toBe(1);
    post.chunk('second');
    post.end();
    await sleep(20);
    expect(calls).toBe(1);
    reader.resolve();
    expect(await outcome).toMatchObject({ kind: 'response', body: Buffer.from('firstsecond') });
  });

  test('that ends with error trailers is accepted and carries them', async () => {
    const { post, outcome } = await withStream({ mode: 'managed-instances' });
    const body = '{"errorType":"Function.AppConnectionReset","errorMessage":"gone"}';
    post.chunk('half');
    post.end([
      'Lambda-Runtime-Function-Error-Type: Function.AppConnectionReset',
      `Lambda-Runtime-Function-Error-Body: ${Buffer.from(body).toString('base64')}`,
    ]);
    expect(await post.answer).toMatch(/^HTTP\/1.1 202 /);
    expect(await outcome).toMatchObject({
      body: Buffer.from('half'),
      trailers: { errorType: 'Function.AppConnectionReset', errorBody: body },
    });
  });

  test('that breaks off is truncated', async () => {
    const { post, outcome } = await withStream({ mode: 'standard' });
    post.chunk('half');
    post.halfClose();
    expect(await post.answer).toMatch(/^HTTP\/1.1 400 [^]*TruncatedHTTPRequest/);
    expect(await outcome).toEqual({ kind: 'truncated', requestId: 'a' });
  });

  test('that is still running at the timeout is interrupted', async () => {
    const { post, outcome } = await withStream({ mode: 'managed-instances', timeoutMs: 50 });
    post.chunk('half');
    expect((await outcome).kind).toBe('timeout');
    expect(await post.answer).toMatch(/^HTTP\/1.1 410 /);
    post.destroy();
  });

  test.each([
    ['managed-instances', 400, 'InvalidRequestID'],
    ['standard', 403, 'InvalidStateTransition'],
  ] as const)('cannot be overtaken by a second response (%s)', async (mode, status, errorType) => {
    const started = Promise.withResolvers<void>();
    const { client, post, outcome } = await withStream({ mode }, { onChunk: () => started.resolve() });
    post.chunk('half');
    await started.promise;
    const second = await client.respond('a', '1');
    expect([second.status, errorTypeOf(second)]).toEqual([status, errorType]);
    post.end();
    expect((await outcome).kind).toBe('response');
  });

  test('is cut by an error report, which becomes its trailers', async () => {
    const started = Promise.withResolvers<void>();
    const { client, post, outcome } = await withStream(
      { mode: 'managed-instances' },
      { onChunk: () => started.resolve() },
    );
    post.chunk('half');
    await started.promise;
    const report = await client.fail('a', '{}', { 'Lambda-Runtime-Function-Error-Type': 'Function.Broken' });
    expect(report.status).toBe(202);
    expect(await post.answer).toMatch(/^HTTP\/1.1 500 /);
    expect(await outcome).toMatchObject({ body: Buffer.from('half'), trailers: { errorType: 'Function.Broken' } });
    post.destroy();
  });
});
