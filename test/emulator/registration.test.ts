import { describe, expect, test } from 'vitest';

import { errorTypeOf } from './helpers/platform-client.ts';
import { withEmulator } from './helpers/with-emulator.ts';

const EXTENSIONS = ['adapter'];

describe('registration', () => {
  test('gives an identifier, names the function, and the account only when asked', async () => {
    const { client } = await withEmulator({ mode: 'standard', extensions: EXTENSIONS, functionName: 'shop' });
    const answer = await client.register('adapter', '{"events":["INVOKE","SHUTDOWN"]}');
    expect(answer.status).toBe(200);
    expect(answer.headers['lambda-extension-identifier']).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.text)).toEqual({ functionName: 'shop', functionVersion: '$LATEST', handler: 'bootstrap' });
    const headers = { 'Lambda-Extension-Name': 'internal', 'Lambda-Extension-Accept-Feature': 'other, accountId' };
    const second = await client.call('POST', '/2020-01-01/extension/register', headers, '{"events":[]}');
    expect(JSON.parse(second.text)).toMatchObject({ accountId: '123456789012' });
  });

  test.each([
    ['standard', 'adapter', ['INVOKE', 'SHUTDOWN'], 200],
    ['standard', 'adapter', ['NONSENSE'], 403],
    ['standard', 'internal', ['INVOKE'], 200],
    ['standard', 'internal', ['SHUTDOWN'], 403],
    ['managed-instances', 'adapter', [], 200],
    ['managed-instances', 'adapter', ['SHUTDOWN'], 200],
    ['managed-instances', 'adapter', ['INVOKE'], 403],
    ['managed-instances', 'internal', [], 200],
    ['managed-instances', 'internal', ['SHUTDOWN'], 403],
  ] as const)('in %s mode, %s may subscribe to %j: %i', async (mode, name, events, status) => {
    const { client, steps } = await withEmulator({ mode, extensions: EXTENSIONS });
    const answer = await client.register(name, JSON.stringify({ events }));
    expect(answer.status).toBe(status);
    if (status === 200) return;
    expect(errorTypeOf(answer)).toBe('Extension.InvalidEventType');
    expect(steps.at(-1)).toMatchObject({ kind: 'refused-call', status: 403, errorType: 'Extension.InvalidEventType' });
  });

  test('refuses an empty name, a second time, a body that is not as specified, and configuration keys', async () => {
    const { client } = await withEmulator({ mode: 'standard', extensions: EXTENSIONS });
    expect(errorTypeOf(await client.register('', '{}'))).toBe('Extension.InvalidExtensionName');
    expect(errorTypeOf(await client.register('adapter', '{'))).toBe('InvalidRequestFormat');
    expect(errorTypeOf(await client.register('adapter', '{"configurationKeys":["A"]}'))).toBe('InvalidRequestFormat');
    expect((await client.register('adapter', '{"configurationKeys":[]}')).status).toBe(200);
    expect(errorTypeOf(await client.register('adapter', '{}'))).toBe('Extension.InvalidExtensionState');
  });

  test('is closed to internal extensions once the runtime has polled', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard' });
    expect((await client.register('early', '{"events":[]}')).status).toBe(200);
    client.next().catch(() => {});
    await emulator.waitForParked(1);
    expect(errorTypeOf(await client.register('late', '{"events":[]}'))).toBe('Extension.RegistrationClosed');
  });

  test('ends at ten extensions', async () => {
    const { client } = await withEmulator({ mode: 'standard' });
    const statuses = [];
    for (let index = 0; index < 11; index++) statuses.push((await client.register(`x${index}`, '{}')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 403]);
    expect(errorTypeOf(await client.register('x', '{}'))).toBe('Extension.TooManyExtensions');
  });
});

describe('an extension that calls again', () => {
  test('must name itself by its identifier', async () => {
    const { client } = await withEmulator({ mode: 'standard' });
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(errorTypeOf(await client.nextEvent({}))).toBe('Extension.MissingExtensionIdentifier');
    expect(errorTypeOf(await client.nextEvent({ 'Lambda-Extension-Identifier': 'me' }))).toBe(
      'Extension.InvalidExtensionIdentifier',
    );
    expect(errorTypeOf(await client.nextEvent({ 'Lambda-Extension-Identifier': unknown }))).toBe(
      'Extension.UnknownExtensionIdentifier',
    );
  });

  test('may wait for one event only at a time', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard', extensions: EXTENSIONS });
    const adapter = await client.registered('adapter', []);
    client.nextEvent(adapter).catch(() => {});
    client.next().catch(() => {});
    await emulator.waitForInit();
    expect(errorTypeOf(await client.nextEvent(adapter))).toBe('Extension.InvalidExtensionState');
  });

  test('reports its failure with a type, and may not wait for events after that', async () => {
    const { client, emulator, steps } = await withEmulator({ mode: 'standard', extensions: EXTENSIONS });
    const adapter = await client.registered('adapter', []);
    const report = (headers: Record<string, string>) =>
      client.call('POST', '/2020-01-01/extension/init/error', { ...adapter, ...headers }, '{"errorMessage":"no"}');
    expect(errorTypeOf(await report({}))).toBe('Extension.MissingHeader');
    expect((await report({ 'Lambda-Extension-Function-Error-Type': 'broken' })).status).toBe(202);
    expect(steps.at(-1)).toMatchObject({ kind: 'init-error', errorType: 'Extension.InitError' });
    await expect(emulator.waitForInit()).rejects.toThrow(/adapter failed: Extension.InitError/);
    expect(errorTypeOf(await client.nextEvent(adapter))).toBe('Extension.InvalidExtensionState');
  });

  test('gets INVOKE in standard mode, and the next invocation waits until it asks again', async () => {
    const { client, emulator } = await withEmulator({ mode: 'standard', extensions: EXTENSIONS });
    const adapter = await client.registered('adapter', ['INVOKE']);
    const event = client.nextEvent(adapter);
    const poll = client.next();
    await emulator.waitForInit();
    const outcome = emulator.invoke('{}', { requestId: 'one', traceId: 'Root=1-2' });
    expect(JSON.parse((await event).text)).toMatchObject({
      eventType: 'INVOKE',
      requestId: 'one',
      tracing: { type: 'X-Amzn-Trace-Id', value: 'Root=1-2' },
    });
    expect((await event).headers['lambda-extension-event-identifier']).toBeDefined();
    await poll;
    await client.respond('one', '"done"');
    await outcome;
    const second = client.next();
    await emulator.waitForParked(1);
    void emulator.invoke('{}', { requestId: 'two' });
    expect(emulator.parked).toBe(1);
    void client.nextEvent(adapter).catch(() => {});
    expect((await second).headers['lambda-runtime-aws-request-id']).toBe('two');
  });
});
