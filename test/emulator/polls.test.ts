import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';

import { requestIdOf } from './helpers/platform-client.ts';
import { withEmulator } from './helpers/with-emulator.ts';

describe('on Managed Instances', () => {
  test('events go to the polls that have waited longest', async () => {
    const { client, emulator } = await withEmulator({ mode: 'managed-instances' });
    const polls = [];
    for (let count = 1; count <= 3; count++) {
      polls.push(client.next());
      await emulator.waitForParked(count);
    }
    for (const requestId of ['a', 'b', 'c']) void emulator.invoke('{}', { requestId });
    expect((await Promise.all(polls)).map(requestIdOf)).toEqual(['a', 'b', 'c']);
    expect(emulator.mostParked).toBe(3);
  });

  test('an invocation without a parked poll is refused at once, or waits as long as it is told to', async () => {
    const { client, emulator } = await withEmulator({ mode: 'managed-instances' });
    expect(await emulator.invoke('{}', { requestId: 'a' })).toEqual({ kind: 'refused', requestId: 'a' });
    expect((await emulator.invoke('{}', { waitForPollMs: 5 })).kind).toBe('refused');
    const patient = emulator.invoke('{}', { waitForPollMs: 5000 });
    await client.respond(requestIdOf(await client.next()), '1');
    expect((await patient).kind).toBe('response');
  });

  test('no more invocations run at once than the concurrency allows, however many polls are parked', async () => {
    const { client, emulator } = await withEmulator({ mode: 'managed-instances', maxConcurrency: 2 });
    const polls = [client.next(), client.next(), client.next()];
    await emulator.waitForParked(3);
    void emulator.invoke('{}', { requestId: 'a' });
    void emulator.invoke('{}', { requestId: 'b' });
    expect((await emulator.invoke('{}')).kind).toBe('refused');
    await client.respond('a', '1');
    void emulator.invoke('{}', { requestId: 'c' });
    expect((await Promise.all(polls)).map(requestIdOf).toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('a poll whose client hangs up is counted and gets no event', async () => {
    const { client, emulator, steps } = await withEmulator({ mode: 'managed-instances' });
    const [host = '', port] = emulator.address.split(':');
    const socket = connect(Number(port), host);
    socket.write('GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n');
    await emulator.waitForParked(1);
    const poll = client.next();
    await emulator.waitForParked(2);
    socket.destroy();
    await expect.poll(() => emulator.parked).toBe(1);
    expect(emulator.droppedPolls).toBe(1);
    expect(steps.at(-1)).toEqual({ kind: 'poll-dropped', parked: 1 });
    void emulator.invoke('{}', { requestId: 'a' });
    expect(requestIdOf(await poll)).toBe('a');
  });

  test('what an invocation does not have, it has no header of', async () => {
    const { client, emulator } = await withEmulator({ mode: 'managed-instances' });
    const poll = client.next();
    await emulator.waitForParked(1);
    const before = Date.now();
    void emulator.invoke('{"a":1}', { timeoutMs: 5000 });
    const { headers, text } = await poll;
    expect(text).toBe('{"a":1}');
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:function:1',
      'lambda-runtime-invocation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    for (const name of ['trace-id', 'client-context', 'cognito-identity', 'aws-tenant-id']) {
      expect(headers).not.toHaveProperty(`lambda-runtime-${name}`);
    }
    expect(Number(headers['lambda-runtime-deadline-ms']) - before).toBeGreaterThanOrEqual(5000);
  });
});

describe('in standard mode', () => {
  test('invocations queue and are handed out one at a time', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard' });
    const outcomes = [emulator.invoke('1', { requestId: 'a' }), emulator.invoke('2', { requestId: 'b' })];
    expect(requestIdOf(await client.next())).toBe('a');
    await client.respond('a', '"first"');
    const second = await client.next();
    expect([requestIdOf(second), second.text]).toEqual(['b', '2']);
    await client.respond('b', '"second"');
    expect((await Promise.all(outcomes)).map((outcome) => outcome.kind === 'response' && String(outcome.body))).toEqual(
      ['"first"', '"second"'],
    );
  });

  test('optional headers are left out, or sent as UTF-8', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard' });
    const poll = client.next();
    void emulator.invoke('{}', { tenantId: 'tenant', clientContext: '{"city":"Köln"}', deadlineHeader: '1' });
    const { headers } = await poll;
    expect(headers).not.toHaveProperty('lambda-runtime-trace-id');
    expect(headers).toMatchObject({
      'lambda-runtime-aws-tenant-id': 'tenant',
      'lambda-runtime-deadline-ms': '1',
    });
    const context = Buffer.from(String(headers['lambda-runtime-client-context']), 'latin1').toString();
    expect(context).toBe('{"city":"Köln"}');
  });

  test('a second poll is parked, and reported as a violation', async () => {
    const { client, emulator, steps } = await withEmulator({ mode: 'standard' });
    const first = client.next();
    await emulator.waitForParked(1);
    client.next().catch(() => {});
    await emulator.waitForParked(2);
    expect(steps).toContainEqual({
      kind: 'violation',
      call: '/runtime/invocation/next',
      detail: 'another poll is parked',
    });
    void emulator.invoke('{}', { requestId: 'a' });
    expect(requestIdOf(await first)).toBe('a');
    expect(emulator.parked).toBe(1);
  });

  test('a poll before the answer gets the same event again, which is a violation too', async () => {
    const { client, emulator, steps } = await withEmulator({ mode: 'standard' });
    void emulator.invoke('{"n":1}', { requestId: 'a' });
    await client.next();
    const again = await client.next();
    expect([requestIdOf(again), again.text]).toEqual(['a', '{"n":1}']);
    expect(steps.at(-1)).toMatchObject({ kind: 'violation' });
  });
});

test('values that cannot be a header, and a request id in use, are refused before a poll is used up', async () => {
  const { client, emulator } = await withEmulator({ mode: 'managed-instances' });
  client.next().catch(() => {});
  client.next().catch(() => {});
  await emulator.waitForParked(2);
  expect(() => emulator.invoke('{}', { tenantId: 'a\r\nb' })).toThrow(TypeError);
  expect(emulator.parked).toBe(2);
  void emulator.invoke('{}', { requestId: 'a' });
  expect(() => emulator.invoke('{}', { requestId: 'a' })).toThrow(/in use/);
});
