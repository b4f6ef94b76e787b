import { expect, test } from 'vitest';

import { errorTypeOf } from './helpers/platform-client.ts';
import { withEmulator } from './helpers/with-emulator.ts';

test('the runtime is due when every expected extension has registered; init is done when it polls and they wait', async () => {
  const { client, emulator, steps } = await withEmulator({ mode: 'standard', extensions: ['a', 'b'] });
  const a = await client.registered('a', ['SHUTDOWN']);
  const b = await client.registered('b', []);
  await emulator.waitForRegistration();
  client.nextEvent(a).catch(() => {});
  client.next().catch(() => {});
  await emulator.waitForParked(1);
  client.nextEvent(b).catch(() => {});
  await emulator.waitForInit();
  expect(steps.map(({ kind }) => kind).filter((kind) => kind !== 'poll-parked')).toEqual([
    'registered',
    'registered',
    'extension-ready',
    'extension-ready',
  ]);
});

test.each([
  [['adapter'], /within 20 ms: no registration of adapter/],
  [[], /within 20 ms: nobody has called \/runtime\/invocation\/next/],
] as const)('init that takes too long says what is missing (%j)', async (extensions, message) => {
  const { emulator } = await withEmulator({ mode: 'standard', extensions, initTimeoutMs: 20 });
  await expect(emulator.waitForInit()).rejects.toThrow(message);
});

test('init/error fails the init with its type and body, once; after the first poll it comes too late', async () => {
  const first = await withEmulator({ mode: 'standard' });
  const report = { 'Lambda-Runtime-Function-Error-Type': 'Runtime.InvalidConfig' };
  const accepted = await first.client.call('POST', '/2018-06-01/runtime/init/error', report, '{"errorMessage":"port"}');
  expect(accepted.status).toBe(202);
  await expect(first.emulator.waitForInit()).rejects.toThrow(/Runtime.InvalidConfig .*port/);
  const again = await first.client.call('POST', '/2018-06-01/runtime/init/error', report, '{}');
  expect([again.status, errorTypeOf(again)]).toEqual([403, 'InvalidStateTransition']);

  const second = await withEmulator({ mode: 'standard' });
  second.client.next().catch(() => {});
  await second.emulator.waitForParked(1);
  const late = await second.client.call('POST', '/2018-06-01/runtime/init/error', report, '{}');
  expect([late.status, errorTypeOf(late)]).toEqual([403, 'InvalidStateTransition']);
});

test('on Managed Instances an init/error after the first poll is taken and changes nothing', async () => {
  const { client, emulator } = await withEmulator({ mode: 'managed-instances', extensions: [] });
  client.next().catch(() => {});
  await emulator.waitForInit();
  expect((await client.call('POST', '/2018-06-01/runtime/init/error', {}, '{}')).status).toBe(202);
  await emulator.waitForInit();
  expect(emulator.parked).toBe(1);
});

test('the concurrency is in the environment of the runtime process, and of extensions unless it is hidden from them', async () => {
  const hidden = await withEmulator({
    mode: 'managed-instances',
    maxConcurrency: 7,
    concurrencyVisibleToExtensions: false,
  });
  expect(hidden.emulator.runtimeEnv['AWS_LAMBDA_MAX_CONCURRENCY']).toBe('7');
  expect(hidden.emulator.extensionEnv).not.toHaveProperty('AWS_LAMBDA_MAX_CONCURRENCY');
  expect(hidden.emulator.extensionEnv['AWS_LAMBDA_INITIALIZATION_TYPE']).toBe('lambda-managed-instances');
  expect(hidden.emulator.extensionEnv['AWS_LAMBDA_RUNTIME_API']).toBe(hidden.emulator.address);
  const visible = await withEmulator({ mode: 'managed-instances', maxConcurrency: 7 });
  expect(visible.emulator.extensionEnv['AWS_LAMBDA_MAX_CONCURRENCY']).toBe('7');
  const standard = await withEmulator({ mode: 'standard' });
  expect(standard.emulator.runtimeEnv).not.toHaveProperty('AWS_LAMBDA_MAX_CONCURRENCY');
});

test('ping answers, an unknown call does not exist', async () => {
  const { client } = await withEmulator({ mode: 'standard' });
  expect(await client.call('GET', '/2018-06-01/ping')).toMatchObject({ status: 200, text: 'pong' });
  expect((await client.call('GET', '/2018-06-01/nothing')).status).toBe(404);
});
