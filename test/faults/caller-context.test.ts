import { beforeAll, describe, expect, test } from 'vitest';
import type { InvokeOptions } from '../../bench/emulator/types.ts';
import { launchAdapter, type RunningAdapter } from '../helpers/adapter.ts';
import { CROWDED } from '../helpers/crowded.ts';
import { queueEvent, request } from '../helpers/events.ts';
import { amongNeighbours } from '../helpers/neighbours.ts';
import { valueOf } from '../helpers/received-request.ts';
import { answerOf, echoed } from '../helpers/outcomes.ts';

let adapter: RunningAdapter;

beforeAll(async () => {
  adapter = await launchAdapter(CROWDED);
  return () => adapter.stop();
});

/** What the app is told about an invocation of this caller. */
async function contextOf(options: InvokeOptions, event: unknown = request('/')): Promise<Record<string, unknown>> {
  const outcome = await adapter.invoke(event, options);
  expect(outcome).toMatchObject({ kind: 'response' });
  const text = valueOf(adapter.app.requestOf(outcome.requestId), 'x-amzn-lambda-context');
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  return JSON.parse(text);
}

const MALFORMED = ['{', 'null', '[]', '"text"', '17', 'no JSON', '{"custom":', '\u00ff', '{"a":1}x'];

describe('anyone who may invoke the function chooses the client context, so', () => {
  test.each(MALFORMED)('%j for it is none', async (clientContext) => {
    await amongNeighbours(adapter, 32, async () => {
      expect(await contextOf({ clientContext })).toMatchObject({ client_context: null });
      expect(await contextOf({ clientContext }, queueEvent('x'))).toMatchObject({ client_context: null });
    });
  });

  test.each([
    ['{}', { client: null, custom: {}, environment: {} }],
    ['{"custom":{"a":1,"b":null,"c":[{}]}}', { client: null, custom: { a: 1, b: null, c: [{}] }, environment: {} }],
    [
      '{"client":{"appTitle":"x"},"env":{"y":"z"}}',
      { client: { appTitle: 'x' }, custom: {}, environment: {}, env: { y: 'z' } },
    ],
    ['{"client":{"app_title":"x"}}', { client: { appTitle: 'x' }, custom: {}, environment: {} }],
    ['{"client":17,"custom":"text"}', { client: null, custom: 'text', environment: {} }],
    ['{"custom":{"name":"日本 \\u0000\\u007f"}}', { client: null, custom: { name: '日本 \0\x7f' }, environment: {} }],
  ])('%j reaches the app as far as it can be read', async (clientContext, expected) => {
    await amongNeighbours(adapter, 32, async () => {
      expect(await contextOf({ clientContext })).toMatchObject({ client_context: expected });
    });
  });

  test('a large one is taken too', async () => {
    const clientContext = JSON.stringify({ custom: { large: 'x'.repeat(100_000) } });
    await amongNeighbours(adapter, 32, async () => {
      expect(await contextOf({ clientContext })).toMatchObject({ client_context: JSON.parse(clientContext) });
    });
  });
});

describe('a Cognito identity', () => {
  test.each(MALFORMED)('of %j is none', async (cognitoIdentity) => {
    await amongNeighbours(adapter, 32, async () => {
      expect(await contextOf({ cognitoIdentity })).toMatchObject({ identity: null });
    });
  });

  test.each(['{}', '{"cognitoIdentityId":null}'])('without ids as in %j is told as it is', async (cognitoIdentity) => {
    await amongNeighbours(adapter, 32, async () => {
      const { identity } = await contextOf({ cognitoIdentity });
      expect(identity).toEqual({ identityId: null, identityPoolId: null });
    });
  });
});

describe('odd values of the platform itself do no harm:', () => {
  test.each(['0', '-1', '', 'soon', '99999999999999999999', '4102444800000000', 'NaN', '1e400'])(
    'a deadline of %j',
    async (deadlineHeader) => {
      await amongNeighbours(adapter, 32, async () => {
        expect(echoed(await adapter.invoke(request('/x'), { deadlineHeader })).target).toBe('/x');
      });
    },
  );

  test('a deadline that has passed: the app is not asked any more', async () => {
    await amongNeighbours(adapter, 32, async () => {
      const outcome = await adapter.invoke(request('/late'), { deadlineHeader: String(Date.now() - 60_000) });
      expect(answerOf(outcome)).toMatchObject({ statusCode: 504 });
      expect(adapter.app.requests.filter(({ target }) => target === '/late')).toEqual([]);
    });
  });

  test.each(['a/b?c#d', '%2F', '..', "x'y"])('a request id of %j', async (requestId) => {
    await amongNeighbours(adapter, 32, async () => {
      expect(await contextOf({ requestId })).toMatchObject({ request_id: requestId });
    });
  });

  test('headers without content, which are as good as absent', async () => {
    await amongNeighbours(adapter, 32, async () => {
      const options = { traceId: '', clientContext: '', cognitoIdentity: '', tenantId: '' };
      expect(await contextOf(options)).toMatchObject({ client_context: null, identity: null, xray_trace_id: null });
      const { requestId } = await adapter.invoke(request('/'), options);
      const names = adapter.app.requestOf(requestId).headers.map(([name]) => name.toLowerCase());
      expect(names).not.toContain('x-amzn-trace-id');
      expect(names).not.toContain('x-amz-tenant-id');
    });
  });

  test('a tenant and a trace beyond ASCII', async () => {
    await amongNeighbours(adapter, 32, async () => {
      const { requestId } = await adapter.invoke(request('/'), { tenantId: 'ténant', traceId: 'Root=日本' });
      const received = adapter.app.requestOf(requestId);
      expect(valueOf(received, 'x-amz-tenant-id')).toBe('ténant');
      expect(valueOf(received, 'x-amzn-trace-id')).toBe('Root=日本');
    });
  });
});
