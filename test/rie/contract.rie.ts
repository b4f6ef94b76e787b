import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  clientOf,
  ours,
  take,
  takeEvent,
  theirs,
  verdict,
  type Mode,
  type Platform,
  type PlatformOptions,
} from './helpers/platforms.ts';
import { startRie } from './helpers/rie.ts';

const BOTH = ['standard', 'managed-instances'] as const;
const MANAGED = ['managed-instances'] as const;
const STANDARD = ['standard'] as const;
const TYPE = 'Lambda-Runtime-Function-Error-Type';
const MODE = 'Lambda-Runtime-Function-Response-Mode';
const LARGE = 'x'.repeat(6 * 1024 * 1024 + 101);

/**
 * What a runtime or an extension does, and what it is told. The emulator of this project has to answer as that of AWS does;
 * docs/rie.md tells where AWS's does what Lambda does not.
 */
type Scenario = (platform: Platform) => Promise<readonly unknown[]>;

function agree(
  name: string,
  modes: readonly Mode[],
  scenario: Scenario,
  options: Omit<PlatformOptions, 'mode'> = {},
): void {
  test.for(modes)(`${name} (%s)`, async (mode) => {
    const platforms = await Promise.all([theirs({ mode, ...options }), ours({ mode, ...options })]);
    const [expected, actual] = await Promise.all(platforms.map(scenario));
    expect(actual).toEqual(expected);
  });
}

function keysOf(object: object): string[] {
  return Object.keys(object).toSorted();
}

agree('an answer, and another one to the same invocation', BOTH, async (platform) => {
  const id = await take(platform);
  const { client } = platform;
  return [
    verdict(await client.respond(id, '{}')),
    verdict(await client.respond(id, '{}')),
    verdict(await client.fail(id, '{}')),
  ];
});

agree('an error report, and another one, and an answer', BOTH, async (platform) => {
  const id = await take(platform);
  const { client } = platform;
  const headers = { [TYPE]: 'Function.Some' };
  return [
    verdict(await client.fail(id, '{}', headers)),
    verdict(await client.fail(id, '{}', headers)),
    verdict(await client.respond(id, '{}')),
  ];
});

agree('an answer and an error report to an unknown invocation while one runs', MANAGED, async (platform) => {
  await take(platform);
  return [
    verdict(await platform.client.respond('unknown', '{}')),
    verdict(await platform.client.fail('unknown', '{}')),
  ];
});

agree('an answer to an unknown invocation while one runs', STANDARD, async (platform) => {
  const id = await take(platform);
  return [verdict(await platform.client.respond('unknown', '{}')), verdict(await platform.client.respond(id, '{}'))];
});

agree(
  'an answer and an error report with the id of another attempt, and an answer with the right one',
  MANAGED,
  async (platform) => {
    const { headers } = await takeEvent(platform);
    const { client } = platform;
    const id = String(headers['lambda-runtime-aws-request-id']);
    const right = String(headers['lambda-runtime-invocation-id']);
    const verdicts = [];
    for (const invocationId of ['other', '', right]) {
      const echo = { 'Lambda-Runtime-Invocation-Id': invocationId };
      if (invocationId !== right) verdicts.push(verdict(await client.fail(id, '{}', echo)));
      verdicts.push(verdict(await client.respond(id, '{}', echo)));
    }
    return verdicts;
  },
);

agree('an answer after it was polled for the next event', BOTH, async (platform) => {
  const id = await take(platform);
  await platform.client.respond(id, '{}');
  platform.client.next().catch(() => {});
  await sleep(50);
  return [verdict(await platform.client.respond(id, '{}')), verdict(await platform.client.fail(id, '{}'))];
});

agree('a streamed answer', BOTH, async (platform) => {
  const id = await take(platform);
  return [verdict(await platform.client.respond(id, 'text', { [MODE]: 'streaming' }))];
});

agree('a response mode that does not exist, and a good answer after it', BOTH, async (platform) => {
  const id = await take(platform);
  return [
    verdict(await platform.client.respond(id, 'text', { [MODE]: 'buffered' })),
    verdict(await platform.client.respond(id, '{}')),
  ];
});

agree('an answer over the limit, and an error report after it', BOTH, async (platform) => {
  const id = await take(platform);
  return [verdict(await platform.client.respond(id, LARGE)), verdict(await platform.client.fail(id, '{}'))];
});

