import { expect, it } from 'vitest';
import { describe as explain } from '../../../../src/main/readiness/describe.ts';
import { testConfig } from '../../../helpers/config.ts';

const config = { ...testConfig().readiness, path: '/health' };

it('a refused connection is explained with the address and the variable that changes it', () => {
  const text = explain({ kind: 'refused' }, config, []);
  expect(text).toContain('nothing listens on 127.0.0.1:8080');
  expect(text).toContain('AWS_LWA_PORT');
});

it('a refused connection is explained with the ports that something else listens on', () => {
  expect(explain({ kind: 'refused' }, config, [3000, 5000])).toMatch(/something listens on 3000, 5000.*AWS_LWA_PORT/);
});

it('an unhealthy answer is explained with status, body and the variables that change what counts', () => {
  const text = explain({ kind: 'unhealthy', status: 503, excerpt: 'warming up' }, config, [3000]);
  expect(text).toContain('GET /health on 127.0.0.1:8080 answered 503 (warming up)');
  expect(text).toContain('AWS_LWA_READINESS_CHECK_PATH');
  expect(text).toContain('AWS_LWA_READINESS_CHECK_HEALTHY_STATUS');
  expect(text).not.toContain('3000');
});

it('an unhealthy answer without a body leaves nothing in brackets', () => {
  expect(explain({ kind: 'unhealthy', status: 500, excerpt: '' }, config, [])).not.toContain('()');
});

it('an app that accepts and stays silent is explained with the time that it had', () => {
  expect(explain({ kind: 'silent', afterMs: 30_000 }, config, [])).toMatch(/accepts connections.*30000 ms/);
});

it('anything else is explained with its reason', () => {
  expect(explain({ kind: 'broken', reason: 'getaddrinfo ENOTFOUND app' }, config, [])).toContain('ENOTFOUND');
});
