import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../../src/main/config/load.ts';
import type { Config } from '../../../../src/shared/config.ts';

const PLATFORM = { AWS_LAMBDA_RUNTIME_API: '127.0.0.1:9001' };

function load(variables: Record<string, string> = {}): ReturnType<typeof loadConfig> {
  return loadConfig({ ...PLATFORM, ...variables });
}

interface Row {
  readonly variable: string;
  readonly value: string;
  readonly read: (config: Config) => unknown;
  readonly becomes: unknown;
  readonly unset: unknown;
}

const VARIABLES: readonly Row[] = [
  { variable: 'AWS_LWA_HOST', value: 'app.local', read: (c) => c.app.host, becomes: 'app.local', unset: '127.0.0.1' },
  { variable: 'AWS_LWA_PORT', value: '3000', read: (c) => c.app.port, becomes: 3000, unset: 8080 },
  { variable: 'PORT', value: '3001', read: (c) => c.app.port, becomes: 3001, unset: 8080 },
  {
    variable: 'AWS_LWA_READINESS_CHECK_PORT',
    value: '9090',
    read: (c) => c.readiness.port,
    becomes: 9090,
    unset: 8080,
  },
  {
    variable: 'AWS_LWA_READINESS_CHECK_PATH',
    value: 'health',
    read: (c) => c.readiness.path,
    becomes: '/health',
    unset: '/',
  },
  {
    variable: 'AWS_LWA_READINESS_CHECK_PROTOCOL',
    value: 'TCP',
    read: (c) => c.readiness.protocol,
    becomes: 'tcp',
    unset: 'http',
  },
  {
    variable: 'AWS_LWA_READINESS_CHECK_HEALTHY_STATUS',
    value: '200, 300-399',
    read: (c) => c.readiness.healthyStatuses,
    becomes: [
      [200, 200],
      [300, 399],
    ],
    unset: [[100, 499]],
  },
  {
    variable: 'AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS',
    value: '1.5',
    read: (c) => c.readiness.timeoutMs,
    becomes: 1500,
    unset: null,
  },
  { variable: 'AWS_LWA_ASYNC_INIT', value: 'True', read: (c) => c.asyncInit, becomes: true, unset: false },
  { variable: 'AWS_LWA_REMOVE_BASE_PATH', value: 'api/', read: (c) => c.basePath, becomes: '/api', unset: null },
  {
    variable: 'AWS_LWA_PASS_THROUGH_PATH',
    value: 'hooks',
    read: (c) => c.passThroughPath,
    becomes: '/hooks',
    unset: '/events',
  },
  {
    variable: 'AWS_LWA_AUTHORIZATION_SOURCE',
    value: 'X-Auth',
    read: (c) => c.authorizationSource,
    becomes: 'x-auth',
    unset: null,
  },
  {
    variable: 'AWS_LWA_ERROR_STATUS_CODES',
    value: '500,502-504',
    read: (c) => c.errorStatuses,
    becomes: [
      [500, 500],
      [502, 504],
    ],
    unset: [],
  },
  {
    variable: 'AWS_LWA_EVENT_ERROR_STATUS_CODES',
    value: '500-599',
    read: (c) => c.eventErrorStatuses,
    becomes: [[500, 599]],
    unset: [[400, 999]],
  },
  {
    variable: 'AWS_LWA_INVOKE_MODE',
    value: 'RESPONSE_STREAM',
    read: (c) => c.invokeMode,
    becomes: 'response_stream',
    unset: 'buffered',
  },
  {
    variable: 'AWS_LWA_ENABLE_COMPRESSION',
    value: 'true',
    read: (c) => c.compression,
    becomes: [
      { coding: 'zstd', level: 3 },
      { coding: 'br', level: 4 },
      { coding: 'gzip', level: 6 },
    ],
    unset: [],
  },
  {
    variable: 'AWS_LWA_COMPRESSION',
    value: 'br:5,gzip:6,zstd',
    read: (c) => c.compression,
    becomes: [
      { coding: 'br', level: 5 },
      { coding: 'gzip', level: 6 },
      { coding: 'zstd', level: 3 },
    ],
    unset: [],
  },
  {
    variable: 'AWS_LWA_APP_RESTART_TIMEOUT_SECONDS',
    value: '2.5',
    read: (c) => c.appRestartTimeoutMs,
    becomes: 2500,
    unset: 10_000,
  },
  {
    variable: 'AWS_LWA_SNAPSTART_BEFORE_CHECKPOINT_PATH',
    value: 'snapstart/before/',
    read: (c) => c.snapStart.beforeCheckpointPath,
    becomes: '/snapstart/before',
    unset: null,
  },
  {
    variable: 'AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH',
    value: '/snapstart/After_restore~1.x',
    read: (c) => c.snapStart.afterRestorePath,
    becomes: '/snapstart/After_restore~1.x',
    unset: null,
  },
  { variable: 'AWS_LWA_DEADLINE_MARGIN_MS', value: '0', read: (c) => c.deadlineMarginMs, becomes: 0, unset: 100 },
  {
    variable: 'AWS_LWA_POOL_IDLE_TIMEOUT_SECONDS',
    value: '0.25',
    read: (c) => c.poolIdleTimeoutMs,
    becomes: 250,
    unset: 4000,
  },
  {
    variable: 'AWS_LWA_LAMBDA_RUNTIME_API_PROXY',
    value: 'localhost:9009',
    read: (c) => c.runtimeApi,
    becomes: { host: 'localhost', port: 9009 },
    unset: { host: '127.0.0.1', port: 9001 },
  },
  { variable: 'AWS_LWA_MAX_CONCURRENCY', value: '7', read: (c) => c.maxConcurrency, becomes: 7, unset: null },
  { variable: 'AWS_LAMBDA_MAX_CONCURRENCY', value: '64', read: (c) => c.maxConcurrency, becomes: 64, unset: null },
  { variable: 'AWS_LWA_WORKERS', value: '0', read: (c) => c.workers, becomes: 0, unset: null },
  { variable: 'AWS_LAMBDA_NODEJS_WORKER_COUNT', value: '4', read: (c) => c.workers, becomes: 4, unset: null },
  { variable: 'AWS_LAMBDA_LOG_FORMAT', value: 'JSON', read: (c) => c.log.format, becomes: 'json', unset: 'text' },
  { variable: 'AWS_LAMBDA_LOG_LEVEL', value: 'WARN', read: (c) => c.log.level, becomes: 'warn', unset: 'info' },
  { variable: 'RUST_LOG', value: 'Debug', read: (c) => c.log.level, becomes: 'debug', unset: 'info' },
  {
    variable: 'AWS_LAMBDA_FUNCTION_NAME',
    value: 'shop',
    read: (c) => c.lambda.functionName,
    becomes: 'shop',
    unset: '',
  },
  {
    variable: 'AWS_LAMBDA_FUNCTION_VERSION',
    value: '7',
    read: (c) => c.lambda.functionVersion,
    becomes: '7',
    unset: '',
  },
  { variable: 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', value: '512', read: (c) => c.lambda.memoryMb, becomes: 512, unset: 0 },
  { variable: 'AWS_LAMBDA_LOG_GROUP_NAME', value: '/g', read: (c) => c.lambda.logGroup, becomes: '/g', unset: '' },
  { variable: 'AWS_LAMBDA_LOG_STREAM_NAME', value: 's', read: (c) => c.lambda.logStream, becomes: 's', unset: '' },
];

describe('each variable', () => {
  it.each(VARIABLES)('$variable=$value is read', ({ variable, value, read, becomes }) => {
    const { config, problems, warnings } = load({ [variable]: value });
    expect(read(config)).toEqual(becomes);
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  });

  it.each(VARIABLES)('$variable has a default', ({ read, unset }) => {
    expect(read(load().config)).toEqual(unset);
  });

  // What the platform says about the function is handed on as it is.
  const ours = VARIABLES.filter(
    ({ variable, unset }) => unset !== '' && variable !== 'AWS_LWA_EVENT_ERROR_STATUS_CODES',
  );

  it.each(ours)('$variable means its default when it is empty or blank', ({ variable, read, unset }) => {
    for (const value of ['', '  ']) {
      const { config, problems } = load({ [variable]: value });
      expect(read(config)).toEqual(unset);
      expect(problems).toEqual([]);
    }
  });
});

describe('variables that depend on each other', () => {
  it('switch compression off by an explicit false, and say that the codings have no effect', () => {
    const { config, warnings } = load({ AWS_LWA_COMPRESSION: 'gzip', AWS_LWA_ENABLE_COMPRESSION: 'false' });
    expect(config.compression).toEqual([]);
    expect(warnings).toEqual(['AWS_LWA_COMPRESSION has no effect: AWS_LWA_ENABLE_COMPRESSION is false']);
  });

  it('use the codings that are named when compression is also switched on', () => {
    const { config, warnings } = load({ AWS_LWA_COMPRESSION: 'gzip:9', AWS_LWA_ENABLE_COMPRESSION: 'true' });
    expect(config.compression).toEqual([{ coding: 'gzip', level: 9 }]);
    expect(warnings).toEqual([]);
  });

  it('prefer AWS_LWA_PORT to PORT', () => {
    expect(load({ AWS_LWA_PORT: '3000', PORT: '4000' }).config.app.port).toBe(3000);
  });

  it('take the address of the app for the readiness check', () => {
    const { readiness } = load({ AWS_LWA_HOST: 'app.local', PORT: '4000' }).config;
    expect(readiness).toMatchObject({ host: 'app.local', port: 4000 });
  });

  it('leave the app where it is when the readiness check goes to another port', () => {
    expect(load({ AWS_LWA_READINESS_CHECK_PORT: '9090' }).config.app.port).toBe(8080);
  });

  it('prefer AWS_LWA_WORKERS to the worker count of the Node.js runtime', () => {
    expect(load({ AWS_LWA_WORKERS: '2', AWS_LAMBDA_NODEJS_WORKER_COUNT: '9' }).config.workers).toBe(2);
    expect(load({ AWS_LWA_WORKERS: '', AWS_LAMBDA_NODEJS_WORKER_COUNT: '9' }).config.workers).toBe(9);
  });

  it('prefer AWS_LAMBDA_LOG_LEVEL to RUST_LOG, of which a filter says nothing', () => {
    expect(load({ AWS_LAMBDA_LOG_LEVEL: 'ERROR', RUST_LOG: 'trace' }).config.log.level).toBe('error');
    expect(load({ RUST_LOG: 'info,lambda_web_adapter=debug' }).config.log.level).toBe('info');
  });

  it('send only the runtime calls to a proxy: the Extensions API stays at the original address', () => {
    const { runtimeApi, extensionsApi } = load({ AWS_LWA_LAMBDA_RUNTIME_API_PROXY: '127.0.0.1:9009' }).config;
    expect({ runtimeApi: runtimeApi.port, extensionsApi: extensionsApi.port }).toEqual({
      runtimeApi: 9009,
      extensionsApi: 9001,
    });
  });

  it('wait without limit for readiness when the time-out is 0', () => {
    expect(load({ AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS: '0' }).config.readiness.timeoutMs).toBeNull();
  });

  it('fail no event by its status when AWS_LWA_EVENT_ERROR_STATUS_CODES is set and empty', () => {
    expect(load({ AWS_LWA_EVENT_ERROR_STATUS_CODES: '' }).config.eventErrorStatuses).toEqual([]);
  });
});

describe('a variable that has been renamed', () => {
  const RENAMED = [
    ['HOST', 'AWS_LWA_HOST', '10.0.0.1', (c: Config) => c.app.host, '10.0.0.1'],
    ['READINESS_CHECK_PORT', 'AWS_LWA_READINESS_CHECK_PORT', '81', (c: Config) => c.readiness.port, 81],
    ['READINESS_CHECK_PATH', 'AWS_LWA_READINESS_CHECK_PATH', '/up', (c: Config) => c.readiness.path, '/up'],
    ['READINESS_CHECK_PROTOCOL', 'AWS_LWA_READINESS_CHECK_PROTOCOL', 'tcp', (c: Config) => c.readiness.protocol, 'tcp'],
    ['ASYNC_INIT', 'AWS_LWA_ASYNC_INIT', 'true', (c: Config) => c.asyncInit, true],
    ['REMOVE_BASE_PATH', 'AWS_LWA_REMOVE_BASE_PATH', '/v1', (c: Config) => c.basePath, '/v1'],
    [
      'AWS_LWA_READINESS_CHECK_MIN_UNHEALTHY_STATUS',
      'AWS_LWA_READINESS_CHECK_HEALTHY_STATUS',
      '400',
      (c: Config) => c.readiness.healthyStatuses,
      [[100, 399]],
    ],
  ] as const;

  it.each(RENAMED)('%s still works, with one warning that names %s', (oldName, name, value, read, becomes) => {
    const { config, warnings } = load({ [oldName]: value });
    expect(read(config)).toEqual(becomes);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`${oldName} is deprecated: set ${name}`);
  });

  it.each(RENAMED)('%s is not mentioned and not looked at when %s is set too', (oldName, name, value, read) => {
    const newValue = name.endsWith('HEALTHY_STATUS') ? '100-399' : value;
    const expected = read(load({ [name]: newValue }).config);
    const { config, warnings, problems } = load({ [oldName]: '?not acceptable?', [name]: newValue });
    expect(read(config)).toEqual(expected);
    expect({ warnings, problems }).toEqual({ warnings: [], problems: [] });
  });

  it('gets its bad value reported under the name that the user set', () => {
    expect(load({ READINESS_CHECK_PORT: 'http' }).problems).toEqual([
      'READINESS_CHECK_PORT is "http": accepted is a whole number from 1 to 65535',
    ]);
  });

  it('PORT is no such variable: it is supported and not warned about', () => {
    expect(load({ PORT: '5000' }).warnings).toEqual([]);
  });
});