agree('an error report over the limit, and a shorter one', MANAGED, async (platform) => {
  const id = await take(platform);
  return [
    verdict(await platform.client.fail(id, 'x'.repeat(1024 * 1024 + 1))),
    verdict(await platform.client.fail(id, '{}')),
  ];
});

agree('an answer that is cut off', MANAGED, async (platform) => {
  const id = await take(platform);
  const post = platform.client.post(id, ['Content-Length: 10']);
  post.write('12345');
  post.halfClose();
  return [(await post.answer).split('\r\n')[0], verdict(await platform.client.respond(id, '{}'))];
});

agree('a stream that is cut off', MANAGED, async (platform) => {
  const id = await take(platform);
  const post = platform.client.post(id, [`${MODE}: streaming`, 'Transfer-Encoding: chunked']);
  post.chunk('12345');
  post.halfClose();
  return [(await post.answer).split('\r\n')[0], verdict(await platform.client.respond(id, '{}'))];
});

agree('a stream with error trailers', BOTH, async (platform) => {
  const id = await take(platform);
  const post = platform.client.post(id, [
    `${MODE}: streaming`,
    'Transfer-Encoding: chunked',
    `Trailer: ${TYPE}, Lambda-Runtime-Function-Error-Body`,
  ]);
  post.chunk('12345');
  post.end([`${TYPE}: Function.Some`, `Lambda-Runtime-Function-Error-Body: ${btoa('{}')}`]);
  return [(await post.answer).split('\r\n')[0]];
});

agree(
  'an answer that comes after the timeout of the function, and one more',
  BOTH,
  async (platform) => {
    const id = await take(platform);
    await sleep(1300);
    return [verdict(await platform.client.respond(id, '{}')), verdict(await platform.client.respond(id, '{}'))];
  },
  { timeoutSeconds: 1 },
);

agree(
  'an error report that comes after the timeout of the function',
  BOTH,
  async (platform) => {
    const id = await take(platform);
    await sleep(1300);
    return [verdict(await platform.client.fail(id, '{}')), verdict(await platform.client.fail(id, '{}'))];
  },
  { timeoutSeconds: 1 },
);

agree('an init error, and another one', BOTH, async ({ client }) => [
  verdict(await client.call('POST', '/2018-06-01/runtime/init/error', { [TYPE]: 'Function.Some' }, '{}')),
  verdict(await client.call('POST', '/2018-06-01/runtime/init/error', { [TYPE]: 'Function.Some' }, '{}')),
]);

agree('an init error after the first poll', BOTH, async (platform) => {
  await take(platform);
  return [verdict(await platform.client.call('POST', '/2018-06-01/runtime/init/error', {}, '{}'))];
});

agree('the headers of an invocation', BOTH, async (platform) => {
  const { headers } = await takeEvent(platform);
  return keysOf(headers).filter((name) => name.startsWith('lambda-'));
});

agree('a second poll while the event of the first is not answered', STANDARD, async (platform) => {
  const id = await take(platform);
  const again = await platform.client.next();
  return [verdict(again), again.headers['lambda-runtime-aws-request-id'] === id];
});

agree(
  'registrations that are refused',
  BOTH,
  async ({ client }) => [
    verdict(await client.register('', '{"events":[]}')),
    verdict(await client.register('internal', '{"events":["SHUTDOWN"]}')),
    verdict(await client.register('internal', '{"events":["INVOKE"]}')),
    verdict(await client.register('external', '{"events":["UNKNOWN"]}')),
    verdict(await client.register('external', 'no JSON')),
    verdict(await client.register('external', '{"events":[],"configurationKeys":[]}')),
    verdict(await client.register('external', '{"events":["SHUTDOWN"]}')),
    verdict(await client.register('external', '{"events":["SHUTDOWN"]}')),
  ],
  { extensions: ['external'] },
);

agree(
  'an external extension that asks for INVOKE',
  BOTH,
  async ({ client }) => [verdict(await client.register('external', '{"events":["INVOKE","SHUTDOWN"]}'))],
  { extensions: ['external'] },
);

agree(
  'a registration with nothing to subscribe to',
  BOTH,
  async ({ client }) => [verdict(await client.register('external', '{}'))],
  { extensions: ['external'] },
);

agree('the eleventh extension', BOTH, async ({ client }) => {
  const verdicts = [];
  for (let index = 0; index < 11; index++)
    verdicts.push(verdict(await client.register(`internal-${index}`, '{"events":[]}')));
  return verdicts;
});

