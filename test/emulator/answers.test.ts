import { describe, expect, test } from 'vitest';

import { MAX_PAYLOAD_BYTES } from '../../bench/emulator/limits.ts';
import type { EmulatorOptions } from '../../bench/emulator/index.ts';

import { errorTypeOf } from './helpers/platform-client.ts';
import { withEmulator } from './helpers/with-emulator.ts';

/** An emulator with one event handed out. */
async function withInvocation(options: EmulatorOptions) {
  const platform = await withEmulator(options);
  const poll = platform.client.next();
  await platform.emulator.waitForParked(1);
  const outcome = platform.emulator.invoke('{}', { requestId: 'a' });
  return { ...platform, poll: await poll, outcome };
}

describe('a buffered response', () => {
  test('is the outcome, byte for byte', async () => {
    const { client, outcome } = await withInvocation({ mode: 'managed-instances' });
    const answer = await client.respond('a', '{"x":"é"}', { 'Content-Type': 'application/json' });
    expect([answer.status, answer.text]).toEqual([202, '{"status":"OK"}']);
    expect(await outcome).toEqual({
      kind: 'response',
      requestId: 'a',
      streamed: false,
      contentType: 'application/json',
      body: Buffer.from('{"x":"é"}'),
      trailers: null,
    });
  });

  test('to an unknown or finished request is refused', async () => {
    const { client } = await withInvocation({ mode: 'managed-instances' });
    expect(errorTypeOf(await client.respond('b', '1'))).toBe('InvalidRequestID');
    await client.respond('a', '1');
    const again = await client.respond('a', '2');
    expect([again.status, errorTypeOf(again)]).toEqual([400, 'InvalidRequestID']);
  });

  test('a second one in standard mode is an invalid transition until the next poll', async () => {
    const { client, emulator } = await withInvocation({ mode: 'standard' });
    await client.respond('a', '1');
    const again = await client.respond('a', '2');
    expect([again.status, errorTypeOf(again)]).toEqual([403, 'InvalidStateTransition']);
    client.next().catch(() => {});
    await emulator.waitForParked(1);
    expect(errorTypeOf(await client.respond('a', '3'))).toBe('InvalidRequestID');
  });

  test('may come for a request id that needs escaping', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard' });
    const outcome = emulator.invoke('{}', { requestId: 'my id/1' });
    await client.next();
    expect((await client.respond(encodeURIComponent('my id/1'), '1')).status).toBe(202);
    expect((await outcome).kind).toBe('response');
  });

  test('of exactly the limit is accepted, one byte more is too large', async () => {
    const fits = await withInvocation({ mode: 'managed-instances' });
    expect((await fits.client.respond('a', 'x'.repeat(MAX_PAYLOAD_BYTES))).status).toBe(202);
    expect((await fits.outcome).kind).toBe('response');

    const { client, outcome } = await withInvocation({ mode: 'managed-instances' });
    const answer = await client.respond('a', 'x'.repeat(MAX_PAYLOAD_BYTES + 1));
    expect([answer.status, errorTypeOf(answer)]).toEqual([413, 'RequestEntityTooLarge']);
    expect(await outcome).toEqual({ kind: 'too-large', requestId: 'a', bytes: MAX_PAYLOAD_BYTES + 1 });
    expect((await client.respond('a', '1')).status).toBe(400);
  });

  test('whose connection breaks, or ends short of its length, is truncated', async () => {
    const broken = await withInvocation({ mode: 'managed-instances' });
    const post = broken.client.post('a', ['Content-Length: 10', 'Expect: 100-continue']);
    await post.continued.promise;
    post.write('123');
    post.destroy();
    expect(await broken.outcome).toEqual({ kind: 'truncated', requestId: 'a' });

    const short = await withInvocation({ mode: 'managed-instances' });
    const shortPost = short.client.post('a', ['Content-Length: 10']);
    shortPost.write('123');
    shortPost.halfClose();
    expect(await shortPost.answer).toMatch(/^HTTP\/1.1 400 [^]*TruncatedHTTPRequest/);
    expect((await short.outcome).kind).toBe('truncated');
  });

  test('with a response mode other than streaming fails the invocation', async () => {
    const { client, outcome } = await withInvocation({ mode: 'managed-instances' });
    const answer = await client.respond('a', '1', { 'Lambda-Runtime-Function-Response-Mode': 'buffered' });
    expect([answer.status, errorTypeOf(answer)]).toEqual([400, 'InvalidFunctionResponseMode']);
    expect((await outcome).kind).toBe('error');
  });
});

