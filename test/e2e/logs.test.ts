import { describe, expect, test } from 'vitest';
import { startAdapter } from '../helpers/adapter.ts';
import { httpEvents, HTTP_SOURCES, queueEvent, request } from '../helpers/events.ts';

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe('every line of the log', () => {
  test('is an object with timestamp, level and message in JSON format, from every thread', async () => {
    const adapter = await startAdapter({
      emulator: { mode: 'managed-instances', maxConcurrency: 8, concurrencyVisibleToExtensions: true },
      env: { AWS_LAMBDA_LOG_LEVEL: 'TRACE', AWS_LWA_WORKERS: '2' },
    });
    await Promise.all(Array.from({ length: 40 }, (_, id) => adapter.invoke(request('/x'), { requestId: `id-${id}` })));
    await adapter.invoke('not JSON', { requestId: 'bad-event' });
    const { records } = adapter.log;
    expect(records.length).toBeGreaterThan(40);
    for (const record of records) {
      expect(record).toMatchObject({
        timestamp: expect.stringMatching(TIMESTAMP),
        level: expect.stringMatching(/^(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)$/),
        message: expect.any(String),
      });
    }
    const ids = new Set(records.map(({ requestId }) => requestId));
    for (let id = 0; id < 40; id++) expect(ids).toContain(`id-${id}`);
    expect(records).toContainEqual(
      expect.objectContaining({ level: 'ERROR', requestId: 'bad-event', errorType: 'Function.InvalidEvent' }),
    );
  });

  test('has timestamp, request id, level and message in text format', async () => {
    const adapter = await startAdapter({ env: { AWS_LAMBDA_LOG_FORMAT: 'Text' } });
    await adapter.invoke('not JSON', { requestId: 'bad-event' });
    const [timestamp, requestId, level, message] = (await adapter.log.find('bad-event')).split('\t');
    expect(timestamp).toMatch(TIMESTAMP);
    expect([requestId, level]).toEqual(['bad-event', 'ERROR']);
    expect(message).toContain('not one JSON value');
  });

  test('is at least of the configured level', async () => {
    const adapter = await startAdapter({ env: { AWS_LAMBDA_LOG_LEVEL: 'ERROR', HOST: '127.0.0.1' } });
    await adapter.invoke('not JSON', { requestId: 'bad-event' });
    await adapter.log.find('bad-event');
    expect(adapter.log.lines).toHaveLength(1);
  });
});

test('no credential and nothing that a client sent is in the log, at any level, whatever fails', async () => {
  const adapter = await startAdapter({
    emulator: { mode: 'managed-instances', maxConcurrency: 8, concurrencyVisibleToExtensions: true },
    env: { AWS_LAMBDA_LOG_LEVEL: 'trace', AWS_LWA_AUTHORIZATION_SOURCE: 'x-auth', AWS_LWA_WORKERS: '1' },
  });
  const headers = {
    authorization: 'Bearer SECRET',
    cookie: 'session=SECRET',
    'x-api-key': 'SECRET',
    'x-auth': 'SECRET',
    'x-amz-security-token': 'SECRET',
  };
  adapter.app.route('/reset', (_request, connection) => connection.reset());
  adapter.app.route('/malformed', (_request, connection) => {
    connection.write('HTTP/1.1 SECRET\r\n\r\n');
  });
  adapter.app.route('/slow', () => {});
  adapter.app.script = (_request, connection) =>
    connection.answer({ headers: [['set-cookie', 'session=SECRET']], body: 'SECRET' });
  const secrets = { headers, query: 'token=SECRET', method: 'POST', body: 'password=SECRET' };
  for (const source of HTTP_SOURCES) await adapter.invoke(httpEvents[source]({ path: '/', ...secrets }));
  await adapter.invoke(request('/reset', secrets));
  await adapter.invoke(request('/malformed', secrets));
  await adapter.invoke(request('/slow', secrets), { timeoutMs: 400 });
  await adapter.invoke(queueEvent('SECRET'), {
    clientContext: '{"custom":{"SECRET":"SECRET"',
    cognitoIdentity: 'SECRET',
  });
  await adapter.invoke('{"headers":{"authorization":"SECRET"}');
  await adapter.invoke({ ...request('/'), body: { password: 'SECRET' } });
  await adapter.invoke({ ...request('/'), body: 'SECRET is not base64', isBase64Encoded: true });
  await adapter.invoke({ ...request('/'), requestContext: { http: { method: 'SECRET SECRET' } } });
  await adapter.invoke({ ...request('/'), headers: { authorization: { SECRET: 'SECRET' } } });
  expect(adapter.log.lines.length).toBeGreaterThan(15);
  expect(adapter.log.text).not.toContain('SECRET');
});
