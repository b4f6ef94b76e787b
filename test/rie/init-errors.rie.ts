import { expect, test } from 'vitest';
import { request } from '../helpers/events.ts';
import { jsonOf } from './helpers/parsed.ts';
import { startRie } from './helpers/rie.ts';

const BAD_VALUE = { AWS_LWA_INVOKE_MODE: 'sometimes' };
const NEVER_READY = { AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS: '1' };
const MANAGED = { maxConcurrency: 4 };
/** Keeps the emulator from starting the runtime process, as an extension does that is slow to register. */
const UNREGISTERED = { extensions: { other: 'exec sleep 60' } };

test('standard mode: a refused configuration reaches the caller with type and cause', async () => {
  const rie = await startRie({ env: BAD_VALUE });
  const answer = await rie.invoke(request('/'));
  expect(answer.status).toBe(502);
  expect(jsonOf(answer)).toMatchObject({
    errorType: 'Runtime.InvalidConfig',
    errorMessage: 'AWS_LWA_INVOKE_MODE is "sometimes": accepted is buffered or response_stream',
  });
});

test('standard mode: an app that never becomes ready reaches the caller with type and cause', async () => {
  const rie = await startRie({ env: NEVER_READY, bootstrap: 'exec sleep 60' });
  expect(jsonOf(await rie.invoke(request('/')))).toMatchObject({
    errorType: 'Function.AppNotReady',
    errorMessage: expect.stringContaining('the app was not ready within 1000 ms'),
  });
});

test('Managed Instances: a refused configuration reaches the caller with its type', async () => {
  const rie = await startRie({ ...MANAGED, env: BAD_VALUE });
  expect((await rie.invoke(request('/'))).headers.get('error-type')).toBe('Runtime.InvalidConfig');
});

test('Managed Instances: an app that never becomes ready reaches the caller with its type', async () => {
  const rie = await startRie({ ...MANAGED, env: NEVER_READY, bootstrap: 'exec sleep 60' });
  expect((await rie.invoke(request('/'))).headers.get('error-type')).toBe('Function.AppNotReady');
});

test('standard mode: before there is a runtime process the adapter still reports as an extension', async () => {
  const rie = await startRie({ ...UNREGISTERED, env: BAD_VALUE });
  await rie.invoke(request('/'));
  expect(rie.calls.slice(-2)).toEqual(['POST /2018-06-01/runtime/init/error', 'POST /2020-01-01/extension/init/error']);
  expect(rie.log.text).toContain('First fatal error stored in appctx: Extension.InitError');
});

test('Managed Instances: before there is a runtime process the adapter still reports as an extension', async () => {
  const rie = await startRie({ ...MANAGED, ...UNREGISTERED, env: BAD_VALUE });
  expect((await rie.invoke(request('/'))).headers.get('error-type')).toBe('Extension.InvalidConfig');
});