describe('an error report', () => {
  test('is the outcome with type, body and headers', async () => {
    const { client, outcome } = await withInvocation({ mode: 'managed-instances' });
    const headers = { 'Lambda-Runtime-Function-Error-Type': 'Function.AppTimeout', 'X-Extra': '1' };
    expect((await client.fail('a', '{"errorMessage":"slow"}', headers)).status).toBe(202);
    expect(await outcome).toMatchObject({
      kind: 'error',
      errorType: 'Function.AppTimeout',
      body: '{"errorMessage":"slow"}',
      headers: { 'x-extra': '1' },
    });
  });

  test.each([
    ['Runtime.Broken', 'Runtime.Broken'],
    ['Function.404', 'Function.Unknown'],
    ['unhandled', 'Runtime.Unknown'],
    ['', 'Runtime.Unknown'],
  ])('of type %j is recorded as %s', async (given, recorded) => {
    const { client, outcome } = await withInvocation({ mode: 'standard' });
    await client.fail('a', '{}', { 'Lambda-Runtime-Function-Error-Type': given });
    expect(await outcome).toMatchObject({ errorType: recorded });
  });

  test('over 1 MiB is refused and leaves the invocation open', async () => {
    const { client, outcome } = await withInvocation({ mode: 'managed-instances' });
    const answer = await client.fail('a', 'x'.repeat(1024 * 1024 + 1));
    expect([answer.status, errorTypeOf(answer)]).toEqual([413, 'RequestEntityTooLarge']);
    expect((await client.fail('a', '{}')).status).toBe(202);
    expect((await outcome).kind).toBe('error');
  });

  test('after the response is refused', async () => {
    const { client } = await withInvocation({ mode: 'managed-instances' });
    await client.respond('a', '1');
    expect(errorTypeOf(await client.fail('a', '{}'))).toBe('InvalidRequestID');
  });
});

describe('after the timeout', () => {
  test('the outcome is a timeout, the late answer is told so once, and a further one is unknown', async () => {
    const { client, emulator } = await withEmulator({ mode: 'managed-instances', timeoutMs: 20 });
    const poll = client.next();
    await emulator.waitForParked(1);
    const outcome = emulator.invoke('{}', { requestId: 'a' });
    await poll;
    expect(await outcome).toEqual({ kind: 'timeout', requestId: 'a' });
    const late = await client.respond('a', '1');
    expect([late.status, errorTypeOf(late)]).toEqual([410, 'InvokeTimeout']);
    expect((await client.fail('a', '{}')).status).toBe(400);
  });

  test('an answer that was on its way is interrupted', async () => {
    const { client, emulator } = await withEmulator({ mode: 'managed-instances', timeoutMs: 50 });
    client.next().catch(() => {});
    await emulator.waitForParked(1);
    const outcome = emulator.invoke('{}', { requestId: 'a' });
    const post = client.post('a', ['Content-Length: 10']);
    post.write('123');
    expect((await outcome).kind).toBe('timeout');
    expect(await post.answer).toMatch(/^HTTP\/1.1 410 /);
    post.destroy();
    expect((await client.respond('a', '1')).status).toBe(400);
  });

  test('standard mode goes on with the next invocation', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard', timeoutMs: 1000 });
    const first = emulator.invoke('{}', { requestId: 'a', timeoutMs: 20 });
    const second = emulator.invoke('{}', { requestId: 'b' });
    await client.next();
    expect((await first).kind).toBe('timeout');
    expect(errorTypeOf(await client.respond('a', '1'))).toBe('InvalidRequestID');
    expect((await client.next()).headers['lambda-runtime-aws-request-id']).toBe('b');
    await client.respond('b', '1');
    expect((await second).kind).toBe('response');
  });
});

describe('invocation ids', () => {
  test('tell a late answer from one to an unknown invocation in standard mode, too', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard', invocationIds: true });
    const outcome = emulator.invoke('{}', { requestId: 'a', timeoutMs: 20 });
    await client.next();
    expect((await outcome).kind).toBe('timeout');
    expect((await client.respond('a', '1')).status).toBe(410);
  });

  test('an answer with the id of another attempt is gone', async () => {
    const { client, poll, outcome } = await withInvocation({ mode: 'managed-instances' });
    const id = String(poll.headers['lambda-runtime-invocation-id']);
    for (const other of ['other', '']) {
      expect((await client.respond('a', '1', { 'Lambda-Runtime-Invocation-Id': other })).status).toBe(410);
      expect((await client.fail('a', '1', { 'Lambda-Runtime-Invocation-Id': other })).status).toBe(410);
    }
    expect((await client.respond('a', '1', { 'Lambda-Runtime-Invocation-Id': id })).status).toBe(202);
    expect((await outcome).kind).toBe('response');
  });

  test('an answer without the id is taken, and reported as a violation', async () => {
    const { client, outcome, steps } = await withInvocation({ mode: 'managed-instances' });
    expect((await client.respond('a', '1')).status).toBe(202);
    expect((await outcome).kind).toBe('response');
    expect(steps).toContainEqual(
      expect.objectContaining({ kind: 'violation', detail: 'the invocation id is missing' }),
    );
  });
});
