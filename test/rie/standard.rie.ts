import { expect, test } from 'vitest';
import { httpEvents, queueEvent, request } from '../helpers/events.ts';
import { inOrder } from './helpers/in-order.ts';
import { appJsonOf, jsonOf, lambdaContextOf } from './helpers/parsed.ts';
import { POLL } from './helpers/polls.ts';
import { processBelow } from './helpers/processes.ts';
import { startRie } from './helpers/rie.ts';

const REGISTER = 'POST /2020-01-01/extension/register';
const EVENT_NEXT = 'GET /2020-01-01/extension/event/next';
/** It has to do for the init, too. */
const TIMEOUT_SECONDS = 3;

test('registers before the app is started, waits for events at once, and polls once the app listens', async () => {
  const rie = await startRie();
  await rie.invoke(request('/'));
  expect(rie.calls.slice(0, 3)).toEqual([REGISTER, EVENT_NEXT, POLL]);
  expect(rie.log).toSatisfy(
    inOrder('registered, subscribed to [SHUTDOWN]', 'Start runtime', 'app: listening', POLL, 'INIT RTDONE'),
  );
});

test('parks one poll at a time', async () => {
  const rie = await startRie();
  for (let count = 0; count < 5; count++) await rie.invoke(request('/'));
  await expect.poll(() => rie.calls.filter((call) => call === POLL)).toHaveLength(6);
});

test('an HTTP API event becomes a request and the answer an HTTP API answer', async () => {
  const rie = await startRie();
  const event = httpEvents['http-api']({ method: 'POST', path: '/echo', query: 'a=1&a=2', body: 'hello' });
  const answer = await rie.invoke(event);
  expect(answer.status).toBe(200);
  expect(jsonOf(answer)).toMatchObject({ statusCode: 200, isBase64Encoded: false, headers: { 'x-app': 'yes' } });
  expect(appJsonOf(answer)).toMatchObject({ method: 'POST', target: '/echo?a=1&a=2', body: 'hello' });
});

test('a REST event becomes a request and the answer a REST answer', async () => {
  const rie = await startRie();
  const answer = await rie.invoke(httpEvents.rest({ path: '/parts' }));
  expect(jsonOf(answer)).toMatchObject({
    statusCode: 200,
    multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
    body: 'first second',
  });
});

test('an event that is no request is posted to /events, and the answer is the bytes of the app', async () => {
  const rie = await startRie();
  const event = queueEvent('one', 'two');
  expect(jsonOf(await rie.invoke(event))).toEqual({ received: event });
});

test('what the caller says about itself reaches the app', async () => {
  const rie = await startRie();
  const answer = await rie.invoke(request('/echo', { headers: { 'x-amz-tenant-id': 'forged' } }), {
    'X-Amz-Tenant-Id': 'tenant-1',
    'X-Amz-Client-Context': btoa('{"custom":{"k":"v"}}'),
    'X-Amz-Cognito-Identity': '{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}',
  });
  expect(appJsonOf(answer)).toMatchObject({ headers: { 'x-amz-tenant-id': 'tenant-1' } });
  expect(lambdaContextOf(answer)).toMatchObject({
    tenant_id: 'tenant-1',
    client_context: { custom: { k: 'v' } },
    identity: { identityId: 'i', identityPoolId: 'p' },
  });
});

test('an app that refuses connections fails requests and other events under a type of its own', async () => {
  const rie = await startRie({ env: { AWS_LWA_APP_RESTART_TIMEOUT_SECONDS: '1' } });
  await rie.invoke(request('/close'));
  expect(jsonOf(await rie.invoke(request('/')))).toMatchObject({ errorType: 'Function.AppConnectionRefused' });
  expect(jsonOf(await rie.invoke(queueEvent('one')))).toMatchObject({ errorType: 'Function.AppConnectionRefused' });
});

