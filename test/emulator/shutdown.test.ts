import { expect, test } from 'vitest';

import { errorTypeOf } from './helpers/platform-client.ts';
import { withEmulator } from './helpers/with-emulator.ts';

const MANAGED = { mode: 'managed-instances', extensions: ['adapter'] } as const;

test('SHUTDOWN names reason and deadline, and the wait ends when the extension asks again', async () => {
  const { client, emulator, steps } = await withEmulator({ mode: 'standard', extensions: ['adapter'] });
  const adapter = await client.registered('adapter', ['SHUTDOWN']);
  const event = client.nextEvent(adapter);
  client.next().catch(() => {});
  await emulator.waitForInit();
  const before = Date.now();
  const done = emulator.shutdown('SPINDOWN');
  const { eventType, shutdownReason, deadlineMs } = JSON.parse((await event).text);
  expect([eventType, shutdownReason]).toEqual(['SHUTDOWN', 'SPINDOWN']);
  expect(deadlineMs - before).toBeGreaterThanOrEqual(2000);
  expect(deadlineMs - before).toBeLessThan(2500);
  expect(steps.at(-1)).toEqual({ kind: 'shutdown', reason: 'SPINDOWN', deadlineMs });
  client.nextEvent(adapter).catch(() => {});
  await done;
});

test('the budget bounds the wait for an extension that does not react', async () => {
  const { client, emulator } = await withEmulator(MANAGED);
  const adapter = await client.registered('adapter', ['SHUTDOWN']);
  void client.nextEvent(adapter);
  client.next().catch(() => {});
  await emulator.waitForInit();
  const before = performance.now();
  await emulator.shutdown('FAILURE', 60);
  expect(performance.now() - before).toBeGreaterThanOrEqual(55);
});

test('an extension that was not waiting gets SHUTDOWN when it asks', async () => {
  const { client, emulator } = await withEmulator(MANAGED);
  const adapter = await client.registered('adapter', ['SHUTDOWN']);
  const done = emulator.shutdown('SPINDOWN', 5000);
  const event = await client.nextEvent(adapter);
  expect(JSON.parse(event.text)).toMatchObject({ eventType: 'SHUTDOWN', shutdownReason: 'spindown' });
  client.close();
  await done;
});

test('nobody waits for an extension that did not subscribe', async () => {
  const { client, emulator } = await withEmulator(MANAGED);
  const adapter = await client.registered('adapter', []);
  client.nextEvent(adapter).catch(() => {});
  client.next().catch(() => {});
  await emulator.waitForInit();
  const before = performance.now();
  await emulator.shutdown('SPINDOWN');
  expect(performance.now() - before).toBeLessThan(1000);
});

test('Managed Instances abort what runs before the runtime process is stopped, and leave parked polls open', async () => {
  const { client, emulator } = await withEmulator(MANAGED);
  const adapter = await client.registered('adapter', ['SHUTDOWN']);
  const event = client.nextEvent(adapter);
  const [first, second] = [client.next(), client.next()];
  let closed = false;
  void second.catch(() => (closed = true));
  await emulator.waitForParked(2);
  const outcome = emulator.invoke('{}', { requestId: 'a' });
  const order: string[] = [];
  void outcome.then(({ kind }) => order.push(kind));
  void event.then(() => order.push('SHUTDOWN'));
  const done = emulator.shutdown('SPINDOWN', 1000, async (budgetMs) => {
    await first;
    order.push(`stop within ${budgetMs}`);
  });
  await event;
  expect(order).toEqual(['error', 'stop within 300', 'SHUTDOWN']);
  expect([emulator.parked, closed]).toEqual([1, false]);
  expect(errorTypeOf(await client.respond('a', '1'))).toBe('InvalidRequestID');
  expect((await emulator.invoke('{}')).kind).toBe('refused');
  client.close();
  await done;
});

test('a crash fails waits, running and later invocations with its reason', async () => {
  const { client, emulator } = await withEmulator({ mode: 'standard' });
  const running = emulator.invoke('{}', { requestId: 'a' });
  const queued = emulator.invoke('{}', { requestId: 'b' });
  const parked = emulator.waitForParked(5);
  await client.next();
  emulator.crash('Extension.Crash', 'exit code 1');
  await expect(parked).rejects.toThrow('exit code 1');
  for (const outcome of [running, queued, emulator.invoke('{}')]) {
    expect(await outcome).toMatchObject({ kind: 'error', errorType: 'Extension.Crash' });
  }
});
