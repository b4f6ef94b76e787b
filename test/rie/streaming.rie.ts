import { expect, test } from 'vitest';
import { httpEvents, queueEvent, request } from '../helpers/events.ts';
import { jsonOf, streamOf } from './helpers/parsed.ts';
import { untilPolled } from './helpers/polls.ts';
import { startRie } from './helpers/rie.ts';

/** Both modes of the emulator hand a streamed answer out whole, prelude included. */
const STREAM = { AWS_LWA_INVOKE_MODE: 'response_stream' };

test.for([
  ['standard mode', {}],
  ['Managed Instances', { maxConcurrency: 4 }],
] as const)('a streamed answer is a prelude, eight NULs and the body as the app wrote it (%s)', async ([, mode]) => {
  const rie = await startRie({ ...mode, env: STREAM });
  const { prelude, body } = streamOf(await rie.invoke(request('/parts')));
  expect(prelude).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'text/plain', 'x-app': 'yes' },
    cookies: ['a=1', 'b=2'],
  });
  expect(body).toBe('first second');
});

test('an answer without a body is a prelude and eight NULs', async () => {
  const rie = await startRie({ env: STREAM });
  const { prelude, body } = streamOf(await rie.invoke(request('/status', { query: 'code=204' })));
  expect([prelude['statusCode'], body]).toEqual([204, '']);
});

test('events that are no HTTP request and load balancers get the plain answer', async () => {
  const rie = await startRie({ env: STREAM });
  expect(jsonOf(await rie.invoke(queueEvent('one')))).toEqual({ received: queueEvent('one') });
  expect(jsonOf(await rie.invoke(httpEvents.alb({ path: '/parts' })))).toMatchObject({ body: 'first second' });
});

test('Managed Instances: an app that breaks off in the middle is reported in trailers', async () => {
  const rie = await startRie({ maxConcurrency: 4, env: STREAM });
  const answer = await rie.invoke(request('/parts', { query: 'break' }));
  expect(answer.headers.get('error-type')).toBe('Function.AppConnectionReset');
  expect(jsonOf(answer)).toMatchObject({ errorType: 'Function.AppConnectionReset' });
  expect(streamOf(await rie.invoke(request('/parts'))).body).toBe('first second');
  expect(rie.log.text).not.toContain('the platform refused the answer');
});

test.for([
  ['standard mode', {}],
  ['Managed Instances', { maxConcurrency: 1 }],
] as const)('a stream that is larger than the platform takes costs one invocation (%s)', async ([, mode]) => {
  const rie = await startRie({ ...mode, env: STREAM });
  const answer = await rie.invoke(request('/large', { query: 'bytes=30000000' }));
  expect(answer.headers.get('error-type') ?? jsonOf(answer)['errorType']).toBe('Function.ResponseSizeTooLarge');
  await rie.log.find('the platform refused the answer: 413');
  await untilPolled(rie, 2);
  expect(streamOf(await rie.invoke(request('/parts'))).body).toBe('first second');
});
