import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { queueEvent, request } from '../helpers/events.ts';
import { inOrder } from './helpers/in-order.ts';
import { appJsonOf, jsonOf, lambdaContextOf } from './helpers/parsed.ts';
import { POLL, untilPolled } from './helpers/polls.ts';
import { processBelow, threadNames, variableNames } from './helpers/processes.ts';
import { startRie } from './helpers/rie.ts';

const SLOW = request('/slow', { query: 'ms=300' });
/** Answered when 32 of its kind have arrived. */
const TOGETHER = request('/together', { query: 'count=32' });
const ADAPTER = 'lambda-adapter';
/** It has to do for the init, too. */
const TIMEOUT_SECONDS = 3;

function repeat<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => make(index)));
}

test.for([
  ['the adapter is told how many there may be', false],
  ['only the runtime process is told, and hands it over', true],
] as const)('32 invocations are served at once: %s', async ([, hidesConcurrency]) => {
  // No multiple of 16, so that it cannot be a guess.
  const rie = await startRie({ maxConcurrency: 40, hidesConcurrency });
  await untilPolled(rie, 40);
  const told = variableNames(processBelow(rie.pid, ADAPTER)).includes('AWS_LAMBDA_MAX_CONCURRENCY');
  expect(told).toBe(!hidesConcurrency);
  expect(variableNames(processBelow(rie.pid, 'app.mjs'))).toContain('AWS_LAMBDA_MAX_CONCURRENCY');
  expect(rie.calls.slice(0, 2)).toEqual([
    'POST /2020-01-01/extension/register',
    'GET /2020-01-01/extension/event/next',
  ]);
  const answers = await repeat(32, () => rie.invoke(TOGETHER));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 32 }, () => 200));
  expect(appJsonOf(await rie.invoke(request('/')))).toMatchObject({ mostAtOnce: 32 });
  // One poll for each place, and one more for each invocation.
  await untilPolled(rie, 40 + 33);
  expect(rie.calls.filter((call) => call === POLL)).toHaveLength(40 + 33);
});

test('without the number as many polls are parked as a guess says, and more when they are used up', async () => {
  const rie = await startRie({ maxConcurrency: 1600, hidesConcurrency: true, bootstrap: 'exec node app.mjs' });
  const guess = 16 * availableParallelism();
  const invocations = 2 * guess;
  await untilPolled(rie, guess);
  expect(rie.log.text).toContain(`"polls":${guess}`);
  const answers = await repeat(invocations, async (index) => {
    await sleep(index * 10);
    return rie.invoke(request('/slow', { query: `ms=${invocations * 10 + 500}` }));
  });
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(appJsonOf(await rie.invoke(request('/')))).toMatchObject({ mostAtOnce: invocations });
});

test('answers are not mixed up', async () => {
  const rie = await startRie({ maxConcurrency: 32 });
  await untilPolled(rie, 32);
  const answers = await repeat(32, (index) =>
    rie.invoke(request('/slow', { query: `ms=${(index * 37) % 100}&name=${index}` })),
  );
  expect(answers.map((answer) => appJsonOf(answer)['name'])).toEqual(answers.map((_, index) => String(index)));
});

test('an app that is too slow is answered for with 504 before the deadline, and sees the disconnect; its neighbours do not', async () => {
  const rie = await startRie({ maxConcurrency: 8, timeoutSeconds: TIMEOUT_SECONDS });
  await untilPolled(rie, 8);
  const [hanging, ...slow] = await Promise.all([
    rie.invoke(request('/hang')),
    ...Array.from({ length: 7 }, () => rie.invoke(request('/slow', { query: 'ms=1500' }))),
  ]);
  expect(jsonOf(hanging)).toMatchObject({ statusCode: 504 });
  expect(slow.map((answer) => jsonOf(answer)['statusCode'])).toEqual(slow.map(() => 200));
  expect(rie.log.text).toContain('did not answer before the deadline');
  await expect.poll(async () => appJsonOf(await rie.invoke(request('/')))).toMatchObject({ aborted: 1 });
});