test('an error status of the app fails an event that is no request', async () => {
  const rie = await startRie({ env: { AWS_LWA_PASS_THROUGH_PATH: '/no-such-page' } });
  expect(jsonOf(await rie.invoke(queueEvent('one')))).toMatchObject({ errorType: 'Function.AppErrorStatus' });
  expect(jsonOf(await rie.invoke(request('/no-such-page')))).toMatchObject({ statusCode: 404 });
});

test('an answer over the limit fails its invocation and no other', async () => {
  const rie = await startRie();
  const answer = await rie.invoke(request('/large', { query: 'bytes=7000000' }));
  expect(jsonOf(answer)).toMatchObject({ errorType: 'Function.ResponseTooLarge' });
  expect((await rie.invoke(request('/large', { query: 'bytes=6000000' }))).body.length).toBeGreaterThan(6_000_000);
});

test('an app that is too slow is answered for with 504 before the deadline, and sees the disconnect', async () => {
  const rie = await startRie({ timeoutSeconds: TIMEOUT_SECONDS });
  const first = appJsonOf(await rie.invoke(request('/')));
  expect(jsonOf(await rie.invoke(request('/hang')))).toMatchObject({ statusCode: 504 });
  expect(rie.log.text).toContain('did not answer before the deadline');
  expect(appJsonOf(await rie.invoke(request('/')))).toMatchObject({ aborted: 1, pid: first['pid'] });
});

test('an event that is no request and takes too long fails as AppTimeout', async () => {
  const rie = await startRie({ timeoutSeconds: TIMEOUT_SECONDS, env: { AWS_LWA_PASS_THROUGH_PATH: '/hang' } });
  expect(jsonOf(await rie.invoke(queueEvent('one')))).toMatchObject({ errorType: 'Function.AppTimeout' });
});

test('a function timeout ends the environment in good order despite a late answer, and the next invocation starts it again', async () => {
  const rie = await startRie({ timeoutSeconds: TIMEOUT_SECONDS, env: { AWS_LWA_DEADLINE_MARGIN_MS: '0' } });
  await rie.invoke(request('/'));
  const adapter = processBelow(rie.pid, '/opt/extensions/lambda-adapter');
  const timedOut = rie.invoke(request('/hang'));
  await rie.log.find('app: /hang');
  // Otherwise it is a matter of a millisecond which of the two notices first that time is up.
  process.kill(adapter, 'SIGSTOP');
  await rie.log.find('Invoke() timeout');
  process.kill(adapter, 'SIGCONT');
  expect((await timedOut).body.toString()).toBe(`Task timed out after ${TIMEOUT_SECONDS}.00 seconds`);
  expect(rie.log).toSatisfy(inOrder('Invoke() timeout', 'did not answer before the deadline', 'Handling termination'));
  expect(rie.log.text).toContain('shutting down: SHUTDOWN Timeout');
  expect(rie.log.text).not.toContain('Killing it');
  expect(jsonOf(await rie.invoke(request('/')))).toMatchObject({ statusCode: 200 });
});

test('an app that crashes ends the environment, and a later invocation starts it again', async () => {
  const rie = await startRie();
  const first = appJsonOf(await rie.invoke(request('/')));
  expect((await rie.invoke(request('/crash'))).status).toBe(502);
  // The emulator may need another attempt: the end of the old processes can reach it while it starts the new ones.
  await expect.poll(async () => (await rie.invoke(request('/'))).status).toBe(200);
  expect(appJsonOf(await rie.invoke(request('/')))['pid']).not.toBe(first['pid']);
});

test('SIGTERM to the emulator: the app first, then SHUTDOWN to the adapter, which goes by itself', async () => {
  const rie = await startRie();
  await rie.invoke(request('/'));
  expect(await rie.stop()).toBe(0);
  expect(rie.log).toSatisfy(
    inOrder('app: SIGTERM', 'shutting down: SHUTDOWN SandboxTerminated', 'runtime domain processes termination'),
  );
  expect(rie.log.text).not.toContain('Killing it');
});
