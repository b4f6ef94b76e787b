import { expect, test } from 'vitest';

import { requestIdOf } from './helpers/platform-client.ts';
import { withEmulator } from './helpers/with-emulator.ts';

const RESTORE = '/2018-06-01/runtime/restore';
const SNAP_START = { mode: 'standard', initializationType: 'snap-start' } as const;

test('init is done when the runtime is ready for its snapshot; the first invocation restores it and waits for the poll', async () => {
  const { client, emulator, steps } = await withEmulator(SNAP_START);
  const restored = client.call('GET', `${RESTORE}/next`);
  await emulator.waitForInit();
  expect(steps.map(({ kind }) => kind)).toEqual(['checkpoint']);
  const outcome = emulator.invoke('{"n":1}');
  expect(await restored).toMatchObject({ status: 200, text: '' });
  const invocation = await client.next();
  expect(invocation.text).toBe('{"n":1}');
  await client.respond(requestIdOf(invocation), '"done"');
  expect(await outcome).toMatchObject({ kind: 'response' });
  expect(steps.map(({ kind }) => kind)).toEqual(['checkpoint', 'restored', 'poll-parked', 'invoked', 'answered']);
});

test('an invocation that comes before the snapshot restores it as soon as it is taken', async () => {
  const { client, emulator } = await withEmulator(SNAP_START);
  const outcome = emulator.invoke('{}');
  expect((await client.call('GET', `${RESTORE}/next`)).status).toBe(200);
  await client.respond(requestIdOf(await client.next()), '"done"');
  expect(await outcome).toMatchObject({ kind: 'response' });
});

test('restore/error fails the invocation that waits, and those that come later, with its type and body', async () => {
  const { client, emulator, steps } = await withEmulator(SNAP_START);
  const outcome = emulator.invoke('{}');
  await client.call('GET', `${RESTORE}/next`);
  const headers = { 'Lambda-Runtime-Function-Error-Type': 'Runtime.AfterRestoreError' };
  const report = '{"errorMessage":"no database"}';
  expect((await client.call('POST', `${RESTORE}/error`, headers, report)).status).toBe(202);
  const failure = { kind: 'error', errorType: 'Runtime.AfterRestoreError', body: report };
  expect(await outcome).toMatchObject(failure);
  expect(await emulator.invoke('{}')).toMatchObject(failure);
  expect(steps).toContainEqual({ kind: 'restore-error', errorType: 'Runtime.AfterRestoreError', body: report });
});

test('init/error comes too late after the snapshot', async () => {
  const { client, emulator } = await withEmulator(SNAP_START);
  client.call('GET', `${RESTORE}/next`).catch(() => {});
  await emulator.waitForInit();
  expect((await client.call('POST', '/2018-06-01/runtime/init/error', {}, '{}')).status).toBe(403);
});

test.each([
  { mode: 'standard' },
  { mode: 'standard', initializationType: 'provisioned-concurrency' },
  { mode: 'managed-instances', initializationType: 'snap-start' },
] as const)('without SnapStart there are no such calls: %j', async (options) => {
  const { client } = await withEmulator(options);
  expect((await client.call('GET', `${RESTORE}/next`)).status).toBe(404);
  expect((await client.call('POST', `${RESTORE}/error`)).status).toBe(404);
});