test('failures have their types, and their neighbours are served', async () => {
  const rie = await startRie({ maxConcurrency: 32, env: { AWS_LWA_PASS_THROUGH_PATH: '/no-such-page' } });
  await untilPolled(rie, 32);
  const [slow, tooLarge, errorStatus, invalid] = await Promise.all([
    repeat(16, () => rie.invoke(SLOW)),
    rie.invoke(request('/large', { query: 'bytes=7000000' })),
    rie.invoke(queueEvent('one')),
    rie.invoke('no JSON'),
  ]);
  expect([tooLarge, errorStatus, invalid].map(({ headers }) => headers.get('error-type'))).toEqual([
    'Function.ResponseTooLarge',
    'Function.AppErrorStatus',
    'Function.InvalidEvent',
  ]);
  expect(jsonOf(tooLarge)).toMatchObject({
    errorType: 'Function.ResponseTooLarge',
    errorMessage: expect.stringContaining('response_stream'),
  });
  expect(slow.map((answer) => jsonOf(answer)['statusCode'])).toEqual(slow.map(() => 200));
});

test('after a timeout of the function the late answer is refused with 410, which costs nothing', async () => {
  const rie = await startRie({ maxConcurrency: 1, timeoutSeconds: TIMEOUT_SECONDS });
  await untilPolled(rie, 1);
  const adapter = processBelow(rie.pid, ADAPTER);
  const timedOut = rie.invoke(request('/hang'));
  await rie.log.find('app: /hang');
  // It would answer before the deadline otherwise.
  process.kill(adapter, 'SIGSTOP');
  expect((await timedOut).headers.get('error-type')).toBe('Sandbox.Timedout');
  process.kill(adapter, 'SIGCONT');
  expect(await rie.log.find('the platform refused the answer')).toContain('410');
  await untilPolled(rie, 2);
  expect(jsonOf(await rie.invoke(request('/')))).toMatchObject({ statusCode: 200 });
});

test('what the caller says about itself reaches the app', async () => {
  const rie = await startRie({ maxConcurrency: 2 });
  const traceId = 'Root=1-5e1b4151-5ac6c58f3375aa3c7c6b73c9;Parent=53995c3f42cd8ad8;Sampled=1';
  const answer = await rie.invoke(request('/echo', { headers: { 'x-amz-tenant-id': 'forged' } }), {
    'X-Amzn-RequestId': 'chosen by the caller',
    'X-Amzn-Trace-Id': traceId,
    'X-Amz-Client-Context': btoa('{"custom":{"k":"v"}}'),
    'X-Amz-Cognito-Identity': '{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}',
  });
  const { headers } = appJsonOf(answer);
  expect(headers).toMatchObject({
    'x-amzn-trace-id': expect.stringContaining('Root=1-5e1b4151-5ac6c58f3375aa3c7c6b73c9'),
  });
  expect(headers).not.toHaveProperty('x-amz-tenant-id');
  expect(lambdaContextOf(answer)).toMatchObject({
    request_id: 'chosen by the caller',
    client_context: { custom: { k: 'v' } },
    identity: { identityId: 'i', identityPoolId: 'p' },
  });
});

test('invocations are served by worker threads', async () => {
  const rie = await startRie({ maxConcurrency: 8, env: { AWS_LWA_WORKERS: '3' } });
  await rie.invoke(request('/'));
  const workers = threadNames(processBelow(rie.pid, ADAPTER));
  expect(workers.filter((name) => name === 'WorkerThread')).toHaveLength(3);
});

test('SIGTERM to the emulator: it gives up what runs, stops the app, and the adapter goes by itself with code 0', async () => {
  const rie = await startRie({ maxConcurrency: 4 });
  await untilPolled(rie, 4);
  const running = rie.invoke(request('/hang'));
  await rie.log.find('Waiting for Runtime response');
  expect(await rie.stop()).toBe(0);
  expect((await running).headers.get('error-type')).toBe('Client.ExecutionEnvironmentShutDown');
  expect(rie.log).toSatisfy(
    inOrder(
      'app: SIGTERM',
      'shutting down: SHUTDOWN spindown',
      'Name:extension-lambda-adapter Cause:exited Signo:<nil> ExitStatus:0',
    ),
  );
});