describe('a value that cannot be accepted', () => {
  it.each([
    ['AWS_LAMBDA_RUNTIME_API', 'nowhere', 'host:port'],
    ['AWS_LWA_LAMBDA_RUNTIME_API_PROXY', 'https://proxy:1', 'host:port'],
    ['AWS_LWA_HOST', 'http://app', 'a host name or IP address without scheme, port or path'],
    ['AWS_LWA_PORT', '65536', 'a whole number from 1 to 65535'],
    ['PORT', '0', 'a whole number from 1 to 65535'],
    ['AWS_LWA_READINESS_CHECK_PORT', '80a', 'a whole number from 1 to 65535'],
    ['AWS_LWA_READINESS_CHECK_PROTOCOL', 'udp', 'http or tcp'],
    [
      'AWS_LWA_READINESS_CHECK_HEALTHY_STATUS',
      '2xx',
      'status codes from 100 to 999 and ranges of them, such as 500,502-504',
    ],
    ['AWS_LWA_READINESS_CHECK_MIN_UNHEALTHY_STATUS', '100', 'a whole number from 101 to 999'],
    ['AWS_LWA_READINESS_CHECK_TIMEOUT_SECONDS', '901', 'seconds from 0 to 900'],
    ['AWS_LWA_ASYNC_INIT', '1', 'true or false'],
    ['AWS_LWA_AUTHORIZATION_SOURCE', 'x auth', 'the name of a header'],
    ['AWS_LWA_ERROR_STATUS_CODES', '504-502', 'status codes from 100 to 999 and ranges of them, such as 500,502-504'],
    ['AWS_LWA_EVENT_ERROR_STATUS_CODES', '99', 'status codes from 100 to 999 and ranges of them, such as 500,502-504'],
    ['AWS_LWA_INVOKE_MODE', 'stream', 'buffered or response_stream'],
    ['AWS_LWA_ENABLE_COMPRESSION', 'yes', 'true or false'],
    ['AWS_LWA_DEADLINE_MARGIN_MS', '-1', 'a whole number from 0 to 900000'],
    ['AWS_LWA_APP_RESTART_TIMEOUT_SECONDS', '901', 'seconds from 0 to 900'],
    ['AWS_LWA_POOL_IDLE_TIMEOUT_SECONDS', '4s', 'seconds from 0 to 3600'],
    ['AWS_LWA_MAX_CONCURRENCY', '1601', 'a whole number from 1 to 1600'],
    ['AWS_LAMBDA_MAX_CONCURRENCY', '0', 'a whole number from 1 to 1600'],
    ['AWS_LWA_WORKERS', '1.5', 'a whole number from 0 to 128'],
    ['AWS_LAMBDA_NODEJS_WORKER_COUNT', '129', 'a whole number from 0 to 128'],
    ['AWS_LAMBDA_LOG_FORMAT', 'xml', 'text or json'],
    ['AWS_LAMBDA_LOG_LEVEL', 'verbose', 'trace or debug or info or warn or error or fatal'],
  ])('in %s is a problem that says what is accepted', (variable, value, accepted) => {
    const problems = load({ [variable]: value }).problems;
    expect(problems).toEqual([`${variable} is ${JSON.stringify(value)}: accepted is ${accepted}`]);
  });

  it.each(['/', '//', '/.', '/a/..', '/a//b', '/a%2Fb', '/a;b', '/a?b', '/a#b', '/a b', '/é', '/a\\b'])(
    'is %s as the path of a hook, which could not be kept from the outside',
    (value) => {
      for (const name of ['AWS_LWA_SNAPSTART_BEFORE_CHECKPOINT_PATH', 'AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH']) {
        const [problem, ...more] = load({ [name]: value }).problems;
        expect(problem).toContain(`${name} is ${JSON.stringify(value)}: accepted is a path of`);
        expect(more).toEqual([]);
      }
    },
  );

  it.each([
    ['/events', {}],
    ['/Hook', { AWS_LWA_PASS_THROUGH_PATH: 'hook/?x=1' }],
  ])('is %s as the path of a hook when events are posted to it', (value, variables) => {
    const { problems } = load({ AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH: value, ...variables });
    expect(problems).toEqual([
      `AWS_LWA_SNAPSTART_AFTER_RESTORE_PATH is "${value}", to which events are posted: accepted is a path of its own`,
    ]);
  });

  it('does not hide another: all are reported at once', () => {
    const { problems } = load({
      AWS_LWA_PORT: 'eighty',
      AWS_LWA_INVOKE_MODE: 'stream',
      AWS_LWA_WORKERS: 'many',
      AWS_LWA_HOST: 'a b',
    });
    expect(problems.map((problem) => problem.split(' ')[0]).toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'AWS_LWA_HOST',
      'AWS_LWA_INVOKE_MODE',
      'AWS_LWA_PORT',
      'AWS_LWA_WORKERS',
    ]);
  });

  it('is the lack of a Runtime API too, which only Lambda can set', () => {
    const { problems } = loadConfig({});
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^AWS_LAMBDA_RUNTIME_API is not set: .*lambda-adapter-dev/);
  });

  it('never hides the rest of the configuration from the caller, who needs an address and a logger to report it', () => {
    const { config } = load({ AWS_LWA_PORT: 'eighty', AWS_LAMBDA_LOG_FORMAT: 'json' });
    expect(config.extensionsApi).toEqual({ host: '127.0.0.1', port: 9001 });
    expect(config.log.format).toBe('json');
  });
});

