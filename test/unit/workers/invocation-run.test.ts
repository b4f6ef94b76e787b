import pino from 'pino';
import { expect, test } from 'vitest';
import type { FromWorker, Invocation } from '../../../src/shared/protocol.ts';
import { InvocationRun, type Services } from '../../../src/workers/invocation-run.ts';
import type { Decoded } from '../../../src/workers/types.ts';
import { Upstreams } from '../../../src/workers/upstream/upstream.ts';
import { testConfig } from '../../helpers/config.ts';

const invocation: Invocation = {
  requestId: 'request-1',
  deadlineMs: 0,
  functionArn: null,
  traceId: null,
  clientContext: null,
  cognitoIdentity: null,
  tenantId: null,
  event: [],
};

const event: Decoded = {
  kind: 'event',
  request: { method: 'POST', target: '/events?token=secret', headers: ['x-key', 'secret'], body: null },
};

function run(overrides: Partial<Services>, deadlineMs = 0) {
  const lines: string[] = [];
  const messages: FromWorker[] = [];
  const ended: number[] = [];
  const services: Services = {
    config: testConfig(),
    decode: () => event,
    isReserved: null,
    upstreams: new Upstreams(testConfig()),
    logger: pino({ level: 'debug' }, { write: (line) => lines.push(line) }),
    post: (message) => messages.push(message),
    onEnd: (id) => ended.push(id),
    ...overrides,
  };
  new InvocationRun(services, 7, { ...invocation, deadlineMs }).start();
  return { lines, messages, ended };
}

test('what is logged about a request names no secret', () => {
  const { lines } = run({}, 1);
  expect(lines.map((line) => JSON.parse(line).path)).toEqual(['/events', '/events']);
  expect(lines.join('')).toContain('"requestId":"request-1"');
  expect(lines.join('')).not.toContain('secret');
});

test('a defect in decoding is a failure of that invocation and not thrown', () => {
  const { messages, ended } = run({
    decode: () => {
      throw new TypeError('x is undefined');
    },
  });
  expect(messages).toEqual([
    { kind: 'failure', id: 7, failure: expect.objectContaining({ errorType: 'Runtime.AdapterError' }) },
  ]);
  expect(ended).toEqual([7]);
});