agree('calls of an extension that does not say who it is', BOTH, async ({ client }) => {
  const path = '/2020-01-01/extension/event/next';
  return [
    verdict(await client.call('GET', path)),
    verdict(await client.call('GET', path, { 'Lambda-Extension-Identifier': 'x' })),
    verdict(await client.call('GET', path, { 'Lambda-Extension-Identifier': crypto.randomUUID() })),
  ];
});

agree(
  'an extension that asks for events twice, and reports without a type and with one',
  BOTH,
  async ({ client }) => {
    const external = await client.registered('external', ['SHUTDOWN']);
    client.nextEvent(external).catch(() => {});
    await sleep(50);
    const path = '/2020-01-01/extension/exit/error';
    return [
      verdict(await client.nextEvent(external)),
      verdict(await client.call('POST', path, external, '{}')),
      verdict(
        await client.call(
          'POST',
          path,
          { ...external, 'Lambda-Extension-Function-Error-Type': 'Extension.Some' },
          '{}',
        ),
      ),
    ];
  },
  { extensions: ['external'] },
);

agree('a registration after the first poll', BOTH, async (platform) => {
  await take(platform);
  return [verdict(await platform.client.register('internal', '{"events":[]}'))];
});

agree(
  'what a registration is told',
  BOTH,
  async ({ client }) => {
    const { text, headers } = await client.register('external', '{"events":["SHUTDOWN"]}');
    return [keysOf(JSON.parse(text)), keysOf(headers).filter((name) => name.startsWith('lambda-'))];
  },
  { extensions: ['external'] },
);

agree(
  'what a registration is told that asks for the account',
  MANAGED,
  async ({ client }) => {
    const headers = { 'Lambda-Extension-Name': 'external', 'Lambda-Extension-Accept-Feature': 'accountId' };
    const { text } = await client.call('POST', '/2020-01-01/extension/register', headers, '{"events":[]}');
    return keysOf(JSON.parse(text));
  },
  { extensions: ['external'] },
);

agree('calls that do not exist', BOTH, async ({ client }) => [
  verdict(await client.call('GET', '/2018-06-01/ping')),
  verdict(await client.call('GET', '/2018-06-01/nothing')),
  verdict(await client.call('GET', '/nothing')),
]);

agree(
  'a poll that is parked at the end, and what SHUTDOWN says',
  MANAGED,
  async ({ client, shutDown }) => {
    const external = await client.registered('external', ['SHUTDOWN']);
    const event = client.nextEvent(external);
    const answers: string[] = [];
    void client.next().then(
      (answer) => answers.push(verdict(answer)),
      () => answers.push('closed'),
    );
    await sleep(300);
    shutDown();
    const { eventType, shutdownReason, deadlineMs } = JSON.parse((await event).text);
    await sleep(200);
    return [eventType, shutdownReason, deadlineMs - Date.now() > 500, answers];
  },
  { extensions: ['external'] },
);

agree(
  'an answer to an invocation that runs at the end',
  MANAGED,
  async (platform) => {
    const { client, shutDown } = platform;
    const external = await client.registered('external', ['SHUTDOWN']);
    const event = client.nextEvent(external);
    const id = await take(platform);
    shutDown();
    await event;
    return [verdict(await client.respond(id, '{}'))];
  },
  { extensions: ['external'] },
);

test('which variables extensions are told, and which the runtime process alone', async () => {
  const { extensionEnv, runtimeEnv } = (await ours({ mode: 'managed-instances' })).variables;
  const { log, runtimeApi } = await startRie({
    maxConcurrency: 7,
    withAdapter: false,
    extensions: { external: 'env | sed s/^/extension:/; echo extension:end; exec sleep 60' },
    bootstrap: 'env | sed s/^/runtime:/; echo runtime:end; exec sleep 60',
  });
  await log.find('extension:end');
  await clientOf(runtimeApi).registered('external', []);
  await log.find('runtime:end');
  const isTold = (process: string) => (name: string) =>
    log.lines.some((line) => line.startsWith(`${process}:${name}=`));
  expect(keysOf(runtimeEnv).filter(isTold('runtime'))).toEqual(keysOf(runtimeEnv));
  expect(keysOf(runtimeEnv).filter(isTold('extension'))).toEqual(keysOf(extensionEnv));
});