describe('the concurrency', () => {
  const TYPE = 'AWS_LAMBDA_INITIALIZATION_TYPE';

  it.each(['on-demand', 'provisioned-concurrency', 'snap-start'])('is 1 on %s, whatever the user asks for', (kind) => {
    const { config, warnings } = load({ [TYPE]: kind, AWS_LWA_MAX_CONCURRENCY: '8' });
    expect(config.maxConcurrency).toBe(1);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/AWS_LWA_MAX_CONCURRENCY is 8.*using 1/);
  });

  it('is 1 on standard Lambda without a warning when nobody asked for more', () => {
    for (const variables of [{}, { AWS_LWA_MAX_CONCURRENCY: '1' }]) {
      const { config, warnings } = load({ [TYPE]: 'on-demand', ...variables });
      expect({ count: config.maxConcurrency, warnings }).toEqual({ count: 1, warnings: [] });
    }
  });

  it('is what the user says before what the platform says', () => {
    const { config } = load({
      [TYPE]: 'lambda-managed-instances',
      AWS_LWA_MAX_CONCURRENCY: '8',
      AWS_LAMBDA_MAX_CONCURRENCY: '64',
    });
    expect(config.maxConcurrency).toBe(8);
  });

  it('is what the platform says, even where it calls itself on-demand', () => {
    expect(load({ AWS_LAMBDA_MAX_CONCURRENCY: '64' }).config.maxConcurrency).toBe(64);
    expect(load({ [TYPE]: 'on-demand', AWS_LAMBDA_MAX_CONCURRENCY: '64' }).config.maxConcurrency).toBe(64);
  });

  it('is unknown on Managed Instances that do not tell, so that somebody can find out', () => {
    expect(load({ [TYPE]: 'lambda-managed-instances' }).config.maxConcurrency).toBeNull();
  });
});

describe('the kind of environment', () => {
  it.each(['on-demand', 'provisioned-concurrency', 'snap-start', 'lambda-managed-instances'])('can be %s', (kind) => {
    expect(load({ AWS_LAMBDA_INITIALIZATION_TYPE: kind }).config.initializationType).toBe(kind);
  });

  it('is on-demand when it is not given or not known', () => {
    expect(load().config.initializationType).toBe('on-demand');
    expect(load({ AWS_LAMBDA_INITIALIZATION_TYPE: 'from-the-future' }).config.initializationType).toBe('on-demand');
  });
});

it('can be sent to another thread', () => {
  const { config } = load();
  expect(structuredClone(config)).toEqual(config);
});
